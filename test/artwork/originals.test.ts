import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../../src/artwork/artwork.ts';
import { type ArtworkOptions, makeArtwork } from '../../src/artwork/make-artwork.ts';
import { paletteOf } from '../../src/artwork/palette.ts';
import { encodePng } from '../../src/artwork/png.ts';
import { packagePath } from '../../src/paths.ts';
import { pngChunk } from '../catalogue/helpers.ts';
import { paint, pictureAt, pixel, png, rawPixels, scratchFolder, still, wishFor } from './pictures.ts';
import { cmykTiff, type FlatCmyk } from './tiff.ts';

const folder = scratchFolder();
const cacheDir = join(folder, 'cache');
const options: ArtworkOptions = { cacheDir, modelsDir: join(folder, 'no-models') };

async function original(name: string, bytes: Buffer): Promise<Picture> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return pictureAt(path);
}

/** The pixel in the middle of a 90 × 90 px artwork. */
const made = async (picture: Picture): Promise<number[]> =>
  pixel(await rawPixels((await makeArtwork(wishFor(picture, 90, 90), options)).path), 45, 45);

const profileOf = async (path: string): Promise<Buffer> => (await sharp(path).metadata()).icc!;
const displayP3 = async (): Promise<Buffer> => {
  const p3 = await png(still(8, 8)).withIccProfile('p3').toBuffer();
  return (await sharp(p3).metadata()).icc!;
};

const expectNear = (colour: readonly number[], wanted: readonly number[], within: number): void => {
  expect(colour).toHaveLength(wanted.length);
  for (const [i, value] of colour.entries()) expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(within);
};

describe('CMYK without a profile of its own', () => {
  // 10.2, 60, 80 and 0 % of ink: transicc -i FOGRA39L.icc -o '*sRGB' -t1 -b says 223.8, 123.1, 63.8.
  const INKS = [26, 153, 204, 0];
  const SEEN = [224, 123, 64];
  const tiff = (changes: Partial<FlatCmyk>, side = 60) =>
    cmykTiff({ width: side, height: side, bits: 8, pixel: INKS, ...changes });

  test.each([8, 16] as const)('%i bits a channel, at its own size and reduced', async (bits) => {
    expectNear(await made(await original(`cmyk${bits}.tif`, tiff({ bits }))), SEEN, 1);
    expectNear(await made(await original(`cmyk${bits}-large.tif`, tiff({ bits }, 300))), SEEN, 1);
  });

  test('alpha is kept beside the inks', async () => {
    const pixel = [...INKS, 128];
    expectNear(await made(await original('alpha.tif', tiff({ pixel }))), [...SEEN, 128], 1);
    // libvips multiplies with the alpha and divides by it again, in whole numbers.
    expectNear(await made(await original('alpha-large.tif', tiff({ pixel }, 300))), [...SEEN, 128], 3);
  });

  test('a profile for RGB is none for it', async () => {
    const picture = await original('rgb-profile.tif', tiff({ icc: await displayP3() }));
    expectNear(await made(picture), SEEN, 1);
    const { path } = await makeArtwork(wishFor(picture, 90, 90), options);
    expect(await profileOf(path)).not.toEqual(await displayP3());
  });

  test('with alpha at 16 bits, which libvips loses, it is refused', async () => {
    const icc = await readFile(packagePath('assets', 'icc', 'FOGRA39L.icc'));
    for (const changes of [{}, { icc }]) {
      const bytes = tiff({ bits: 16, pixel: [...INKS, 128], ...changes });
      const picture = await original(`deep-alpha-${bytes.length}.tif`, bytes);
      await expect(made(picture)).rejects.toMatchObject({
        name: 'PrintcatError',
        message: expect.stringMatching(/deep-alpha-\d+\.tif is not: .*CMYK with 16 bits/),
      });
    }
  });
});

