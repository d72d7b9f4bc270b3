import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { darkPicture } from '../../bench/dark-picture.mjs';
import { makeArtwork } from '../../src/artwork/make-artwork.ts';
import { encodePng } from '../../src/artwork/png.ts';
import type { Raster } from '../../src/artwork/raster.ts';
import { deltaE2000, type Lab } from '../../src/colour/delta-e.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { hashFile, hashOf } from '../../src/files.ts';
import { packagePath } from '../../src/paths.ts';
import { encodeCmyk, pressPicture } from '../../src/press/pictures.ts';
import { printedLab, transicc } from '../colour/transicc.ts';
import { plates } from '../judges/index.ts';
import { artworkOf, pageOf } from './pictures-helpers.ts';

const FOGRA39 = packagePath('assets', 'icc', 'FOGRA39L.icc');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-pictures-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A picture with something in every block: waves of all three components, and a ramp of transparency. */
function waves(width: number, height: number, channels: 3 | 4): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const wave = (k: number) => Math.round(127.5 + 127.5 * Math.sin((x * k + y * (9 - k)) / 37));
    data.set([wave(1), wave(4), wave(7)], i * channels);
    if (channels === 4) data[4 * i + 3] = (x + y) % 256;
  }
  return { data, width, height, channels };
}

const inksOf = (jpeg: Uint8Array) =>
  sharp(jpeg).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer({ resolveWithObject: true });

describe('a picture in press colour', () => {
  // A strip is about a megapixel: these take one, three with a lower last one, and eleven, more than there are
  // different restart markers; sides that fill no whole blocks.
  test.each([
    [203, 111],
    [1001, 2755],
    [30011, 330],
  ])('%d × %d px: the JPEG of the strips is pixel for pixel the JPEG of the whole', async (width, height) => {
    const raster = waves(width, height, 3);
    const artwork = await artworkOf(folder, raster);
    const { data, encoding, alpha } = await pressPicture(artwork, await PressColours.open('FOGRA39'), folder);
    expect({ encoding, alpha }).toEqual({ encoding: 'jpeg', alpha: null });
    const { icc } = await sharp(artwork.path).metadata();
    const inks = (await (await PressColours.open('FOGRA39')).pictures(icc!)).run(raster.data as Uint8Array);
    const [joined, whole] = [
      await inksOf(await readFile(data.path)),
      await inksOf(await encodeCmyk(inks, width, height)),
    ];
    expect(joined.info).toMatchObject({ width, height, channels: 4 });
    expect(joined.data.equals(whole.data)).toBe(true);
  });

  test('lossless: every pixel as it was converted; the alpha channel as it was', async () => {
    const raster = waves(1001, 1755, 4);
    const artwork = await artworkOf(folder, raster);
    const colours = await PressColours.open('FOGRA39', { inkLimit: 260 });
    const picture = await pressPicture(artwork, colours, folder, { lossless: true });
    expect(picture.encoding).toBe('flate');
    const { icc } = await sharp(artwork.path).metadata();
    const converter = await colours.pictures(icc!);
    const inks = converter.run(raster.data as Uint8Array, 4);
    expect(inflateSync(await readFile(picture.data.path)).equals(inks)).toBe(true);
    expect(picture.coverage).toBe(converter.coverage);
    const alpha = inflateSync(picture.alpha!);
    expect(alpha.length).toBe(1001 * 1755);
    expect(alpha.every((value, i) => value === raster.data[4 * i + 3])).toBe(true);
  });

  test('the same again, made anew or from the cache; nothing else is left behind', async () => {
    const artwork = await artworkOf(folder, waves(640, 2400, 4));
    const colours = await PressColours.open('FOGRA39');
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const made = async (cacheDir: string) => {
      const { data, alpha, coverage } = await pressPicture(artwork, colours, cacheDir);
      return { data: hashOf(await readFile(data.path)), alpha: hashOf(alpha!), coverage };
    };
    const first = await made(one);
    expect(await made(two)).toEqual(first);
    expect(await made(one)).toEqual(first);
    const files = (await readdir(one, { recursive: true })).filter((name) => /\.\w+$/.test(name));
    expect(files.map((name) => name.replace(/.*\./, '')).sort()).toEqual(['alpha', 'data', 'json']);
    // An entry that is not whole counts for nothing.
    const alpha = join(one, files.find((name) => name.endsWith('.alpha'))!);
    await rm(alpha);
    expect(await made(one)).toEqual(first);
    expect(hashOf(await readFile(alpha))).toBe(first.alpha);
  });

  test('another intent and another ink limit are other pictures', async () => {
    const artwork = await artworkOf(folder, waves(64, 64, 3));
    const ways = [{}, { intent: 'perceptual' }, { inkLimit: 240 }] as const;
    const made = [];
    for (const way of ways) {
      const { data } = await pressPicture(artwork, await PressColours.open('FOGRA39', way), folder);
      made.push(await readFile(data.path));
    }
    expect(new Set(made.map((jpeg) => jpeg.toString('latin1'))).size).toBe(3);
  });
});

