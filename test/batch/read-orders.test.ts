import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readOneOrder, saveOrder } from '../../src/batch/one-order.ts';
import { readOrderFiles } from '../../src/batch/read-files.ts';
import { OrderReader } from '../../src/batch/read-orders.ts';
import { placeName } from '../../src/batch/written.ts';
import { initWorkspace } from '../../src/catalogue/workspace.ts';
import { listTemplates } from '../../src/layout/template.ts';
import { sampleOrders } from '../../src/order/sample.ts';
import { writtenForm } from '../../src/order/write-order.ts';
import { flatProduct } from './workspace.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-orders-'));
  await initWorkspace(folder);
  await mkdir(join(folder, 'products'));
  const tag = flatProduct('tag', [40, 40]);
  await writeFile(join(folder, 'products', 'tag.json'), JSON.stringify(tag));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function read(text: string, ending: string, defaults = {}) {
  const file = `orders-${count++}${ending}`;
  await writeFile(join(folder, file), text);
  const { files, mistakes } = await readOrderFiles([file], folder);
  const reader = new OrderReader({ workspace: folder, defaults });
  const orders = files.flatMap((one) => one.orders.map((order) => reader.read(order, one.file)));
  return {
    orders: orders.map((one) => one?.order),
    lines: orders.map((one) => one?.place.line),
    mistakes: [...mistakes, ...reader.mistakes].map(
      (one) => `${placeName(one).replace(file, '')} ${one.message}`,
    ),
  };
}

const YAML = `# Two tags
- product: tag
  image: 20220912034858
  ppi: 150
  lossless: true
  template: plain
  fields:
    title: 1.50
    note: "yes"
- product: tag
  images: ["20220912034858"]
  override: [bleed=5mm]
  stamp: 007
  fields: {}
`;
const JSONS = [
  '{"product":"tag","image":"20220912034858","ppi":150,"lossless":true,"template":"plain","fields":{"title":"1.50","note":"yes"}}',
  '{"product":"tag","images":["20220912034858"],"override":["bleed=5mm"],"stamp":"007"}',
];
const CSV = `product,image,ppi,lossless,template,set.title,set.note,override,stamp
tag,20220912034858,150,true,plain,1.50,yes,,

tag,20220912034858,,,,,,bleed=5mm,007
`;

describe('the same orders in every form', () => {
  test.each<[string, string, lines: number[]]>([
    ['.yaml', YAML, [2, 10]],
    ['.json', `[\n${JSONS.join(',\n')}\n]`, [2, 3]],
    ['.json', `{"orders":[${JSONS.join(',')}],"defaults":{}}`, [1, 1]],
    ['.jsonl', JSONS.join('\n\n'), [1, 3]],
    ['.csv', CSV, [2, 4]],
    ['.csv', CSV.replaceAll(',', ';'), [2, 4]],
    ['.tsv', `\uFEFF${CSV.replaceAll(',', '\t').replaceAll('\n', '\r\n')}`, [2, 4]],
  ])('%s', async (ending, text, lines) => {
    const found = await read(text, ending);
    expect(found.mistakes).toEqual([]);
    expect(found.lines).toEqual(lines);
    const [first, second] = found.orders;
    expect(first).toMatchObject({
      ...{ product: 'tag', images: ['20220912034858'], template: 'plain', ppi: 150, lossless: true },
      fields: { title: '1.50', note: 'yes' },
    });
    expect(second).toMatchObject({
      fields: {},
      options: { override: ['bleed=5mm'], stamp: '007' },
    });
  });
});

test('a cell has lines and separators of its own, and the next order its own line', async () => {
  const text = 'product,image,set.title\ntag,1,"One, two\nthree ""four"""\ntag,2,\\n\n';
  const { orders, lines } = await read(text, '.csv');
  expect(orders.map((order) => order?.fields)).toEqual([
    { title: 'One, two\nthree "four"' },
    { title: '\n' },
  ]);
  expect(lines).toEqual([2, 4]);
});

test('one value stands for a list of one, where an option takes several', async () => {
  const images = 'images: ["1", "2"]';
  const { orders, mistakes } = await read(
    `- { product: gang-sheet, ${images}, longest: 40, override: bleed=5mm }
- { product: gang-sheet, ${images}, longest: [40], override: [bleed=5mm] }
- { product: gang-sheet, ${images}, longest: [40, 60] }
- { product: gang-sheet, ${images}, longest: long }`,
    '.yaml',
  );
  expect(orders[0]).toEqual(orders[1]);
  expect(orders.slice(1, 3).map((order) => order?.options.longest)).toEqual([[40], [40, 60]]);
  expect(mistakes).toEqual([':4 Expected a number for longest but received ["long"]']);
  const table = await read('product,images,longest\ngang-sheet,1 2,40\ngang-sheet,1 2,40;60\n', '.csv');
  expect(table.orders.map((order) => order?.options.longest)).toEqual([[40], [40, 60]]);
});

test("defaults of the file lie beneath an order, the workspace's beneath them", async () => {
  const text = `defaults: { product: tag, ppi: 200, image: 1, fields: { title: A, note: B } }
orders:
  - { fields: { title: C } }
  - { images: [2, 3], ppi: 300 }
`;
  const { orders, mistakes } = await read(text, '.yaml', {
    upscaler: 'lanczos',
    ppi: 100,
    tag: { stamp: 'x' },
    pages: 3,
  });
  expect(mistakes).toEqual([]);
  expect(orders).toMatchObject([
    {
      images: ['1'],
      ppi: 200,
      upscaler: 'lanczos',
      options: { stamp: 'x' },
      fields: { title: 'C', note: 'B' },
    },
    { images: ['2', '3'], ppi: 300, fields: { title: 'A', note: 'B' } },
  ]);
});