describe('RGB in a space of its own', () => {
  const COLOUR = [30, 200, 60];
  const flat = paint(90, 90, 3, () => COLOUR);
  /** Debian's argyll; no other program here has a profile of this space. */
  const ADOBE_RGB = '/usr/share/color/argyll/ref/ClayRGB1998.icm';
  if (!existsSync(ADOBE_RGB)) console.warn(`Skipped: Adobe RGB, because ${ADOBE_RGB} is absent`);

  /** The same numbers with the same profile in each format that keeps them exactly. */
  async function formats(profile: Buffer): Promise<Record<string, Buffer>> {
    const whole = await encodePng(flat, profile);
    const kept = () => sharp(whole).keepIccProfile();
    return {
      png: whole,
      '16-bit png': await sharp(whole, { ignoreIcc: true })
        .toColourspace('rgb16')
        .png()
        .toBuffer()
        .then((deep) => Buffer.concat([deep.subarray(0, 33), iccp(whole), deep.subarray(33)])),
      tif: await kept().tiff({ compression: 'lzw' }).toBuffer(),
      webp: await kept().webp({ lossless: true }).toBuffer(),
    };
  }
  /** The iCCP chunk of a PNG that `encodePng` wrote: the first after the header. */
  const iccp = (whole: Buffer): Buffer => whole.subarray(33, 33 + 12 + whole.readUInt32BE(33));

  test.each([
    ['Display P3', displayP3],
    ['Adobe RGB (1998)', async () => (existsSync(ADOBE_RGB) ? readFile(ADOBE_RGB) : null)],
  ])('%s: the same numbers and the same profile, from file to PNG', async (name, load) => {
    const profile = await load();
    if (!profile) return;
    for (const [format, bytes] of Object.entries(await formats(profile))) {
      const picture = await original(`${name}.${format}`, bytes);
      const { path } = await makeArtwork(wishFor(picture, 90, 90), options);
      expect(await profileOf(path), format).toEqual(profile);
      const pixels = await rawPixels(path);
      for (const at of [0, 45, 89]) expect(pixel(pixels, at, at), format).toEqual(COLOUR);
    }
  });

  test('so they are when it is enlarged and when it is reduced', async () => {
    const profile = await displayP3();
    const picture = await original('p3-sizes.png', await encodePng(flat, profile));
    for (const side of [70, 150]) {
      const { path } = await makeArtwork(wishFor(picture, side, side, { bleedFill: 'extend' }), options);
      expect(await profileOf(path)).toEqual(profile);
      expect(pixel(await rawPixels(path), side >> 1, side >> 1)).toEqual(COLOUR);
    }
  });
});

test('an original may be as large as import lets it be, beyond the 268 million pixels of sharp', async () => {
  // One bit a pixel: 16,000 × 17,000 px, the left half black, in 34 MB before and a few kB after compression.
  const [width, height] = [16_000, 17_000];
  const row = Buffer.alloc(1 + width / 8);
  row.fill(0xff, 1 + width / 16);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const huge = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(row.length * height, row), { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
  const picture = await original('huge.png', huge);
  const { path } = await makeArtwork(wishFor(picture, 160, 170), options);
  const pixels = await rawPixels(path);
  expect([pixel(pixels, 40, 80), pixel(pixels, 130, 80)]).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
  expect((await paletteOf(picture, cacheDir)).dark).toMatch(/^#/);
});

describe('an original that changed on disk without a change of its length', () => {
  test('is not computed from, by name; what was made of it before is still found', async () => {
    const picture = await original('changed.png', await png(still(120, 120)).toBuffer());
    const before = await makeArtwork(wishFor(picture, 90, 90), options);
    const palette = await paletteOf(picture, cacheDir);
    const bytes = await readFile(picture.path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(picture.path, bytes);
    const refused = {
      name: 'PrintcatError',
      exitCode: 2,
      message: `Expected the original ${picture.path} as it was imported but it changed on disk`,
      hint: expect.stringMatching(/^Import the file again/),
    };
    await expect(makeArtwork(wishFor(picture, 90, 91), options)).rejects.toMatchObject(refused);
    await expect(paletteOf(picture, join(folder, 'other-cache'))).rejects.toMatchObject(refused);
    expect(await makeArtwork(wishFor(picture, 90, 90), options)).toEqual({ ...before, cached: true });
    expect(await paletteOf(picture, cacheDir)).toEqual(palette);
  });
});
