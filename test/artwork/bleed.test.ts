import { expect, test } from 'vitest';
import { fillBleed } from '../../src/artwork/bleed.ts';
import type { Patch } from '../../src/artwork/raster.ts';

// 3 × 2 pixels, to stand at (2, 1) of 7 × 4.
const picture: Patch = {
  data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  channels: 1,
  left: 2,
  top: 1,
  width: 3,
  height: 2,
  bounds: null,
};
const rows = (data: Uint8Array | Uint8ClampedArray, width: number) =>
  Array.from({ length: data.length / width }, (_, y) => [...data.subarray(y * width, (y + 1) * width)]);

test('mirror: what lies beyond an edge is the picture seen in a mirror at that edge', () => {
  expect(rows(fillBleed(picture, 7, 4, 'mirror').data, 7)).toEqual([
    [2, 1, 1, 2, 3, 3, 2],
    [2, 1, 1, 2, 3, 3, 2],
    [5, 4, 4, 5, 6, 6, 5],
    [5, 4, 4, 5, 6, 6, 5],
  ]);
});

test("extend: what lies beyond an edge has the edge's colour", () => {
  expect(rows(fillBleed(picture, 7, 4, 'extend').data, 7)).toEqual([
    [1, 1, 1, 2, 3, 3, 3],
    [1, 1, 1, 2, 3, 3, 3],
    [4, 4, 4, 5, 6, 6, 6],
    [4, 4, 4, 5, 6, 6, 6],
  ]);
});

test('a bleed wider than the picture mirrors it over and over', () => {
  const { data } = fillBleed({ ...picture, left: 5, top: 0 }, 12, 2, 'mirror');
  expect([...data.subarray(0, 12)]).toEqual([2, 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1]);
});
