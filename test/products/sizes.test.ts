import { describe, expect, test } from 'vitest';
import { findSize } from '../../src/products/sizes.ts';
import { BOOKS } from './covers.ts';

describe('formats by name', () => {
  test.each([
    ['a6', 105, 148],
    ['A6', 105, 148],
    ['bunko', 105, 148],
    ['文庫', 105, 148],
    ['shinsho', 107, 175],
    ['新書判', 107, 175],
    ['B6', 128, 182],
    ['Ｂ６判', 128, 182],
    ['四六判', 128, 188],
    ['a5', 148, 210],
    ['b5', 182, 257],
    ['5x8', 127, 203.2],
    ['5.5 × 8.5', 139.7, 215.9],
    ['6x9', 152.4, 228.6],
    ['6 x 9', 152.4, 228.6],
  ])('%s is %d × %d mm', (name, width, height) => {
    const { size } = findSize(name, BOOKS);
    expect(size.width).toBeCloseTo(width, 10);
    expect(size.height).toBeCloseTo(height, 10);
  });

  test('A6 is not the Japanese postcard of 100 × 148', () => {
    expect(findSize('a6', BOOKS).size.width).toBe(105);
  });

  test('an alias answers to the name of its format', () => {
    expect(findSize('四六', BOOKS).name).toBe('shiroku');
  });
});

test.each([
  ['120x180', 120, 180],
  ['120 × 180 mm', 120, 180],
  ['5.25x8in', 133.35, 203.2],
  ['6x9in', 152.4, 228.6],
])('%s is a free size of %d × %d mm', (text, width, height) => {
  const found = findSize(text, BOOKS);
  expect(found.entry).toBeNull();
  expect(found.size.width).toBeCloseTo(width, 10);
  expect(found.size.height).toBeCloseTo(height, 10);
});

test('an unknown name is refused with the known ones', () => {
  expect(() => findSize('c7', BOOKS)).toThrow(
    'Expected one of a6, shinsho, b6, shiroku, a5, b5, a4, 5x8, 5.5x8.5, 6x9 or WIDTHxHEIGHT in mm or in for --size but received c7',
  );
});

test.each(['7x10', '49x148', '105x451', '20x30in'])('%s is no book', (text) => {
  expect(() => findSize(text, BOOKS)).toThrow('Expected 50 to 450 mm each way for --size');
});

test('a size in inches without its unit is told how to write it', () => {
  expect(() => findSize('7x10', BOOKS)).toThrow(
    expect.objectContaining({
      hint: 'Without a unit it is millimetres; inches are written 7x10in.',
      exitCode: 2,
    }),
  );
});
