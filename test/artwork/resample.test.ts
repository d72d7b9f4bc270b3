import { expect, test } from 'vitest';
import { mirror, mirroredRegion } from '../../src/artwork/raster.ts';
import { type Grid, resample, resampleNeeds } from '../../src/artwork/resample.ts';
import { paint, pixel, still } from './pictures.ts';
import { regionReader } from './whole.ts';

const grid = (x: number, y: number, step: number): Grid => ({ x, y, stepX: step, stepY: step });
const all = (width: number, height: number) => ({ left: 0, top: 0, width, height });

test('a picture goes on beyond its edges as its mirror image', () => {
  const row = Array.from({ length: 14 }, (_, i) => mirror(i - 5, 4));
  expect(row).toEqual([3, 3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0].map((v, i) => (i === 0 ? 3 : v)));
});

test('the region that holds a mirrored one', () => {
  const bounds = { width: 10, height: 20 };
  const region = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });
  expect(mirroredRegion(region(2, 3, 4, 5), bounds)).toEqual(region(2, 3, 4, 5));
  expect(mirroredRegion(region(-3, 15, 5, 9), bounds)).toEqual(region(0, 15, 3, 5));
  expect(mirroredRegion(region(8, 1, 7, 2), bounds)).toEqual(region(5, 1, 5, 2));
  expect(mirroredRegion(region(-40, 0, 90, 1), bounds)).toEqual(region(0, 0, 10, 1));
});

test.each([0.25, 0.37, 1, 1.9, 3.3])('one colour stays that colour at step %f', (step) => {
  const made = resample(
    paint(40, 30, 3, () => [200, 7, 131]),
    grid(0.3, -0.2, step),
    all(12, 9),
  );
  for (let i = 0; i < made.data.length; i += 3)
    expect([...made.data.subarray(i, i + 3)]).toEqual([200, 7, 131]);
});

test('the same grid gives the same pixels', () => {
  const picture = still(33, 21);
  expect(Buffer.from(resample(picture, grid(0, 0, 1), all(33, 21)).data)).toEqual(Buffer.from(picture.data));
});

test.each([
  [0.4, 0],
  [0.4, 3.3],
  [1.6, 0.7],
])('a ramp stays a ramp: step %f from %f', (step, origin) => {
  const ramp = paint(100, 12, 1, (x) => [2 * x + 20]);
  const count = Math.floor((100 - origin) / step);
  const made = resample(ramp, grid(origin, 0, step), all(count, 12));
  // Away from the edges, where the mirror image bends it, every value is that of its place.
  const margin = Math.ceil((3 * Math.max(1, step) + origin) / step);
  for (let i = margin; i < count - margin; i++) {
    const place = origin + (i + 0.5) * step - 0.5;
    expect(Math.abs(made.data[i]! - (2 * place + 20))).toBeLessThan(1);
  }
});

test('an impulse spreads evenly to all sides', () => {
  const impulse = paint(15, 15, 1, (x, y) => [x === 7 && y === 7 ? 255 : 40]);
  const { data } = resample(impulse, grid(0, 0, 0.2), all(75, 75));
  const at = (x: number, y: number) => data[y * 75 + x]!;
  expect(at(37, 37)).toBe(255);
  for (let y = 0; y < 75; y++) {
    for (let x = 0; x < 75; x++) {
      expect(at(x, y)).toBe(at(74 - x, y));
      expect(at(x, y)).toBe(at(y, x));
    }
  }
  // Lanczos undershoots beside an edge; a cubic of 3 lobes would not at this distance.
  expect(at(37 + 7, 37)).toBeLessThan(40);
  expect(at(37 + 12, 37)).toBeGreaterThan(40);
});

test('enlarging by Lanczos gives the values of its formula', () => {
  // Between two pixels, half way: sinc(d) sinc(d/3) at ±0.5, ±1.5, ±2.5, normalised.
  const sinc = (x: number) => Math.sin(Math.PI * x) / (Math.PI * x);
  const weights = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].map((d) => sinc(d) * sinc(d / 3));
  const values = [10, 200, 60, 90, 250, 30];
  const row = paint(6, 1, 1, (x) => [values[x]!]);
  const sum = weights.reduce((a, b) => a + b);
  const expected = weights.reduce((total, w, i) => total + w * values[i]!, 0) / sum;
  const made = resample(row, grid(2.5, 0, 1), { left: 0, top: 0, width: 1, height: 1 });
  expect(made.data[0]).toBe(Math.round(expected));
});

test('a part is made from its part of the picture alone, and equals that part of the whole', () => {
  const picture = still(90, 70);
  const steps = grid(-4.6, 2.2, 0.61);
  const whole = resample(picture, steps, all(160, 110));
  for (const region of [
    { left: 0, top: 0, width: 20, height: 30 },
    { left: 100, top: 60, width: 60, height: 50 },
    { left: 57, top: 41, width: 9, height: 1 },
  ]) {
    const needed = mirroredRegion(resampleNeeds(steps, region), picture.bounds);
    const part = resample(regionReader(picture)(needed), steps, region);
    for (let y = 0; y < region.height; y++) {
      for (let x = 0; x < region.width; x++) {
        expect(pixel(part, x, y)).toEqual(pixel(whole, region.left + x, region.top + y));
      }
    }
  }
});
