import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTemplate, listTemplates } from '../../src/layout/template.ts';
import { readOrder } from '../../src/order/read-order.ts';
import { sampleOrder, sampleOrders } from '../../src/order/sample.ts';
import { writtenForm } from '../../src/order/write-order.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-sample-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const own = async () => ({ ...(await findTemplate('quarter')), name: 'own', folder });
const write = (name: string, json: object) => writeFile(join(folder, name), JSON.stringify(json));

test('the main sample comes first, those for further products after it', async () => {
  await write('sample-dust-jacket.json', { product: 'book-cover', image: '2', pages: 100 });
  await write('sample.json', { product: 'book-cover', image: '1', size: 'a6', pages: 90 });
  expect((await sampleOrders(await own())).map(({ images }) => images)).toEqual([['1'], ['2']]);
  expect(await sampleOrder(await own())).toMatchObject({
    template: 'own',
    options: { size: 'a6', pages: 90 },
  });
});

test('all samples of the shipped templates are orders that can be read', async () => {
  for (const template of await listTemplates())
    expect(await sampleOrders(template), template.name).not.toEqual([]);
});

test('a sample that is written down and read again is the same order', async () => {
  for (const template of await listTemplates()) {
    for (const sample of await sampleOrders(template)) {
      expect(readOrder(writtenForm(sample), 'it'), template.name).toEqual(sample);
    }
  }
});

test('a sample that is no JSON is named', async () => {
  await writeFile(join(folder, 'sample.json'), '{');
  await expect(sampleOrder(await own())).rejects.toThrow(/^Template own: sample.json is not valid: /);
});

const COVER = { product: 'book-cover', image: '20220912034858', fields: { title: 'Cats', price: 12 } };

describe('orders as files write them', () => {
  test('options of the order and of the product are told apart and filled up', () => {
    const order = readOrder({ ...COVER, spine: '0.5in', bleedFill: 'mirror', sheet: 'a3' }, 'line 3');
    expect(order).toMatchObject({
      ...{ product: 'book-cover', images: ['20220912034858'], bleedFill: 'mirror', sheet: 'a3' },
      ...{ fields: { title: 'Cats', price: '12' }, intent: 'relative', ruler: true },
    });
    expect(order.options).toEqual({ printer: 'jp', spine: 12.7 });
  });

  test.each<[object, string]>([
    [{ ...COVER, image: undefined }, 'Expected either an image or images for line 3 but received neither'],
    [{ ...COVER, images: ['1'] }, 'Expected either an image or images for line 3 but received both'],
    [{ ...COVER, image: undefined, images: [] }, 'line 3: images: Too small'],
    [{ ...COVER, product: 'mugg' }, 'for the product but received mugg'],
    [
      { ...COVER, pagess: 3 },
      'Expected an option of printcat make book-cover for line 3 but received pagess',
    ],
    [{ ...COVER, pages: 1.5 }, 'Expected a whole number for pages in line 3 but received 1.5'],
    [{ ...COVER, intent: 'bright' }, 'Expected one of relative, perceptual for intent in line 3'],
    [{ ...COVER, printer: 'kpd' }, 'Expected one of ingram, jp, kdp, lulu for printer in line 3'],
    [{ ...COVER, __proto__x: 1 }, 'but received __proto__x'],
    [[COVER], 'line 3: the order: '],
  ])('%j is refused', (json, message) => {
    expect(() => readOrder(json, 'line 3')).toThrow(message);
  });
});
