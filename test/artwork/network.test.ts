import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeArtwork } from '../../src/artwork/make-artwork.ts';
import { loadNetwork } from '../../src/artwork/network.ts';
import { mirror, type Patch } from '../../src/artwork/raster.ts';
import { resample } from '../../src/artwork/resample.ts';
import { double } from '../../src/artwork/upscale.ts';
import { cacheFolder } from '../../src/cache.ts';
import { MODELS } from '../../src/models/catalogue.ts';
import { readWeights } from '../../src/models/store.ts';
import {
  meanLab,
  paint,
  pictureAt,
  pixel,
  png,
  rawPixels,
  scratchFolder,
  still,
  wishFor,
} from './pictures.ts';

const modelsDir = cacheFolder(process.env, 'models');
const fast = await readWeights(MODELS.upconv_7, modelsDir);
const best = await readWeights(MODELS.cunet, modelsDir);
const samples = join(import.meta.dirname, '../../../shared/samples/stable-diffusion');
const noWeights = (weights: unknown) =>
  weights ? '' : ' (skipped: weights not fetched, `printcat models fetch`)';

const options = { cacheDir: scratchFolder(), modelsDir };
const whole = ({ width, height }: Patch) => ({ left: 0, top: 0, width: 2 * width, height: 2 * height });
const nothing = () => undefined;

function psnr(a: Patch, b: Patch): number {
  expect(a.data.length).toBe(b.data.length);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / a.data.length));
}

const halved = (picture: Patch): Patch => {
  const [width, height] = [picture.width / 2, picture.height / 2];
  const region = { left: 0, top: 0, width, height };
  return { ...resample(picture, { x: 0, y: 0, stepX: 2, stepY: 2 }, region), bounds: { width, height } };
};

describe.skipIf(!fast)(`upconv_7${noWeights(fast)}`, () => {
  test('in tiles it gives what it gives in one', async () => {
    const network = await loadNetwork('upconv_7', fast!);
    const picture = still(290, 130);
    const tiled = await double(picture, whole(picture), network, nothing);
    const [width, height] = [290 + 14, 130 + 14];
    const input = new Float32Array(3 * width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const colour = pixel(picture, mirror(x - 7, 290), mirror(y - 7, 130));
        for (let c = 0; c < 3; c++) input[(c * height + y) * width + x] = colour[c]! / 255;
      }
    }
    const planes = await network.run(input, width, height);
    const [w, h] = [580, 260];
    expect(planes.length).toBe(3 * w * h);
    let most = 0;
    for (let i = 0; i < w * h; i++) {
      for (let c = 0; c < 3; c++) {
        const value = Math.min(255, Math.max(0, planes[c * w * h + i]! * 255));
        most = Math.max(most, Math.abs(value - tiled.data[i * 3 + c]!));
      }
    }
    expect(most).toBeLessThanOrEqual(1);
  });

  test('it brings back more of a reduced picture than Lanczos does', async () => {
    const picture = still(256, 192);
    const small = halved(picture);
    const network = await loadNetwork('upconv_7', fast!);
    const neural = await double(small, whole(small), network, nothing);
    const lanczos = resample(small, { x: 0, y: 0, stepX: 0.5, stepY: 0.5 }, whole(small));
    expect(psnr(neural, picture)).toBeGreaterThan(psnr(lanczos, picture) + 3);
  });

  test.skipIf(!existsSync(samples))(
    'a painting keeps its colours; its size and method are told',
    async () => {
      const picture = await pictureAt(join(samples, '20220822090600.png'));
      const made = await makeArtwork(wishFor(picture, 700, 700, { upscaler: 'fast' }), options);
      expect(made).toMatchObject({
        method: 'upconv_7 ×2, reduced',
        widthPx: 700,
        hasAlpha: false,
        warnings: [],
      });
      const lab = meanLab(await rawPixels(made.path));
      const before = meanLab(await rawPixels(picture.path));
      expect(Math.hypot(...lab.map((v, i) => v - before[i]!))).toBeLessThan(0.5);
    },
  );

  test('alpha is enlarged with the colours: a crisp disc without a fringe', async () => {
    const path = join(options.cacheDir, 'disc.png');
    const disc = paint(80, 80, 4, (x, y) =>
      Math.hypot(x - 40, y - 40) < 25 ? [30, 60, 200, 255] : [255, 255, 0, 0],
    );
    await png(disc).toFile(path);
    const wish = wishFor(await pictureAt(path), 320, 320, { upscaler: 'fast' });
    const made = await makeArtwork(wish, options);
    expect(made).toMatchObject({ method: 'upconv_7 ×4', hasAlpha: true });
    const pixels = await rawPixels(made.path);
    expect(pixel(pixels, 162, 162)[3]).toBe(255);
    expect(pixel(pixels, 20, 20)[3]).toBe(0);
    for (let i = 0; i < pixels.data.length; i += 4) {
      // Yellow lies underneath; no pixel turns towards it.
      expect(pixels.data[i + 2]! - pixels.data[i]!).toBeGreaterThan(100);
    }
    expect((await makeArtwork(wish, options)).cached).toBe(true);
  });
});

describe.skipIf(!best)(`cunet${noWeights(best)}`, () => {
  test('it does better still, and its tiles meet without a step', async () => {
    const network = await loadNetwork('cunet', best!);
    const picture = still(400, 120);
    const small = halved(picture);
    const neural = await double(small, whole(small), network, nothing);
    const lanczos = resample(small, { x: 0, y: 0, stepX: 0.5, stepY: 0.5 }, whole(small));
    expect(psnr(neural, picture)).toBeGreaterThan(psnr(lanczos, picture) + 3);
    // 400 px make two tiles, which meet at column 400 of 800: the step there is like the steps beside it.
    const tiled = await double(picture, whole(picture), network, nothing);
    const step = (column: number) => {
      let sum = 0;
      for (let y = 0; y < 240; y++) {
        const at = (y * 800 + column) * 3;
        for (let c = 0; c < 3; c++) sum += Math.abs(tiled.data[at + c]! - tiled.data[at - 3 + c]!);
      }
      return sum / 720;
    };
    expect(step(400)).toBeLessThan(Math.max(step(398), step(402)) + 0.7);
  });
});