describe('ink on the plates, as Ghostscript separates them', () => {
  /** Highest ink of one pixel, and highest mean over 2 × 2 pixels, percent. */
  async function inkOf(inkLimit: number | null): Promise<{ pixel: number; area: number; reported: number }> {
    const artwork = await artworkOf(folder, { ...darkPicture(), channels: 3 });
    const colours = await PressColours.open('FOGRA39', inkLimit ? { inkLimit } : {});
    const picture = await pressPicture(artwork, colours, folder);
    const file = join(folder, 'page.pdf');
    await pageOf(file, picture);
    const { width, height, C, M, Y, K } = await plates(file, { dpi: 72 });
    expect([width, height]).toEqual([artwork.widthPx, artwork.heightPx]);
    const sum = (i: number) => (C[i]! + M[i]! + Y[i]! + K[i]!) / 2.55;
    let [pixel, area] = [0, 0];
    for (let i = 0; i < (height - 1) * width; i++) {
      pixel = Math.max(pixel, sum(i));
      if (i % width < width - 1) {
        area = Math.max(area, (sum(i) + sum(i + 1) + sum(i + width) + sum(i + width + 1)) / 4);
      }
    }
    return { pixel, area, reported: picture.coverage };
  }

  test('a picture made to break the limit breaks it, and keeps it when it is told', async () => {
    const free = await inkOf(null);
    expect(free.area).toBeGreaterThan(285);
    const bound = await inkOf(240);
    expect(bound.area).toBeLessThanOrEqual(240);
    // What the JPEG encoder does to single pixels next to hard edges.
    expect(bound.pixel).toBeLessThan(247);
    expect(bound.reported).toBeGreaterThan(235);
    expect(bound.reported).toBeLessThan(239);
  });
});

describe('pictures keep their own colours from the original to the plates', () => {
  const PATCHES = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [20, 190, 120],
    [250, 120, 10],
    [90, 30, 160],
    [128, 128, 128],
    [30, 20, 12],
    [240, 235, 200],
    [0, 160, 220],
    [200, 20, 130],
    [60, 90, 30],
  ] as const;
  const SIDE = 48;
  const [ACROSS, DOWN] = [4, 3];
  // Profiles made by argyll's author, not by the library that converts here; without Debian's argyll they are left out.
  const FOLDER = '/usr/share/color/argyll/ref';

  /** The pixel in the middle of every patch, inks 0…100, of an order's picture. */
  async function printed(profile: Buffer | null): Promise<number[][]> {
    const [width, height] = [ACROSS * SIDE, DOWN * SIDE];
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++) {
      const patch = Math.floor(Math.floor(i / width) / SIDE) * ACROSS + Math.floor((i % width) / SIDE);
      data.set(PATCHES[patch]!, 3 * i);
    }
    const path = join(folder, 'original.png');
    await writeFile(path, await encodePng({ data, width, height, channels: 3 }, profile));
    const bleed = { top: 0, right: 0, bottom: 0, left: 0 };
    const size = { width: (width / 300) * 25.4, height: (height / 300) * 25.4 };
    const artwork = await makeArtwork(
      {
        ...{ picture: { path, sha256: await hashFile(path) }, size, bleed, ppi: 300 },
        ...{ bleedFill: 'scale', upscaler: 'lanczos' },
      },
      { cacheDir: folder },
    );
    expect([artwork.widthPx, artwork.heightPx]).toEqual([width, height]);
    const picture = await pressPicture(artwork, await PressColours.open('FOGRA39'), folder);
    const { data: inks } = await inksOf(await readFile(picture.data.path));
    return PATCHES.map((_, patch) => {
      const [x, y] = [(patch % ACROSS) * SIDE + SIDE / 2, Math.floor(patch / ACROSS) * SIDE + SIDE / 2];
      return [...inks.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)].map((ink) => ink / 2.55);
    });
  }

  const differences = (inks: number[][], reference: number[][]) => {
    const [a, b] = [printedLab(FOGRA39, inks), printedLab(FOGRA39, reference)];
    return a.map((lab, i) => deltaE2000(lab as unknown as Lab, b[i] as unknown as Lab));
  };

  const there = existsSync(FOLDER);
  test.skipIf(!there).each([
    ['Display P3', 'DisplayP3.icm'],
    ['Adobe RGB (1998)', 'ClayRGB1998.icm'],
  ])('%s: as transicc converts it, within ΔE2000 1, and not by way of sRGB', async (_, name) => {
    const profile = join(FOLDER, name);
    const inks = await printed(await readFile(profile));
    const reference = transicc(profile, FOGRA39, PATCHES, '-t1', '-b');
    for (const difference of differences(inks, reference)) expect(difference).toBeLessThan(1);
    // The same colours squeezed into sRGB first are others: the comparison tells the two ways apart.
    const squeezed = transicc(profile, '*sRGB', PATCHES, '-t1').map((rgb) =>
      rgb.map((v) => Math.min(255, Math.max(0, v))),
    );
    const bySrgb = transicc('*sRGB', FOGRA39, squeezed, '-t1', '-b');
    expect(Math.max(...differences(inks, bySrgb))).toBeGreaterThan(2);
  });

  test('sRGB, with a profile and without', async () => {
    const reference = transicc('*sRGB', FOGRA39, PATCHES, '-t1', '-b');
    const { icc } = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .withIccProfile('srgb')
      .png()
      .toBuffer()
      .then((png) => sharp(png).metadata());
    for (const profile of [null, icc!]) {
      for (const difference of differences(await printed(profile), reference))
        expect(difference).toBeLessThan(1);
    }
  });
});
