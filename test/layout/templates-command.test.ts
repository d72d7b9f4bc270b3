import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templatesCommand } from '../../src/commands/templates.ts';
import { listTemplates } from '../../src/layout/template.ts';
import { processTerminal } from '../../src/terminal.ts';

async function run(args: object): Promise<{ text: string; json: unknown }> {
  const lines: string[] = [];
  let json: unknown;
  await templatesCommand.run(args as never, {
    terminal: {
      ...processTerminal(),
      print: (line = '') => void lines.push(line),
      json: (value) => {
        json = value;
      },
    },
    signal: new AbortController().signal,
    cwd: '/',
    env: {},
  });
  return { text: lines.join('\n'), json };
}

test('lists the templates', async () => {
  const { text } = await run({ json: false });
  expect(text).toMatch(
    /^ {2}bungei +book-cover, dust-jacket +ja +bound right +A Japanese literary paperback/m,
  );
  expect(text).toMatch(/^ {2}quarter +book-cover, case-wrap +en +bound left +A literary book/m);
});

test('shows what a template takes', async () => {
  const { text } = await run({ name: 'quarter', json: false });
  expect(text).toMatch(/^ {2}title +required +≤ 120 +Title of the book$/m);
  expect(text).toMatch(/^ {2}isbn +≤ 17 +isbn-13 +ISBN/m);
  expect(text).toMatch(/^ {2}art +The picture/m);
  expect(text).toMatch(/^ {2}cormorant-garamond +600, 600-italic$/m);
});

test('gives the same as JSON', async () => {
  const { json } = await run({ name: 'bungei', json: true });
  expect(json).toMatchObject({
    name: 'bungei',
    products: ['book-cover', 'dust-jacket'],
    language: 'ja',
    binding: 'right',
  });
  expect((json as { fields: object[] }).fields).toContainEqual({
    name: 'title',
    description: 'Title of the book (書名)',
    required: true,
    maxLength: 60,
    format: null,
    example: '猫の絵かき',
  });
  expect((await run({ json: true })).json).toHaveLength((await listTemplates()).length);
});

test('shows the exact colours that a template declares', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-colours-'));
  try {
    const manifest = {
      ...{ title: 'Own', description: 'With colours', products: ['book-cover'], language: 'en' },
      ...{ slots: {}, fields: { type: 'object', properties: {} } },
      colours: {
        brand: { cmyk: [0, 80, 100, 0], description: 'The house' },
        gold: { spot: 'Gold 871', cmyk: [20, 30, 70, 15], tint: 60 },
        die: { role: 'cut' },
      },
    };
    await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
    const { text } = await run({ name: folder, json: false });
    expect(text).toMatch(/^ {2}--colour-brand +C M Y K 0 80 100 0 % +The house$/m);
    expect(text).toMatch(/--colour-gold +spot Gold 871 at 60 %, shown as C M Y K 20 30 70 15 %/);
    expect(text).toMatch(/--colour-die +the printer's spot for cut +overprints/);
    manifest.colours.brand.cmyk = [0, 80, 100];
    await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
    await expect(run({ name: folder, json: false })).rejects.toThrow(/Expected \{"cmyk": \[C, M, Y, K\]\}/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an unknown template is refused', async () => {
  await expect(run({ name: 'gothic', json: false })).rejects.toThrow(/Expected one of .*bungei, .*quarter/);
});

test('a workspace that is none is refused', async () => {
  await expect(run({ workspace: 'nowhere', json: false })).rejects.toThrow(/Expected a workspace/);
});
