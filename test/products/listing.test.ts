import { expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { makeCommand } from '../../src/commands/make.ts';
import { validateArgs } from '../../src/commands/parse.ts';
import { previewCommand } from '../../src/commands/preview.ts';
import { printersCommand } from '../../src/commands/printers.ts';
import { productsCommand } from '../../src/commands/products.ts';
import { table, wrap } from '../../src/commands/table.ts';
import { findProduct, productNames } from '../../src/products/index.ts';
import { printerNames, readPrinter } from '../../src/products/printer.ts';
import { processTerminal } from '../../src/terminal.ts';

const bookCoverOptions = findProduct('book-cover').options;

/** Runs a command and returns its lines, or the value it printed as JSON. */
async function run(command: Command, args: object): Promise<{ lines: string[]; json: unknown }> {
  const printed: string[] = [];
  let json: unknown;
  await command.run(args as never, {
    ...context,
    terminal: {
      ...context.terminal,
      print: (line = '') => void printed.push(line),
      json: (value) => {
        json = value;
      },
    },
  });
  return { lines: printed.join('\n').split('\n'), json };
}

const context = {
  terminal: processTerminal(),
  signal: new AbortController().signal,
  cwd: '.',
  env: {},
};

/** Kana, kanji and full-width forms take two columns. */
const columns = (line: string) => line.length + (line.match(/[\u2e80-\uffef]/g)?.length ?? 0);

test('printers lists each with what it makes', async () => {
  const { lines } = await run(printersCommand, { json: false });
  const rows = lines.filter((line) => /^ {2}\S/.test(line)).map((line) => line.trim().split(/ {2,}/));
  expect(rows.map(([name]) => name)).toEqual(printerNames());
  expect(rows.find(([name]) => name === 'jp')!.slice(1, 4)).toEqual([
    readPrinter('jp').makes.join(', '),
    'tombo marks',
    '350 ppi',
  ]);
});

test.each(['ingram', 'jp', 'kdp', 'lulu'])(
  'printers %s keeps to 100 columns and prints every source',
  async (name) => {
    const { lines } = await run(printersCommand, { name, json: false });
    expect(lines.filter((line) => columns(line) > 100)).toEqual([]);
    const marks = new Set(lines.join('\n').match(/\[\d+\]/g));
    const listed = lines
      .slice(lines.indexOf('Sources'))
      .flatMap((line) => line.match(/^ {2}(\[\d+\])/)?.[1] ?? []);
    expect(listed).toEqual([...marks].sort((a, b) => Number(a.slice(1, -1)) - Number(b.slice(1, -1))));
  },
);

test('an unverified number is marked as such', async () => {
  const { lines } = await run(printersCommand, { name: 'ingram', json: false });
  expect(lines.find((line) => line.includes('file.tac'))).toMatch(/file\.tac +UNVERIFIED +\[\d+\] +240 %/);
  expect(lines.find((line) => line.includes('  bleed'))).toMatch(
    /third party 2026-11 +\[1\] +0.125 in \(3.175 mm\)/,
  );
});

test('printers kdp --json is the preset', async () => {
  const { json } = await run(printersCommand, { name: 'kdp', json: true });
  expect(json).toMatchObject({ name: 'kdp', bleed: { value: 0.125, unit: 'in', authority: 'quoted' } });
});

test('products book-cover shows its options and the formats in mm', async () => {
  const { lines } = await run(productsCommand, { name: 'book-cover', json: false });
  const text = lines.join('\n');
  for (const name of Object.keys(bookCoverOptions)) expect(text).toContain(`--${name} <`);
  expect(text).toMatch(/6x9 +152.4 mm × 228.6 mm +quoted page 2026-09/);
  expect(lines.filter((line) => columns(line) > 100)).toEqual([]);
});

test.each(productNames())('%s asks nothing that make or preview ask themselves', async (name) => {
  for (const command of [makeCommand, previewCommand]) {
    const { options } = await command.moreOptions!([name], context);
    expect(Object.keys(options).filter((option) => option in command.options)).toEqual([]);
  }
});

test('an unknown product is refused with the known ones', async () => {
  await expect(run(productsCommand, { name: 'gramophone', json: false })).rejects.toThrow(
    /^Expected one of .*book-cover.* for the product but received gramophone$/,
  );
});

test('the options of a cover are read from a command line', () => {
  const read = (argv: Record<string, unknown>) => validateArgs(bookCoverOptions, argv);
  expect(read({})).toEqual({ printer: 'jp' });
  expect(read({ pages: '240', spine: '0.5in', binding: 'right', override: ['bleed=5mm'] })).toEqual({
    printer: 'jp',
    pages: 240,
    spine: 12.7,
    binding: 'right',
    override: ['bleed=5mm'],
  });
  expect(() => read({ pages: '12.5' })).toThrow('--pages but received 12.5');
  expect(() => read({ pages: '0' })).toThrow('Expected more than 0 for --pages but received 0');
  expect(() => read({ spine: 'thick' })).toThrow(
    'Expected a length of more than 0, such as 12.5mm or 0.5in for --spine but received thick',
  );
  expect(() => read({ printer: 'blurb' })).toThrow(
    'Expected one of ingram, jp, kdp, lulu for --printer but received blurb',
  );
});

test('table aligns columns, counts kanji as two and wraps the last column under itself', () => {
  expect(
    table(
      [
        ['文庫', 'x', 'one two three four five six'],
        ['a', 'yy', 'z'],
      ],
      { indent: 1, width: 30 },
    ),
  ).toEqual([' 文庫  x   one two three four\n           five six', ' a     yy  z']);
  expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
});
