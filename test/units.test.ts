import { describe, expect, test } from 'vitest';
import {
  effectivePpi,
  inset,
  intersect,
  mmToPt,
  mmToPx,
  parseLength,
  parseSize,
  ptToMm,
  sameEdges,
} from '../src/units.ts';

describe('units', () => {
  test('one inch is 25.4 mm and 72 pt', () => {
    expect(mmToPt(25.4)).toBe(72);
    expect(ptToMm(72)).toBe(25.4);
    expect(mmToPx(25.4, 300)).toBe(300);
    expect(effectivePpi(300, 25.4)).toBe(300);
  });

  test('pixels are rounded up, but not for a rounding error', () => {
    expect(mmToPx(25.5, 300)).toBe(302);
    expect(mmToPx(152.4, 300)).toBe(1800);
  });

  test.each([
    ['12', 12],
    ['12mm', 12],
    ['1.2 cm', 12],
    ['0.5in', 12.7],
    ['36pt', 12.7],
  ])('%s is %d mm', (text, mm) => expect(parseLength(text)).toBeCloseTo(mm, 10));

  test.each(['', 'mm', '-3', '3px', '1e3', '3 4'])('%j is not a length', (text) =>
    expect(parseLength(text)).toBeNull(),
  );

  test.each([
    ['105x148', 105, 148],
    ['6x9in', 152.4, 228.6],
    ['5.5 × 8.5 in', 139.7, 215.9],
    ['10cmx200mm', 100, 200],
  ])('%s is a size', (text, width, height) => {
    const size = parseSize(text);
    expect(size?.width).toBeCloseTo(width, 10);
    expect(size?.height).toBeCloseTo(height, 10);
  });

  test.each(['a6', '105', '0x10', '105x', 'x148'])('%j is not a size', (text) =>
    expect(parseSize(text)).toBeNull(),
  );

  test('boxes', () => {
    const box = { x: 0, y: 0, width: 10, height: 20 };
    expect(inset(box, sameEdges(2))).toEqual({ x: 2, y: 2, width: 6, height: 16 });
    expect(intersect(box, { x: 5, y: 5, width: 10, height: 10 })).toEqual({
      x: 5,
      y: 5,
      width: 5,
      height: 10,
    });
    expect(intersect(box, { x: 10, y: 0, width: 1, height: 1 })).toBeNull();
  });
});
