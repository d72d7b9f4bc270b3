import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/artwork/network.ts';
import { planArtwork } from '../../src/artwork/plan.ts';
import type { Patch } from '../../src/artwork/raster.ts';
import { mirror, mirroredRegion } from '../../src/artwork/raster.ts';
import { methodFor, renderArtwork } from '../../src/artwork/render.ts';
import { double, doubleNeeds } from '../../src/artwork/upscale.ts';
import { sameEdges } from '../../src/units.ts';
import { paint, pixel, still } from './pictures.ts';
import { regionReader } from './whole.ts';

/**
 * A network that can be reckoned by hand and looks as far as it may: every pixel becomes four, each the mean of the
 * pixel itself and of those `context` to its left and below.
 */
const toy = (context: number): Network => ({
  name: 'upconv_7',
  context,
  async run(pixels, width, height) {
    const [w, h] = [width - 2 * context, height - 2 * context];
    const out = new Float32Array(3 * 4 * w * h);
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < 2 * h; y++) {
        for (let x = 0; x < 2 * w; x++) {
          const at = (dx: number, dy: number) =>
            pixels[c * width * height + ((y >> 1) + context + dy) * width + (x >> 1) + context + dx]!;
          out[c * 4 * w * h + y * 2 * w + x] = (2 * at(0, 0) + at(-context, 0) + at(0, context)) / 4;
        }
      }
    }
    return out;
  },
});

/** What the toy makes of the whole picture. */
const doubledByHand = (picture: Patch, context: number): Patch =>
  paint(picture.width * 2, picture.height * 2, 3, (x, y) => {
    const at = (dx: number, dy: number) =>
      pixel(picture, mirror((x >> 1) + dx, picture.width), mirror((y >> 1) + dy, picture.height));
    return at(0, 0).map((v, c) => Math.round((2 * v + at(-context, 0)[c]! + at(0, context)[c]!) / 4));
  });

/** The largest difference between two pictures of the same size. */
function difference(a: { data: ArrayLike<number> }, b: { data: ArrayLike<number> }): number {
  expect(a.data.length).toBe(b.data.length);
  let most = 0;
  for (let i = 0; i < a.data.length; i++) most = Math.max(most, Math.abs(a.data[i]! - b.data[i]!));
  return most;
}

describe('doubling', () => {
  test('many tiles give what the whole gives, to the edges', async () => {
    const picture = still(523, 301);
    let tiles = 0;
    const region = { left: 0, top: 0, width: 1046, height: 602 };
    const made = await double(picture, region, toy(7), () => tiles++);
    expect(tiles).toBe(3 * 2);
    // Halves may be rounded to either side.
    expect(difference(made, doubledByHand(picture, 7))).toBeLessThanOrEqual(1);
  });

  test('a part, even an odd one, is made from its part of the picture', async () => {
    const picture = still(120, 90);
    const whole = doubledByHand(picture, 7);
    for (const region of [
      { left: 0, top: 0, width: 31, height: 17 },
      { left: 101, top: 33, width: 77, height: 147 },
      { left: 233, top: 177, width: 7, height: 3 },
    ]) {
      const needed = mirroredRegion(doubleNeeds(region, 7), picture.bounds);
      const part = await double(regionReader(picture)(needed), region, toy(7), () => undefined);
      expect(difference(part, regionReader(whole)(region))).toBeLessThanOrEqual(1);
    }
  });

  test('grey goes through as grey', async () => {
    const grey = paint(40, 30, 1, (x, y) => [x * 5 + y]);
    const rgb = paint(40, 30, 3, (x, y) => Array(3).fill(x * 5 + y));
    const region = { left: 0, top: 0, width: 80, height: 60 };
    const made = await double(grey, region, toy(7), () => undefined);
    const colour = await double(rgb, region, toy(7), () => undefined);
    expect(difference(made, { data: colour.data.filter((_, i) => i % 3 === 0) })).toBeLessThanOrEqual(1);
  });
});

describe('the way to the size', () => {
  test.each([
    [0.4, 0, 0],
    [1, 0, 0],
    [1.09, 0, 0],
    [1.3, 1, 1],
    [2, 1, 1],
    [2.4, 1, 1],
    [3.4, 2, 1],
    [4, 2, 2],
    [5.4, 2, 2],
    [7, 3, 1],
    [20, 3, 3],
  ])('%f×: %i passes, resampled after %i', (factor, passes, resampleAfter) => {
    expect(methodFor(factor, true)).toEqual({ passes, resampleAfter });
    expect(methodFor(factor, false).passes).toBe(0);
  });

  const slot = (width: number, height: number) => ({
    size: { width, height },
    bleed: sameEdges(1),
    ppi: 254,
    bleedFill: 'scale' as const,
  });

  test.each([0.7, 1.5, 2.3, 3.4, 4, 5.3, 7.1])(
    '%f×: pixels that are not shown are not read and change nothing',
    async (factor) => {
      const original = still(61, 203);
      const network = factor > 1.1 ? toy(3) : null;
      // As wide as the original, and a third of its height from somewhere in the middle.
      const wish = slot((61 * factor) / 10, (70 * factor) / 10);
      const plan = planArtwork(original, wish, { x: 0.5, y: 0.4 });
      const options = {
        method: methodFor(plan.factor, network !== null),
        network,
        bleedFill: 'scale' as const,
      };
      let rows = 0;
      const part = await renderArtwork(
        plan,
        original,
        async (region) => {
          rows = region.height;
          return regionReader(original)(region);
        },
        options,
      );
      const whole = await renderArtwork(plan, original, async () => original, options);
      expect(difference(part, whole)).toBe(0);
      expect(rows).toBeLessThan(110);
    },
  );

  test.each([
    [1.5, 203, 61],
    [2.3, 203, 61],
    [3.4, 61, 203],
    [7.1, 203, 61],
  ])('%f×: what the network makes lies where Lanczos puts it (%i × %i)', async (factor, width, height) => {
    const original = still(width, height);
    // A square of its shorter side.
    const plan = planArtwork(original, slot(6.1 * factor, 6.1 * factor), { x: 0.6, y: 0.4 });
    const [network, lanczos] = await Promise.all(
      [toy(0), null].map((each) =>
        renderArtwork(plan, original, async () => original, {
          method: methodFor(plan.factor, each !== null),
          network: each,
          bleedFill: 'scale',
        }),
      ),
    );
    let sum = 0;
    for (let i = 0; i < network!.data.length; i++) sum += Math.abs(network!.data[i]! - lanczos!.data[i]!);
    // 1 to 2.2 as it is; shifted by one pixel of the original 3 and more.
    expect(sum / network!.data.length).toBeLessThan(2.6);
  });

  test('progress counts every tile, and a stop is heeded between tiles', async () => {
    const original = still(300, 300);
    const plan = planArtwork(original, slot(90, 90));
    const method = methodFor(plan.factor, true);
    const seen: number[] = [];
    const base = { method, network: toy(7), bleedFill: 'scale' as const };
    await renderArtwork(plan, original, async () => original, {
      ...base,
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.at(-1)).toBe(1);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);

    const stop = new AbortController();
    let tiles = 0;
    const stopped = renderArtwork(plan, original, async () => original, {
      ...base,
      signal: stop.signal,
      onProgress: () => {
        tiles++;
        stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ exitCode: 130 });
    expect(tiles).toBe(1);
  });
});
