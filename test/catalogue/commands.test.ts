import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { importImages } from '../../src/commands/import.ts';
import { init } from '../../src/commands/init.ts';
import { list } from '../../src/commands/list.ts';
import { runCli } from '../../src/commands/parse.ts';
import { reject } from '../../src/commands/reject.ts';
import { release } from '../../src/commands/release.ts';
import { show } from '../../src/commands/show.ts';
import { tag } from '../../src/commands/tag.ts';
import { PrintcatError } from '../../src/errors.ts';
import { file, plainPicture, pngWithText, temporaryFolder } from './helpers.ts';

const [A, B] = ['20220912034858', '20220912034912'];

interface Result {
  code: number;
  /** Standard output. */
  out: string;
}

/** Runs a command line in a folder, as the program does. */
async function printcat(cwd: string, line: string[], signal = new AbortController().signal): Promise<Result> {
  const out: string[] = [];
  const nothing = () => {};
  const code = await runCli([init, importImages, list, show, release, reject, tag], line, '0.0.0', {
    terminal: {
      print: (text = '') => out.push(text),
      json: (value) => out.push(JSON.stringify(value)),
      note: nothing,
      warn: nothing,
      progress: nothing,
      done: nothing,
      clear: nothing,
      colours: pc.createColors(false),
      interactive: false,
    },
    signal,
    cwd,
    env: { PRINTCAT_USER: 'aki' },
  });
  return { code, out: out.join('\n') };
}

/** A workspace with two pictures, made by the commands. */
async function workspaceOfTwo(): Promise<string> {
  const cwd = await temporaryFolder();
  await printcat(cwd, ['init']);
  await mkdir(join(cwd, 'in'));
  const parameters = 'a cat\u001b[31m\nby the river\nSteps: 9, Seed: 4, Version: v1.10.1';
  await file(join(cwd, 'in'), `${A}.png`, await pngWithText({ parameters }));
  await file(join(cwd, 'in'), `${B}.jpg`, await plainPicture('#fff', 1200, 800).jpeg().toBuffer());
  expect(await printcat(cwd, ['import', 'in'])).toEqual({
    code: 0,
    out: 'imported 2, already there 0, refused 0\nNext: printcat studio, or printcat release <ids…>',
  });
  return cwd;
}