test('everything that is wrong is told at once, with its line', async () => {
  const yaml = `- product: tag
  image: 1
  ppi: many
  colour: red
- product: tga
  image: 1
- product: tag
- just text
- product: tag
  image: 1
  upscaler: magic
  fields: [a]
`;
  const { mistakes } = await read(yaml, '.yaml');
  expect(mistakes).toEqual([
    ':4 Expected an option of printcat make tag for the order but received colour',
    ':3 Expected a number for ppi but received many',
    expect.stringMatching(/^:5 Expected one of book-cover, .*tag, .* for the product but received tga$/),
    ':7 Expected either an image or images for the order but received neither',
    ':8 Expected an order but received text',
    expect.stringMatching(/^:12 fields: .*record/),
  ]);
});

test.each<[what: string, ending: string, text: string, message: RegExp]>([
  ['YAML that breaks off', '.yaml', 'a: 1\nb: [1, 2\nc: 3\n', /^:\d .*flow/i],
  ['a name twice', '.yaml', 'product: tag\nimage: 1\nimage: 2\n', /^:3 .*unique/],
  ['JSON with a comma too many', '.json', '[\n{"product": "tag",}\n]', /^:2 Expected JSON/],
  ['YAML under the name of JSON', '.json', 'product: tag\n', /^:1 Expected JSON/],
  ['a line that is no JSON', '.jsonl', '{"product":"tag","image":"1"}\n{"product":\n', /^:2 /],
  ['a quote that is not closed', '.csv', 'product,image\ntag,"1\n', /^:\d The table breaks off/],
  [
    'a cell too many',
    '.csv',
    'product,image\ntag,1,oops\n',
    /^:2 Expected at most 2 cells but received "oops"/,
  ],
  ['a column twice', '.csv', 'product,image,image\ntag,1,2\n', /^:1 Expected each column once/],
  ['an empty file', '.yaml', '# nothing\n', /^ Expected orders but the file is empty/],
  ['an unknown key beside orders', '.yaml', 'orders: []\ndefault: {}\n', /^:2 Expected one of defaults/],
  ['another kind of file', '.xlsx', 'x', /^ Expected a file with the ending \.csv/],
  ['text', '.json', '"order"', /^:1 Expected orders but received text/],
  [
    'aliases that grow',
    '.yaml',
    `${'abcdefgh'.split('').reduce((text, name, i, all) => `${text}${name}: &${name} [${i === 0 ? 'x' : `*${all[i - 1]},`.repeat(9)}]\n`, '')}`,
    /Expected at most 10000 aliases/,
  ],
])('%s', async (_, ending, text, message) => {
  const { mistakes } = await read(text, ending);
  expect(mistakes[0]).toMatch(message);
});

test('a saved order is read as it was', async () => {
  const { orders } = await read(
    '{"product":"tag","image":"20220912034858","focal":"0.25,0.5","override":["bleed=5mm"],"ppi":200,"fields":{"title":"007"}}',
    '.json',
  );
  for (const file of ['saved.yaml', 'saved.json']) {
    await saveOrder(orders[0]!, file, folder, folder);
    expect(await readOneOrder(file, folder, folder)).toEqual(orders[0]);
  }
  await expect(saveOrder(orders[0]!, 'saved.txt', folder, folder)).rejects.toThrow(/a file \.yaml or \.json/);
  await writeFile(join(folder, 'two.yaml'), YAML);
  await expect(readOneOrder('two.yaml', folder, folder)).rejects.toThrow(/one order .*received 2/);
});

test('every sample of every template is the same order in every form', async () => {
  const templates = await listTemplates();
  const samples = (await Promise.all(templates.map((template) => sampleOrders(template)))).flat();
  expect(samples.length).toBeGreaterThan(30);
  const written = samples.map((sample) => writtenForm(sample) as Record<string, unknown>);
  const keys = [...new Set(written.flatMap((one) => Object.keys(one)))];
  const plain = keys.filter((key) => key !== 'fields');
  const fields = [...new Set(samples.flatMap((sample) => Object.keys(sample.fields)))];
  const cell = (value: unknown): string => {
    const text = Array.isArray(value) ? value.join(' ') : value === undefined ? '' : `${value}`;
    return `"${text.replaceAll('"', '""')}"`;
  };
  const rows = samples.map(({ fields: own }, i) =>
    [...plain.map((key) => cell(written[i]![key])), ...fields.map((name) => cell(own[name]))].join(','),
  );
  const head = [...plain, ...fields.map((name) => `fields.${name}`)].join(',');
  const forms = {
    '.yaml': stringify(written),
    '.json': JSON.stringify(written),
    '.jsonl': written.map((one) => JSON.stringify(one)).join('\n'),
    '.csv': [head, ...rows].join('\n'),
  };
  for (const [ending, text] of Object.entries(forms)) {
    const { orders, mistakes } = await read(text, ending);
    expect(mistakes, ending).toEqual([]);
    expect(orders, ending).toEqual(samples);
  }
});
