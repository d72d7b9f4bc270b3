import { expect, test } from 'vitest';
import { joinAlpha, separateAlpha } from '../../src/artwork/alpha.ts';
import { paint, pixel } from './pictures.ts';

test('an alpha channel that is opaque all over is none', () => {
  const { colour, alpha } = separateAlpha(paint(4, 3, 4, (x, y) => [x, y, 9, 255]));
  expect(alpha).toBeNull();
  expect(colour.channels).toBe(3);
  expect(pixel(colour, 2, 1)).toEqual([2, 1, 9]);
});

test('colours spread into what is transparent, visible ones stay', () => {
  // Red on the left, blue on the right, between them transparent pixels that are green underneath.
  const colours = (x: number) => (x < 4 ? [200, 0, 0, 255] : x >= 12 ? [0, 0, 200, 128] : [0, 255, 0, 0]);
  const { colour, alpha } = separateAlpha(paint(16, 16, 4, colours));
  expect(pixel(colour, 3, 8)).toEqual([200, 0, 0]);
  expect(pixel(colour, 12, 8)).toEqual([0, 0, 200]);
  for (let x = 4; x < 12; x++) {
    const [r = 0, g, b = 0] = pixel(colour, x, 8);
    expect(g).toBe(0);
    expect(r + b).toBeGreaterThan(150);
  }
  // Nearer to red it is red.
  expect(pixel(colour, 4, 8)[0]).toBe(200);
  expect([...alpha!.data.subarray(0, 16)]).toEqual([
    255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 128, 128, 128, 128,
  ]);
});

test('a picture with nothing to see stays as it is', () => {
  const { colour, alpha } = separateAlpha(paint(5, 3, 4, () => [1, 2, 3, 0]));
  expect(pixel(colour, 4, 2)).toEqual([1, 2, 3]);
  expect(alpha!.data.every((a) => a === 0)).toBe(true);
});

test('what was taken apart is put together again', () => {
  const picture = paint(7, 5, 4, (x, y) => [x * 20, y * 30, x * y, 255 - x]);
  const { colour, alpha } = separateAlpha(picture);
  expect([...joinAlpha(colour, alpha!).data]).toEqual([...picture.data]);
});
