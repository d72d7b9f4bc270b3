import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../src/artwork/raster.ts';
import { packagePath } from '../../src/paths.ts';
import { seeded } from '../../src/random.ts';
import { makeCyclic } from '../../src/repeats/make-cyclic.ts';
import { CYCLIC_UP_TO, isCyclic, readForSeams, seamScore } from '../../src/repeats/seam.ts';
import { meanLab, paint } from '../artwork/pictures.ts';

const N = 128;
const at = (n: number) => ((n % N) + N) % N;

/** Smooth noise that joins itself after N px. */
const cloud = ((): ((x: number, y: number) => number) => {
  const random = seeded(4);
  const waves = Array.from({ length: 24 }, () => ({
    u: Math.round(random.between(-6, 6)),
    v: Math.round(random.between(-6, 6)),
    phase: random.between(0, 6),
  }));
  return (x, y) =>
    waves.reduce((sum, { u, v, phase }) => sum + Math.sin((2 * Math.PI * (u * x + v * y)) / N + phase), 0) /
    24;
})();
const grain = Array.from(
  { length: N * N },
  (
    (random) => () =>
      random.next()
  )(seeded(8)),
);
const noiseAt = (x: number, y: number) => grain[at(y) * N + at(x)]!;
const cloudy = (x: number, y: number) => [
  128 + 200 * cloud(x, y),
  110 + 150 * cloud(x, y),
  160 - 120 * cloud(x, y),
];
const dot = (x: number, y: number, cx: number, cy: number) => Math.hypot(x - cx, y - cy) < 14;

const CYCLIC: Record<string, Raster> = {
  waves: paint(N, N, 3, (x, y) => [
    128 + 90 * Math.sin((2 * Math.PI * x) / N),
    128 + 80 * Math.cos((4 * Math.PI * y) / N),
    99,
  ]),
  clouds: paint(N, N, 3, cloudy),
  noise: paint(N, N, 3, (x, y) => [255 * noiseAt(x, y), 255 * noiseAt(x + 9, y), 255 * noiseAt(x, y + 9)]),
  flat: paint(N, N, 3, () => [120, 130, 140]),
  chequers: paint(N, N, 3, (x, y) => (((x >> 3) + (y >> 3)) % 2 ? [20, 20, 80] : [230, 220, 200])),
  'a dot over the edge': paint(N, N, 3, (x, y) =>
    [-1, 0, 1].some((i) => dot(x + i * N, y, 0, 64)) ? [200, 40, 40] : [240, 235, 220],
  ),
  'a cut-out': paint(N, N, 4, (x, y) => [x, y, 90, dot(x, y, 60, 60) ? 255 : 0]),
};
const NOT: Record<string, Raster> = {
  'a ramp': paint(N, N, 3, (x, y) => [20 + x, 30 + x, 20 + y]),
  'a weak ramp': paint(N, N, 3, (x, y) => [120 + x / 6, 120 + x / 6, 120 + y / 6]),
  'clouds that are cut': paint(100, 90, 3, cloudy),
  'a dot that is cut': paint(N, N, 3, (x, y) => (dot(x, y, 4, 4) ? [200, 40, 40] : [240, 235, 220])),
  'a ramp under noise': paint(N, N, 3, (x, y) => Array(3).fill(80 + x / 2 + y / 2 + 40 * noiseAt(x, y))),
};

describe('the seam score', () => {
  test.each(Object.entries(CYCLIC))('%s: no seam', (_, picture) => {
    const { across, down } = seamScore(picture);
    expect(Math.max(across, down)).toBeLessThanOrEqual(1.05);
    expect(isCyclic({ across, down })).toBe(true);
  });

  test.each(Object.entries(NOT))('%s: a seam both ways', (_, picture) => {
    const { across, down } = seamScore(picture);
    expect(Math.min(across, down)).toBeGreaterThan(2);
  });

  test('tells the directions apart', () => {
    const one = paint(N, N, 3, (x, y) => [128 + 90 * Math.sin((2 * Math.PI * x) / N), 60 + y, 99]);
    const { across, down } = seamScore(one);
    expect(across).toBeLessThanOrEqual(CYCLIC_UP_TO);
    expect(down).toBeGreaterThan(10);
  });
});

/** How much the picture's lines of one pixel differ from its mean of both neighbours: doubled images lower it. */
const contrast = ({ data, width, height, channels }: Raster) => {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width - 1; x++) {
      const i = (y * width + x) * channels;
      for (let c = 0; c < 3; c++) sum += (data[i + c]! - data[i + channels + c]!) ** 2;
    }
  }
  return Math.sqrt(sum / (3 * height * (width - 1)));
};

