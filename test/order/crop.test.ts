import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalogue, openCatalogue } from '../../src/catalogue/catalogue.ts';
import { bleedFillOf, cropOf, cropWish } from '../../src/order/crop.ts';
import { filledWorkspace, IMAGES } from '../make/fixtures.ts';

let catalogue: Catalogue;
let remove: () => Promise<void>;
beforeAll(async () => {
  const filled = await filledWorkspace();
  remove = filled.remove;
  catalogue = openCatalogue(filled.workspace);
});
afterAll(async () => {
  catalogue.close();
  await remove();
});

const [first, second] = IMAGES as [string, string];
const order = { focal: undefined, zoom: undefined };

describe('the crop of a picture', () => {
  test('is kept for one product alone, replaced, and forgotten', () => {
    expect(cropOf(order, 'book-cover', first, catalogue)).toBeNull();
    catalogue.keepCrop(first, 'book-cover', { x: 0.25, y: 0.75, zoom: 1.5 });
    const kept = { focal: { x: 0.25, y: 0.75 }, zoom: 1.5 };
    expect(cropOf(order, 'book-cover', first, catalogue)).toEqual(kept);
    expect(cropOf(order, 'postcard', first, catalogue)).toBeNull();
    expect(cropOf(order, 'book-cover', second, catalogue)).toBeNull();
    catalogue.keepCrop(first, 'book-cover', { x: 0.5, y: 0.5, zoom: 1 });
    expect(catalogue.crop(first, 'book-cover')).toEqual({ x: 0.5, y: 0.5, zoom: 1 });
    catalogue.keepCrop(first, 'book-cover', null);
    expect(catalogue.crop(first, 'book-cover')).toBeNull();
  });

  test('is the order’s own where that says one', () => {
    catalogue.keepCrop(first, 'book-cover', { x: 0.25, y: 0.75, zoom: 1.5 });
    const focal = { x: 0.1, y: 0.2 };
    expect(cropOf({ focal, zoom: undefined }, 'book-cover', first, catalogue)).toEqual({
      focal,
      zoom: undefined,
    });
    expect(cropOf({ focal: undefined, zoom: 2 }, 'book-cover', first, catalogue)).toEqual({ zoom: 2 });
  });

  test('is of a picture that is there, and within it', () => {
    expect(() => catalogue.keepCrop('20000101000000', 'book-cover', { x: 0, y: 0, zoom: 1 })).toThrow(
      /20000101000000/,
    );
    expect(() => catalogue.keepCrop(first, 'book-cover', { x: 2, y: 0, zoom: 1 })).toThrow(/CHECK/);
  });

  test('has its bleed filled as the order says, else as it was kept for the product, else as usual', () => {
    const fill = (bleedFill: 'scale' | undefined, product: string, id: string) =>
      bleedFillOf({ bleedFill }, product, id, catalogue);
    expect(fill(undefined, 'book-cover', first)).toBe('scale');
    catalogue.keepBleedFill(first, 'book-cover', 'mirror');
    expect(fill(undefined, 'book-cover', first)).toBe('mirror');
    expect(fill('scale', 'book-cover', first)).toBe('scale');
    expect(fill(undefined, 'postcard', first)).toBe('scale');
    expect(fill(undefined, 'book-cover', second)).toBe('scale');
    catalogue.keepBleedFill(first, 'book-cover', 'extend');
    expect(catalogue.bleedFill(first, 'book-cover')).toBe('extend');
    catalogue.keepBleedFill(first, 'book-cover', null);
    expect(catalogue.bleedFill(first, 'book-cover')).toBeNull();
    expect(() => catalogue.keepBleedFill('20000101000000', 'book-cover', 'mirror')).toThrow(/20000101000000/);
  });

  test('asks nothing new of artwork where it is not closer: what is cached stays found', () => {
    expect(cropWish({ focal: { x: 0, y: 1 }, zoom: 1 })).toEqual({ focal: { x: 0, y: 1 } });
  });
});
