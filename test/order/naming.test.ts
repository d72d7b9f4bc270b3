import { expect, test } from 'vitest';
import { findTemplate } from '../../src/layout/template.ts';
import { fileStem } from '../../src/order/naming.ts';
import { readOrder } from '../../src/order/read-order.ts';
import { findProduct } from '../../src/products/index.ts';

const product = findProduct('book-cover');
const template = await findTemplate('bungei');

const stemOf = (more: object): string => {
  const order = readOrder({ product: 'book-cover', image: '1', size: 'a6', spine: 12, ...more }, 'here');
  return fileStem(order, product, template, product.geometry(order.options), ['jp']);
};

test('a usual order is named by what it is', () => {
  expect(stemOf({})).toBe('1-book-cover-a6-jp-12mm-bungei');
  expect(stemOf({ images: ['1', '2', '3'], image: undefined })).toBe(
    '1-and-2-more-book-cover-a6-jp-12mm-bungei',
  );
});

test('what is not as usual makes another name', () => {
  expect(stemOf({ binding: 'right' })).toBe('1-book-cover-a6-jp-12mm-right-bungei');
  const order = readOrder({ product: 'book-cover', image: '1', spine: 12 }, 'here');
  const more = {
    ...order,
    options: { ...order.options, tile: { width: 30, height: null }, holes: true, gap: 2 },
  };
  expect(fileStem(more, product, template, product.geometry(order.options), ['jp'])).toBe(
    '1-book-cover-a6-jp-12mm-tile-30-holes-gap-2-bungei',
  );
  const many = { ...order, options: { ...more.options, one: 'x'.repeat(50) } };
  expect(fileStem(many, product, template, product.geometry(order.options), ['jp'])).toMatch(
    /^1-book-cover-a6-jp-12mm-[0-9a-f]{8}-bungei$/,
  );
});