describe('made cyclic', () => {
  test.each(Object.entries(NOT))(
    '%s: no seam any more, the mean colour kept, the middle as it was',
    (name, picture) => {
      const made = makeCyclic(picture, seamScore(picture));
      const { across, down } = seamScore(made);
      expect(Math.max(across, down)).toBeLessThanOrEqual(CYCLIC_UP_TO);
      const size = (length: number) => length - Math.round(length / 6);
      expect([made.width, made.height]).toEqual([size(picture.width), size(picture.height)]);
      const whole = (raster: Raster) => ({ ...raster, left: 0, top: 0, bounds: null });
      const [before, after] = [meanLab(whole(picture)), meanLab(whole(made))];
      expect(Math.hypot(...before.map((v, i) => v - after[i]!)), name).toBeLessThan(2);
      const pixel = ({ data, width, channels }: Raster, x: number, y: number) => [
        ...data.subarray((y * width + x) * channels, (y * width + x) * channels + 3),
      ];
      // Half of the overlap is gone on each side.
      const moved = (length: number) => Math.round(length / 6) >> 1;
      const own = pixel(picture, 50 + moved(picture.width), 40 + moved(picture.height));
      for (const [c, value] of pixel(made, 50, 40).entries()) {
        expect(Math.abs(value - own[c]!)).toBeLessThanOrEqual(6);
      }
    },
  );

  test('a plain cross-fade would wash the noise out; the cut keeps it', () => {
    const picture = NOT['a ramp under noise']!;
    const made = makeCyclic(picture, seamScore(picture));
    // The noise lies over both edges, where the ends were joined: there it is as strong as elsewhere.
    const part = (raster: Raster, left: number, width: number): Raster => {
      const rows = Array.from({ length: raster.height }, (_, y) => {
        const from = (y * raster.width + left) * raster.channels;
        return raster.data.slice(from, from + width * raster.channels);
      });
      return { ...raster, width, data: Uint8Array.from(rows.flatMap((row) => [...row])) };
    };
    const joined = (contrast(part(made, 0, 9)) + contrast(part(made, made.width - 9, 9))) / 2;
    expect(joined).toBeGreaterThan(0.9 * contrast(part(made, 40, 20)));
  });

  test('what is cyclic is left alone, whole or in one direction', () => {
    const clouds = CYCLIC.clouds!;
    expect(makeCyclic(clouds, seamScore(clouds))).toBe(clouds);
    const one = paint(N, N, 3, (x, y) => [128 + 90 * Math.sin((2 * Math.PI * x) / N), 60 + y, 99]);
    const made = makeCyclic(one, seamScore(one));
    expect([made.width, made.height]).toEqual([N, N - Math.round(N / 6)]);
    expect(isCyclic(seamScore(made))).toBe(true);
  });

  test('transparency is joined too', () => {
    const holes = paint(N, N, 4, (x, y) => [200, 60, 40, x + y < 40 ? 0 : 255]);
    const made = makeCyclic(holes, seamScore(holes));
    expect(made.channels).toBe(4);
    for (let i = 0; i < made.data.length; i += 4) {
      if (made.data[i + 3]! > 128) expect(Math.abs(made.data[i]! - 200)).toBeLessThanOrEqual(8);
    }
  });

  test('a picture without room for a cut is refused', () => {
    const tiny = paint(20, 90, 3, () => [1, 2, 3]);
    expect(() => makeCyclic(tiny, { across: 9, down: 9 })).toThrow(/at least 32 px each way .* 20 × 90/);
  });
});

const samples = packagePath('..', 'shared', 'samples', 'stable-diffusion');
if (!existsSync(samples))
  console.warn('The shared samples are not here: no seams of real pictures are tested.');

describe.skipIf(!existsSync(samples))('real pictures', () => {
  const files = existsSync(samples)
    ? readdirSync(samples)
        .filter((name) => name.endsWith('.png'))
        .sort()
    : [];

  test.each(files)('%s has seams, and none once it is made cyclic', async (name) => {
    const picture = await readForSeams(join(samples, name));
    const score = seamScore(picture);
    expect(Math.max(score.across, score.down)).toBeGreaterThan(2);
    const made = seamScore(makeCyclic(picture, score));
    expect(Math.max(made.across, made.down)).toBeLessThanOrEqual(CYCLIC_UP_TO);
  });
});
