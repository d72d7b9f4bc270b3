import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PrintcatError } from '../../src/errors.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { findProduct, productNames } from '../../src/products/index.ts';
import { readPrinter } from '../../src/products/printer.ts';
import type { ProductOrder } from '../../src/products/product.ts';

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'printcat-range-'));
  await mkdir(join(workspace, 'products'));
  await mkdir(join(workspace, 'printers'));
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

let count = 0;
/** Writes a product into the workspace; its name. */
async function product(json: unknown, name = `product-${count++}`): Promise<string> {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  await writeFile(join(workspace, 'products', `${name}.json`), text);
  return name;
}
async function printer(json: object): Promise<string> {
  const name = `printer-${count++}`;
  await writeFile(join(workspace, 'printers', `${name}.json`), JSON.stringify(json));
  return name;
}

/** A folder of two pockets, folded once; its flap is what the order says. */
const FOLDER = {
  title: 'Folder',
  description: 'A folder for papers',
  group: 'paper',
  printer: 'jp',
  parameters: {
    size: {
      kind: 'size',
      description: 'Size of the papers',
      sizes: [
        {
          name: 'a5',
          title: 'A5',
          size: { value: { width: 148, height: 210 }, unit: 'mm', authority: 'project', source: 'ISO 216' },
        },
      ],
      free: { min: 50, max: 400 },
    },
    flap: {
      kind: 'length',
      description: 'Height of the pockets',
      default: { value: 60, unit: 'mm', authority: 'unverified', source: 'nobody says' },
      min: 20,
      max: 'size.height / 2',
    },
    pockets: { kind: 'flag', description: 'Pockets inside' },
  },
  numbers: { glue: { value: 0.5, unit: 'in', authority: 'project', source: 'room for glue' } },
  let: { inner: 'size.width + 4' },
  trim: { width: '2 * inner', height: 'size.height + (pockets ? flap : 0)' },
  panels: [
    { name: 'back', width: 'inner', height: 'size.height' },
    { name: 'front', x: 'inner', width: 'inner', height: 'size.height', safe: 'printer.safe + glue' },
    { name: 'pocket', y: 'size.height', height: 'flap', when: 'pockets', text: false },
  ],
  folds: [
    { name: 'spine', x: 'inner' },
    { name: 'pocket', y: 'size.height', when: 'pockets' },
  ],
  dielines: [{ role: 'cut', shape: 'rectangle', radius: 3, when: 'pockets' }],
};

test('a product of the workspace has the geometry of its expressions', async () => {
  const name = await product(FOLDER);
  expect(productNames(workspace)).toContain(name);
  const folder = findProduct(name, workspace);
  const geometry = folder.geometry({ flap: 80, pockets: true });
  expect(geometry.trim).toEqual({ width: 304, height: 290 });
  expect(pageBoxes(geometry).media).toEqual({ width: 304 + 2 * 15, height: 290 + 2 * 15 });
  const [page] = geometry.pages;
  expect(page!.panels.map(({ name: panel, text, bleed }) => [panel, text, bleed])).toEqual([
    ['back', true, { top: 3, right: 0, bottom: 0, left: 3 }],
    ['front', true, { top: 3, right: 3, bottom: 0, left: 0 }],
    ['pocket', false, { top: 0, right: 3, bottom: 3, left: 3 }],
  ]);
  expect(page!.panels[1]!.safe.x).toBeCloseTo(152 + 3 + 12.7, 9);
  expect(page!.folds).toEqual([
    { name: 'spine', line: 'upright', at: 152 },
    { name: 'pocket', line: 'level', at: 210 },
  ]);
  expect(page!.dielines).toHaveLength(1);
  expect(folder.geometry({}).pages[0]!.dielines).toEqual([]);
  expect(folder.settings({ flap: 80 })).toMatchObject({ flap: 80, pockets: false, size: { width: 148 } });
});

test('what nobody has published is said where the order uses it, until the order says it', async () => {
  const folder = findProduct(await product(FOLDER), workspace);
  const texts = (order: ProductOrder) => folder.geometry(order).notes.map(({ text }) => text);
  expect(texts({})).toEqual([]);
  expect(texts({ pockets: true })).toEqual(['flap = 60 mm is unverified (nobody says); --flap replaces it.']);
  expect(texts({ pockets: true, flap: 70 })).toEqual([]);
  expect(texts({ flap: 70, override: ['numbers.glue=20mm'] })).toEqual([
    "numbers.glue = 20 mm as given, in place of 0.5 in (12.7 mm) (room for glue; printcat's choice).",
  ]);
});

test('a product advises on orders that can be made but are not as they should be', async () => {
  const advice = [
    { when: 'flap < inner / 2', say: 'A flap of {flap} is less than half of {inner}.' },
    { when: 'pockets', say: 'Pockets are glued by {glue}.' },
  ];
  const folder = findProduct(await product({ ...FOLDER, advice }), workspace);
  const texts = (order: ProductOrder) => folder.geometry(order).notes.map(({ text }) => text);
  expect(texts({ flap: 80 })).toEqual([]);
  expect(texts({ flap: 70 })).toEqual(['A flap of 70 mm is less than half of 152 mm.']);
  expect(texts({ flap: 80, pockets: true })).toEqual(['Pockets are glued by 12.7 mm.']);
});