describe('printcat init, import', () => {
  test('a new workspace says what comes next, an old one that it is there', async () => {
    const cwd = await temporaryFolder();
    const made = await printcat(cwd, ['init', 'cats']);
    expect(made.out).toBe(
      `Made a workspace in ${join(cwd, 'cats')}\nNext: printcat import <files or folders…>`,
    );
    expect(await printcat(join(cwd, 'cats'), ['init'])).toEqual({
      code: 0,
      out: `${join(cwd, 'cats')} is a workspace already.`,
    });
    expect(JSON.parse(await readFile(join(cwd, 'cats', 'printcat.json'), 'utf8'))).toEqual({
      version: 1,
      defaults: {},
    });
    expect((await printcat(cwd, ['list', '--workspace', 'cats'])).out).toBe(
      'No images yet. printcat import <files or folders…> adds some.',
    );
  });

  test('what is refused is named, and the exit code is 1', async () => {
    const cwd = await workspaceOfTwo();
    await file(join(cwd, 'in'), 'note\u001b[2J.txt', 'text');
    await file(join(cwd, 'in'), 'x.jpg', await plainPicture('#00f').png().toBuffer());
    await rm(join(cwd, '.printcat', 'originals'), { recursive: true });
    expect(await printcat(cwd, ['import', 'in'])).toEqual({
      code: 1,
      out: [
        `restored the original of ${A} from in/${A}.png`,
        `restored the original of ${B} from in/${B}.jpg`,
        'refused in/note [2J.txt: it is not a picture; PNG, JPEG, WebP, TIFF and AVIF are supported',
        'note in/x.jpg: It is called .jpg but is PNG.',
        'imported 1, already there 0, restored 2, refused 1',
        'Next: printcat studio, or printcat release <ids…>',
      ].join('\n'),
    });
    const { code, out } = await printcat(cwd, ['import', `in/${A}.png`, 'in/none.png', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([
      { outcome: 'already there', path: `in/${A}.png`, id: A, notes: [] },
      { outcome: 'refused', path: 'in/none.png', reason: 'there is no such file' },
    ]);
  });

  test('Ctrl-C stops it with 130', async () => {
    const cwd = await workspaceOfTwo();
    await expect(printcat(cwd, ['import', 'in'], AbortSignal.abort())).rejects.toMatchObject({
      exitCode: 130,
    });
  });

  test('outside of a workspace there is a hint', async () => {
    const cwd = await temporaryFolder();
    await expect(printcat(cwd, ['list'])).rejects.toMatchObject({
      exitCode: 2,
      hint: 'printcat init makes this folder a workspace.',
    });
  });
});

describe('printcat list, show, release, reject', () => {
  test('the list is a table; nothing in a file reaches the terminal as a command', async () => {
    const cwd = await workspaceOfTwo();
    expect((await printcat(cwd, ['list'])).out.split('\n')).toEqual([
      `${A}  unreviewed  64×48     Stable Diffusion web UI  a cat [31m by the river`,
      `${B}  unreviewed  1200×800  –                        ${B}.jpg`,
    ]);
    await printcat(cwd, ['release', A]);
    await printcat(cwd, ['reject', B, '--note', 'too white', '--as', 'ben']);
    expect((await printcat(cwd, ['list', '--released'])).out).toMatch(new RegExp(`^${A}  released .*river$`));
    expect((await printcat(cwd, ['list', '--released', '--rejected'])).out.split('\n')).toHaveLength(2);
    expect((await printcat(cwd, ['list', '--unreviewed'])).out).toBe(
      'No image fits. printcat list shows all of them.',
    );
    const found = JSON.parse((await printcat(cwd, ['list', '--search', 'river', '--json'])).out);
    expect(found).toMatchObject([{ id: A, decision: 'released', generation: { steps: 9, seed: '4' } }]);
  });

  test('all facts of an image', async () => {
    const cwd = await workspaceOfTwo();
    await printcat(cwd, ['reject', A, '--note', 'six toes']);
    const { out } = await printcat(cwd, ['show', A]);
    for (const fact of [
      /^id +20220912034858 \(from the file name\)$/m,
      /^decision +rejected$/m,
      /^size +64 × 48 px, 8 bits, no alpha$/m,
      /^colours +untagged$/m,
      /^generator +Stable Diffusion web UI v1\.10\.1$/m,
      /^prompt +a cat \[31m by the river$/m,
      /^seed +4$/m,
      /^history +\d{4}-\d\d-\d\dT[\d:.]+Z rejected by aki: six toes$/m,
    ]) {
      expect(out).toMatch(fact);
    }
    expect(out).not.toContain('sampler');
    const json = JSON.parse((await printcat(cwd, ['show', A, '--json'])).out);
    expect(json).toMatchObject({
      id: A,
      history: [{ decision: 'rejected', who: 'aki', note: 'six toes' }],
      metadata: { pngText: { parameters: expect.stringContaining('Version: v1.10.1') } },
    });
    expect(await readFile(json.original)).toEqual(await readFile(join(cwd, 'in', `${A}.png`)));
    await rm(json.original);
    expect((await printcat(cwd, ['show', A])).out).toMatch(/^original +gone from disk/m);
  });

  test('deciding says what was before', async () => {
    const cwd = await workspaceOfTwo();
    expect((await printcat(cwd, ['release', A, B])).out).toBe(
      `${A} released (was unreviewed)\n${B} released (was unreviewed)`,
    );
    expect((await printcat(cwd, ['release', A])).out).toBe(`${A} was released already`);
    expect((await printcat(cwd, ['reject', A])).out).toBe(`${A} rejected (was released)`);
  });

  test.each(['show', 'release', 'reject'])('%s of an unknown ID suggests the nearest', async (verb) => {
    const cwd = await workspaceOfTwo();
    const error = await printcat(cwd, [verb, '20220912034859']).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PrintcatError);
    expect(error).toMatchObject({
      message: 'Expected an ID of the catalogue but received 20220912034859',
      hint: `Did you mean ${A} or ${B}?`,
      exitCode: 2,
    });
  });
});

describe('tags', () => {
  test('are given by a command of their own and by those that import and decide', async () => {
    const cwd = await workspaceOfTwo();
    const run = async (...line: string[]) => (await printcat(cwd, line)).out;
    expect(await run('tag', A, B, '--add', 'Cats', '--add', 'series one')).toBe(
      `${A}  cats, series one\n${B}  cats, series one`,
    );
    expect(await run('tag', B, '--remove', 'cats')).toBe(`${B}  series one`);
    await run('release', A, '--tag', 'best');
    await run('import', 'in', '--tag', 'september');
    expect(await run('tag')).toBe('best  1\ncats  1\nseptember  2\nseries one  2');
    expect(await run('list', '--tag', 'series one', '--tag', 'cats')).toMatch(new RegExp(`^${A} [^\\n]*$`));
    expect(await run('list', '--search', 'best')).toContain(A);
    expect(await run('show', A)).toMatch(/^tags +best, cats, september, series one$/m);
    expect(JSON.parse(await run('list', '--tag', 'best', '--json'))[0].tags).toContain('best');
    expect(JSON.parse(await run('tag', B, '--json'))).toEqual([{ id: B, tags: ['september', 'series one'] }]);
  });

  test('that are none are refused before anything is done', async () => {
    const cwd = await workspaceOfTwo();
    await expect(printcat(cwd, ['release', A, '--tag', 'a,b'])).rejects.toThrow(/^Expected a word or a few/);
    await expect(printcat(cwd, ['tag', '--add', 'cats'])).rejects.toThrow(/^Expected IDs of the images/);
    expect((await printcat(cwd, ['list', '--released'])).out).toBe(
      'No image fits. printcat list shows all of them.',
    );
  });
});
