import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rgbPicture } from '../../src/press/rgb-pictures.ts';
import { transicc } from '../colour/transicc.ts';
import { artworkOf } from './pictures-helpers.ts';

/** Where Debian's `argyll` puts its reference profiles. */
const REFERENCES = '/usr/share/color/argyll/ref';
const PATCHES = [
  [200, 60, 50],
  [40, 120, 180],
  [90, 150, 70],
  [128, 128, 128],
  [240, 230, 210],
  [20, 30, 40],
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-rgb-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One pixel a patch, with an alpha of 255, 254, … where there are four channels. */
const strip = (channels: 3 | 4) => ({
  data: Uint8Array.from(PATCHES.flatMap((rgb, i) => (channels === 4 ? [...rgb, 255 - i] : rgb))),
  width: PATCHES.length,
  height: 1,
  channels,
});

describe('a picture in sRGB', () => {
  test('without a profile of its own keeps every pixel, and its alpha', async () => {
    const { data, alpha, encoding } = await rgbPicture(await artworkOf(folder, strip(4)), { lossless: true });
    expect(encoding).toBe('flate');
    expect([...inflateSync(data)]).toEqual(PATCHES.flat());
    expect([...inflateSync(alpha!)]).toEqual(PATCHES.map((_, i) => 255 - i));
  });

  test.runIf(existsSync(REFERENCES)).each(['DisplayP3.icm', 'ClayRGB1998.icm'])(
    'from %s is what transicc makes of it, within 2 of 255',
    async (name) => {
      const profile = join(REFERENCES, name);
      const artwork = await artworkOf(folder, strip(3), await readFile(profile));
      const found = inflateSync((await rgbPicture(artwork, { lossless: true })).data);
      const wanted = transicc(profile, '*sRGB', PATCHES, '-t1').flat();
      // What sRGB does not have ends at its edge.
      const clipped = wanted.map((value) => Math.min(255, Math.max(0, value)));
      for (const [i, value] of clipped.entries()) expect(Math.abs(value - found[i]!)).toBeLessThanOrEqual(2);
      expect([...found]).not.toEqual(PATCHES.flat());
    },
  );

  test('is a JPEG without subsampling and without a profile of another space', async () => {
    const raster = {
      data: new Uint8Array(64 * 48 * 3).fill(90),
      width: 64,
      height: 48,
      channels: 3,
    } as const;
    const { data, widthPx, heightPx, alpha } = await rgbPicture(await artworkOf(folder, raster));
    expect({ widthPx, heightPx, alpha }).toEqual({ widthPx: 64, heightPx: 48, alpha: null });
    const { format, chromaSubsampling, space, icc } = await sharp(data).metadata();
    expect({ format, chromaSubsampling, space, icc }).toEqual({
      ...{ format: 'jpeg', chromaSubsampling: '4:4:4', space: 'srgb', icc: undefined },
    });
  });

  test('is reduced on request', async () => {
    const raster = {
      data: new Uint8Array(64 * 48 * 3).fill(90),
      width: 64,
      height: 48,
      channels: 3,
    } as const;
    const { widthPx, heightPx } = await rgbPicture(await artworkOf(folder, raster), { atMost: 32 });
    expect([widthPx, heightPx]).toEqual([32, 24]);
  });
});
