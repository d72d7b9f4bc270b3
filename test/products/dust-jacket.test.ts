import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { pageBoxes } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import { foldsOf, geometryOf, panelNames, panelOf, warningsOf } from './covers.ts';

const jacket = (order: Readonly<Record<string, unknown>>) => geometryOf('dust-jacket', order);

test.each(['a6', 'shinsho'])('%s: the published 340 mm and the spine, 6 mm more with bleed', (size) => {
  const flap = size === 'a6' ? 65 : 63;
  const geometry = jacket({ size, spine: 12, flap, spineEase: 0 });
  expect(geometry.trim.width).toBeCloseTo(340 + 12, 9);
  expect(pageBoxes(geometry).bleed.width).toBeCloseTo(346 + 12, 9);
  expect(warningsOf(geometry).join('\n')).toMatch(
    new RegExp(`A flap of ${flap} mm is less than the 80 mm .*340 mm and the spine`),
  );
});

test.each([
  ['a6', 90, 79.9],
  ['shinsho', 90, 79.9],
  ['b6', 100, 99],
  ['a5', 100, 99],
  ['shiroku', 90, 74],
  ['b5', 140, 139],
])('%s: flaps of %d mm, and a word about %d mm', (size, usual, short) => {
  const geometry = jacket({ size, spine: 12 });
  expect(panelOf(geometry, 'flap-front').box.width).toBe(usual);
  expect(panelOf(geometry, 'flap-back').box.width).toBe(usual);
  expect(warningsOf(geometry).join('\n')).not.toContain('flap');
  expect(warningsOf(jacket({ size, spine: 12, flap: short })).join('\n')).toContain(`A flap of ${short} mm`);
});

test('a format without published flaps says so', () => {
  expect(warningsOf(jacket({ size: '6x9', spine: 12 })).join('\n')).toContain(
    'flap = 90 mm is unverified (recalled; no printer publishes flaps for this format); --flap replaces it.',
  );
});

describe('panels', () => {
  const order = { size: 'a5', spine: 15 };

  test('bound on the left: back flap, back, spine, front, front flap', () => {
    const geometry = jacket(order);
    expect(panelNames(geometry)).toEqual(['flap-back', 'back', 'spine', 'front', 'flap-front']);
    expect(foldsOf(geometry)).toEqual({
      'flap-back': 100,
      'back-spine': 248,
      'front-spine': 264,
      'flap-front': 412,
    });
    expect(geometry.trim).toEqual({ width: 512, height: 210 });
    expect(panelOf(geometry, 'flap-front').bleed).toEqual({ top: 3, right: 3, bottom: 3, left: 0 });
    expect(panelOf(geometry, 'front').bleed).toEqual({ top: 3, right: 0, bottom: 3, left: 0 });
    expect(panelOf(geometry, 'front').safe).toEqual({ x: 267, y: 3, width: 142, height: 204 });
  });

  test('bound on the right, all of it the other way round', () => {
    const geometry = jacket({ ...order, binding: 'right' });
    expect(panelNames(geometry)).toEqual(['flap-front', 'front', 'spine', 'back', 'flap-back']);
    expect(foldsOf(geometry)).toEqual({
      'flap-front': 100,
      'front-spine': 248,
      'back-spine': 264,
      'flap-back': 412,
    });
  });

  test.each([
    [undefined, 16],
    [0, 15],
    [1.5, 16.5],
    [4, 19],
  ])('an ease of %s mm makes the spine %d mm wide; the book keeps its own', (spineEase, width) => {
    const geometry = jacket({ ...order, spineEase });
    expect(panelOf(geometry, 'spine').box.width).toBe(width);
    expect(geometry.spine!.value).toBe(15);
  });

  test("a hardcover's boards make it wider and higher", () => {
    const geometry = jacket({ ...order, overhang: 3 });
    expect(geometry.trim).toEqual({ width: 2 * (100 + 151) + 16, height: 216 });
  });

  test('トンボ, with a tick at every fold', () => {
    const geometry = jacket(order);
    expect(geometry.marks).toBe('tombo');
    expect(geometry.pages[0]!.folds).toHaveLength(4);
  });
});

test.each([
  [{ size: 'a6', spine: 12, flap: 106 }, 'Expected 20 mm to 105 mm for --flap but received 106 mm'],
  [{ size: 'a6', spine: 12, flap: 0 }, 'Expected 20 mm to 105 mm for --flap but received 0 mm'],
  [{ size: 'a6', spine: 12, spineEase: 11 }, 'Expected 0 mm to 10 mm for --spine-ease'],
  [{ size: 'a6' }, 'Expected --pages or --spine'],
])('%j is refused', (order, message) => {
  expect(() => jacket(order)).toThrow(message);
});

test('a length whose least is 0 may be 0 on the command line, another may not', () => {
  const parse = (product: string, option: string, text: string) =>
    z
      .object(findProduct(product).options)
      .partial()
      .safeParse({ [option]: text }).success;
  expect(parse('dust-jacket', 'spineEase', '0mm')).toBe(true);
  expect(parse('dust-jacket', 'spineEase', '-1mm')).toBe(false);
  expect(parse('dust-jacket', 'spine', '0mm')).toBe(false);
});
