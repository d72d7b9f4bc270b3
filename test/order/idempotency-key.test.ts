import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesKey, idempotencyKey, type KeyParts, orderKey } from '../../src/order/idempotency-key.ts';
import type { Order } from '../../src/order/order.ts';
import { packagePath } from '../../src/paths.ts';
import { findProduct } from '../../src/products/index.ts';
import { coverOrder } from '../make/fixtures.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-key-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parts = (more: Partial<Order> = {}, other: Partial<KeyParts> = {}): KeyParts => {
  const order = coverOrder('20220912034858', more);
  const product = findProduct('book-cover');
  return {
    ...{ order, product, printer: product.printer(order.options) },
    template: { name: 'quarter', folder: packagePath('templates', 'quarter') },
    images: [{ id: '20220912034858', sha256: 'a'.repeat(64) }],
    keptCrops: [null],
    keptBleedFills: [null],
    ...other,
  };
};
const key = (more?: Partial<Order>, other?: Partial<KeyParts>) => orderKey(parts(more, other));

describe('the key of what an order prints', () => {
  test('is a SHA-256, and the same for the same order, however it is written', async () => {
    const first = await key();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await key()).toBe(first);
    const { printer, size, pages } = coverOrder('1').options;
    expect(await key({ options: { pages, size, printer, spine: undefined } })).toBe(first);
  });

  test('knows neither how many nor who lets it be made, nor where things lie', async () => {
    const first = await key();
    expect(await key({ quantity: 500, sku: 'X', allowUnreleased: true, template: 'quarter' })).toBe(first);
    await cp(packagePath('templates', 'quarter'), join(folder, 'quarter'), { recursive: true });
    const elsewhere = { name: 'quarter', folder: join(folder, 'quarter') };
    expect(await key({ template: elsewhere.folder }, { template: elsewhere })).toBe(first);
    await writeFile(join(elsewhere.folder, 'style.css'), 'body {}');
    expect(await key({}, { template: elsewhere })).not.toBe(first);
  });

  test.each<[string, Partial<Order>, Partial<KeyParts>]>([
    ['a field', { fields: { title: 'Another' } }, {}],
    ['an option of the product', { options: { printer: 'jp', size: 'a6', pages: 202 } }, {}],
    ['an option of the file', { lossless: true }, {}],
    ["a picture's bytes", {}, { images: [{ id: '20220912034858', sha256: 'b'.repeat(64) }] }],
    ['a crop that was kept for it', {}, { keptCrops: [{ x: 0.5, y: 0.2, zoom: 1 }] }],
    ['how its bleed is filled', { bleedFill: 'mirror' }, {}],
    ['a bleed fill that was kept for it', {}, { keptBleedFills: ['mirror'] }],
    ['the template', {}, { template: { name: 'bungei', folder: packagePath('templates', 'bungei') } }],
    ["the printer's numbers", {}, { printer: findProduct('book-cover').printer({ printer: 'kdp' }) }],
  ])('changes with %s', async (_, more, other) => {
    expect(await key(more, other)).not.toBe(await key());
  });

  test('does not change where the usual bleed fill is said', async () => {
    expect(await key({ bleedFill: 'scale' })).toBe(await key());
  });

  test('changes with the bytes of an own profile, not with its path', async () => {
    for (const name of ['a.icc', 'b.icc']) await writeFile(join(folder, name), 'profile');
    await writeFile(join(folder, 'c.icc'), 'another');
    const keys = await Promise.all(
      ['a', 'b', 'c'].map((name) => key({ profile: join(folder, `${name}.icc`) })),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).not.toBe(keys[2]);
    expect(await key({ profile: 'FOGRA39' })).not.toBe(await key());
  });
});

test('another quantity or article is another order; the same is the same', () => {
  const one = idempotencyKey('k', { quantity: 1, sku: undefined });
  expect(idempotencyKey('k', { quantity: 1, sku: undefined })).toBe(one);
  expect(idempotencyKey('k', { quantity: 2, sku: undefined })).not.toBe(one);
  expect(idempotencyKey('k', { quantity: 1, sku: 'A' })).not.toBe(one);
});

test('other looks of the proof, or another date, are other files', () => {
  const date = new Date('2022-09-12');
  const one = filesKey('k', { date, look: { guides: true } });
  expect(filesKey('k', { look: { guides: true, gamut: undefined }, date })).toBe(one);
  expect(filesKey('k', { date, look: {} })).not.toBe(one);
  expect(filesKey('k', { date: new Date('2022-09-13'), look: { guides: true } })).not.toBe(one);
});