test('a printer of the workspace extends another, and makes what it says', async () => {
  const own = await printer({
    extends: 'jp',
    title: 'The one round the corner',
    makes: ['paper'],
    bleed: { value: 5, unit: 'mm', authority: 'user', source: 'asked them' },
    spots: { cut: { value: 'Stanze', unit: 'name', authority: 'user', source: 'asked them' } },
  });
  const preset = readPrinter(own, workspace);
  expect(preset).toMatchObject({
    name: own,
    bleed: { value: 5 },
    safe: { value: 3 },
    marks: { value: 'tombo' },
  });
  expect(preset.spots.cut.value).toBe('Stanze');
  expect(preset.spots.white.value).toBe('White');
  const folder = findProduct(await product(FOLDER), workspace);
  expect(folder.geometry({ printer: own, flap: 60 }).bleed.top).toBe(5);
  const choices = (folder.options.printer as unknown as { unwrap(): { options: string[] } }).unwrap().options;
  expect(choices).toContain(own);
  expect(choices).not.toContain('kdp');
});

test('a product of the workspace comes before the shipped one of its name', async () => {
  await product({ ...FOLDER, title: 'Ours' }, 'book-cover');
  expect(findProduct('book-cover', workspace).title).toBe('Ours');
  expect(findProduct('book-cover').title).toBe('Book cover');
  await rm(join(workspace, 'products', 'book-cover.json'));
});

/** The declaration with one thing changed. */
const but = (change: object): object => ({ ...FOLDER, ...change });
const size = FOLDER.parameters.size;

test.each<[why: string, json: unknown, message: RegExp]>([
  ['no JSON', '{ "title": ', /product-\d+\.json: .*JSON/],
  ['a list', [FOLDER], /Expected a JSON object in .*product-\d+\.json/],
  ['no title', but({ title: undefined }), /title: .*expected string/],
  ['an unknown group', but({ group: 'food' }), /group: .*covers/],
  ['an unknown field', but({ colour: 'red' }), /Unrecognized key: "colour"/],
  ['no trim', but({ trim: undefined }), /trim: .*expected object/],
  [
    'an expression that cannot be read',
    but({ trim: { width: '2 *', height: 10 } }),
    /trim\.width: .*"2 \*" cannot be read/,
  ],
  ['code in an expression', but({ let: { inner: 'process.exit()' } }), /let\.inner: .*may stand here/],
  ['a parameter of no kind', but({ parameters: { flap: { description: 'x' } } }), /parameters\.flap\.kind/],
  [
    'a length without its origin',
    but({ numbers: { glue: { value: 3, unit: 'mm' } } }),
    /numbers\.glue\.authority/,
  ],
  [
    'a length in furlongs',
    but({ numbers: { glue: { value: 3, unit: 'furlong', authority: 'project', source: 'x' } } }),
    /numbers\.glue\.unit/,
  ],
  ['a parameter with a bad name', but({ parameters: { 'My Flap': FOLDER.parameters.flap } }), /parameters/],
  ['a size without sizes', but({ parameters: { size: { ...size, sizes: [] } } }), /parameters\.size\.sizes/],
  [
    'a name that is not known',
    but({ trim: { width: 'innner', height: 10 } }),
    /Expected one of .*inner.* but it says innner/,
  ],
  [
    'text where a length is needed',
    but({ trim: { width: "'wide'", height: 10 } }),
    /Expected "'wide'" to be a number/,
  ],
  ['a trim of nothing', but({ trim: { width: 'size.width - 148', height: 10 } }), /Expected a trim above 0/],
  ['a trim of a mile', but({ trim: { width: '1609344', height: 10 } }), /up to 5000 mm/],
  ['safe margins that meet', but({ panels: [{ name: 'front', safe: 200 }] }), /leaves nothing of the front/],
  ['a fold that is nowhere', but({ folds: [{ name: 'spine' }] }), /Expected an x or a y for the fold spine/],
  ['a dieline of no role', but({ dielines: [{ role: 'laser', shape: 'rectangle' }] }), /dielines\.0\.role/],
  [
    'advice that cannot be read',
    but({ advice: [{ when: true, say: 'A flap of {flap +}' }] }),
    /advice\.0\.say: .*cannot be read/,
  ],
  [
    'advice about what is not known',
    but({ advice: [{ when: true, say: 'It is {flop}' }] }),
    /but it says flop/,
  ],
  ['no printer of that name', but({ printer: 'gutenberg' }), /for --printer but received gutenberg/],
  ['too many pages', but({ pages: [{ kind: 'leaf', count: 100000 }] }), /Expected 1 to 1000 pages/],
  [
    'a default size that is none',
    but({ parameters: { size: { ...size, default: 'a9' } }, let: { inner: 10, flap: 1, pockets: false } }),
    /one of a5 or WIDTHxHEIGHT/,
  ],
])('refused: %s', async (_, json, message) => {
  const name = await product(json);
  let thrown: unknown;
  try {
    findProduct(name, workspace).geometry({ flap: 60 });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(PrintcatError);
  expect((thrown as PrintcatError).message).toMatch(message);
});

test.each<[string, ProductOrder, string]>([
  ['out of its range', { flap: 10 }, 'Expected 20 mm to 105 mm for --flap but received 10 mm'],
  [
    'a size that is none',
    { size: 'a9' },
    'Expected one of a5 or WIDTHxHEIGHT in mm or in for --size but received a9',
  ],
  ['a size beyond reason', { size: '20x20in' }, 'Expected 50 to 400 mm each way'],
])('an order is refused: %s', async (_, order, message) => {
  const name = await product(FOLDER);
  expect(() => findProduct(name, workspace).geometry(order)).toThrow(message);
});

test('printers that extend each other, or nobody, are refused', async () => {
  const lost = await printer({ extends: 'gutenberg', title: 'x', makes: ['paper'] });
  expect(() => readPrinter(lost, workspace)).toThrow('Expected a printer to extend but received "gutenberg"');
  const self = `printer-${count}`;
  await printer({ extends: self, title: 'x', makes: ['paper'] });
  expect(() => readPrinter(self, workspace)).toThrow(`Expected a printer to extend but received "${self}"`);
});
