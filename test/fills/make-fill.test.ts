import { existsSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeArtwork } from '../../src/artwork/make-artwork.ts';
import { paletteOf } from '../../src/artwork/palette.ts';
import { toneFunction } from '../../src/artwork/tone.ts';
import { cacheFolder } from '../../src/cache.ts';
import type { FillPicture, FillSlot, RepeatFill } from '../../src/fills/fill.ts';
import { type FillOptions, makeFill } from '../../src/fills/make-fill.ts';
import { MODELS } from '../../src/models/catalogue.ts';
import { readWeights } from '../../src/models/store.ts';
import { pxToMm, sameEdges } from '../../src/units.ts';
import { paint, pixel, png, rawPixels, scratchFolder, still } from '../artwork/pictures.ts';
import { fillPictureAt } from './pictures.ts';

const folder = scratchFolder();
const options: FillOptions = { cacheDir: join(folder, 'cache'), modelsDir: join(folder, 'no-models') };
const PPI = 254;
/** 10 px a mm; 30 px of it bleed on each side. */
const slot = { size: { width: 40, height: 50 }, bleed: sameEdges(3), ppi: PPI, upscaler: 'lanczos' as const };
const pattern = (pictures: FillPicture[], changes: Partial<RepeatFill> = {}): RepeatFill => ({
  ...{
    kind: 'repeat',
    ...slot,
    pictures,
    repeat: 'grid',
    tile: { width: null, height: null },
    gap: 0,
    seed: 1,
  },
  ...{ turn: 0, smallest: 1, ground: null, cyclic: 'keep', ...changes },
});

let small: FillPicture;
let cat: FillPicture;
let other: FillPicture;
beforeAll(async () => {
  small = await fillPictureAt(folder, 'small', png(still(64, 80)));
  other = await fillPictureAt(folder, 'other', png(paint(64, 80, 3, (x, y) => [x * 3, y * 3, 40])));
  const disc = paint(90, 90, 4, (x, y) => [200, 60, 30, Math.hypot(x - 45, y - 45) < 40 ? 255 : 0]);
  cat = await fillPictureAt(folder, 'cat', png(disc));
});

describe('a repeat', () => {
  test('of a picture as large as its tile shows its own pixels, again and again, bleed and all', async () => {
    const made = await makeFill(pattern([small]), options);
    expect(made).toMatchObject({
      ...{ widthPx: 400, heightPx: 500, hasAlpha: false, cached: false },
      ...{ factor: 1, sourcePpi: PPI, method: 'none', warnings: [] },
    });
    const pixels = await rawPixels(made.path);
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([400, 500, 3]);
    // One tile stands in the middle: (400 − 64) / 2 = 168, (500 − 80) / 2 = 210.
    const own = still(64, 80);
    let differ = 0;
    for (let y = 0; y < 500; y++) {
      for (let x = 0; x < 400; x++) {
        const wanted = pixel(own, (x - 168 + 640) % 64, (y - 210 + 800) % 80);
        if (pixel(pixels, x, y).some((value, c) => value !== wanted[c])) differ++;
      }
    }
    expect(differ).toBe(0);
    const { density, space, icc } = await sharp(made.path).metadata();
    expect({ density, space }).toEqual({ density: 254, space: 'srgb' });
    expect(icc?.toString('latin1', 16, 20)).toBe('RGB ');
  });

  test.each([
    ['in tiles as large as their pixels', { width: null, height: null }],
    ['in tiles that end between pixels', { width: 4.13, height: null }],
  ] as const)('in a smaller picture of it lies as in print, %s', async (_, tile) => {
    const screen = 60;
    const [printed, shown] = await Promise.all([
      makeFill(pattern([small], { tile, repeat: 'brick' }), options),
      makeFill(pattern([small], { tile, repeat: 'brick', ppi: screen, printedPpi: PPI }), options),
    ]);
    const { width, height, data } = await rawPixels(shown.path);
    expect([width, height]).toEqual([95, 119]);
    // Reduced by libvips, which knows nothing of tiles.
    const wanted = await sharp(printed.path).resize(width, height, { fit: 'fill' }).raw().toBuffer();
    let sum = 0;
    for (const [i, value] of wanted.entries()) sum += Math.abs(value - data[i]!);
    // Tiles' edges are a screen's pixel off at most; tiles of another size come to 19 and more.
    expect(sum / wanted.length).toBeLessThan(12);
  });

  test('reduced or enlarged: equal to the pixel a tile further', async () => {
    for (const [width, step] of [
      [4.1, [41, 51]],
      [15, [150, 188]],
    ] as const) {
      const made = await makeFill(pattern([small], { tile: { width, height: null } }), options);
      const pixels = await rawPixels(made.path);
      const [across, down] = step;
      for (let y = 0; y + down < 500; y += 7) {
        for (let x = 0; x + across < 400; x += 3) {
          expect(pixel(pixels, x + across, y)).toEqual(pixel(pixels, x, y));
          expect(pixel(pixels, x, y + down)).toEqual(pixel(pixels, x, y));
        }
      }
      // Of width and height the one that is enlarged more.
      expect(made.factor).toBe(Math.max(across / 64, down / 80));
      expect(made.sourcePpi).toBeCloseTo(PPI / made.factor, 9);
      expect(made.method).toBe(made.factor > 1 ? 'Lanczos' : 'none');
      expect(made.warnings).toHaveLength(made.factor > 2 ? 1 : 0);
    }
  });

  test('rows of a brick are shifted by half a tile', async () => {
    const pixels = await rawPixels((await makeFill(pattern([small], { repeat: 'brick' }), options)).path);
    for (let x = 32; x < 400; x += 5) expect(pixel(pixels, x, 250)).toEqual(pixel(pixels, x - 32, 330));
  });

  test('a tile is cropped around what is salient, as a slot is', async () => {
    const made = await makeFill(pattern([small], { tile: { width: 5, height: 5 }, gap: 1 }), options);
    const { width, height } = { width: 5, height: 5 };
    const slotLike = { size: { width, height }, bleed: sameEdges(0), ppi: PPI, bleedFill: 'scale' as const };
    const artwork = await makeArtwork({ ...slotLike, picture: small, upscaler: 'lanczos' }, options);
    const [tile, pixels] = [await rawPixels(artwork.path), await rawPixels(made.path)];
    for (const [x, y] of [
      [0, 0],
      [49, 49],
      [20, 31],
    ] as const)
      expect(pixel(pixels, 175 + x, 225 + y).slice(0, 3)).toEqual(pixel(tile, x, y));
    // The gap shows nothing: the pixels have alpha.
    expect(made.hasAlpha).toBe(true);
    expect(pixel(pixels, 175 + 55, 225)).toEqual([0, 0, 0, 0]);
  });

  test('the ground is the light tone of the palette, a colour, or nothing', async () => {
    const at = async (ground: RepeatFill['ground']) => {
      const made = await makeFill(pattern([cat], { gap: 2, ground }), options);
      return { made, corner: pixel(await rawPixels(made.path), 156, 206) };
    };
    const { light } = await paletteOf(cat, options.cacheDir);
    const rgb = [1, 3, 5].map((i) => Number.parseInt(light.slice(i, i + 2), 16));
    expect((await at('light')).corner).toEqual(rgb);
    expect((await at('#102030')).corner).toEqual([16, 32, 48]);
    const none = await at(null);
    expect(none.corner[3]).toBe(0);
    expect(none.made.hasAlpha).toBe(true);
    // What can be seen through needs alpha without a gap as well.
    expect((await makeFill(pattern([cat]), options)).hasAlpha).toBe(true);
  });

  test('cut-outs are strewn by their outline: they overlap in their boxes, never in their pixels', async () => {
    const wish = pattern([cat], { repeat: 'scattered', gap: 1, tile: { width: 9, height: null }, turn: 180 });
    const pixels = await rawPixels((await makeFill(wish, options)).path);
    const seen = paintedShare(pixels);
    const boxes = await fillPictureAt(folder, 'box', png(paint(90, 90, 3, () => [200, 60, 30])));
    const whole = paintedShare(
      await rawPixels((await makeFill({ ...wish, pictures: [boxes] }, options)).path),
    );
    // A disc covers 62 % of its box; by its outline more of them find room than boxes do.
    expect(seen / ((Math.PI * 0.4 ** 2) / 0.81)).toBeGreaterThan(whole * 1.1);
    for (let i = 0; i < pixels.data.length; i += 4)
      if (pixels.data[i + 3] === 255) expect(pixels.data[i]).toBe(200);
  });

  test("the printer's tone lies over all of it, the ground as well", async () => {
    const ground = '#808080' as const;
    const made = await makeFill(pattern([cat], { gap: 2, ground, tone: 1.5 }), options);
    const wanted = Math.round(255 * toneFunction(1.5)(128 / 255));
    for (const value of pixel(await rawPixels(made.path), 156, 206))
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1);
  });

  test("a picture's own profile is converted to sRGB", async () => {
    // The same red in Display P3 is farther out: in sRGB its red grows and its green shrinks.
    const flat = paint(64, 80, 3, () => [200, 100, 100]);
    const p3 = await fillPictureAt(folder, 'p3', png(flat).withIccProfile('p3'));
    const stored = pixel(await rawPixels(p3.path), 9, 9);
    expect(stored[0]).toBeLessThan(200);
    const shown = pixel(await rawPixels((await makeFill(pattern([p3]), options)).path), 200, 200);
    for (const [c, value] of shown.entries()) expect(Math.abs(value - [200, 100, 100][c]!)).toBeLessThan(3);
  });

  test('a picture that joins its copies still does when it is made larger; another is made to', async () => {
    const N = 64;
    const wave = (x: number, y: number) => 128 + 90 * Math.sin((2 * Math.PI * (x + y)) / N);
    const cyclic = await fillPictureAt(
      folder,
      'wave',
      png(paint(N, N, 3, (x, y) => Array(3).fill(wave(x, y)))),
    );
    const made = await makeFill(pattern([cyclic], { tile: { width: 16, height: null } }), options);
    const pixels = await rawPixels(made.path);
    // Tiles begin at x = 120: the step over the edge is as even as all others.
    const step = (x: number) => pixel(pixels, x, 250)[0]! - pixel(pixels, x - 1, 250)[0]!;
    for (const x of [120, 280])
      expect(Math.abs(2 * step(x) - step(x - 1) - step(x + 1))).toBeLessThanOrEqual(4);

    const ramp = await fillPictureAt(folder, 'ramp', png(paint(96, 96, 3, (x) => [40 + 2 * x, 90, 60])));
    const edges = async (how: 'keep' | 'make') => {
      const plain = await rawPixels((await makeFill(pattern([ramp], { cyclic: how }), options)).path);
      let most = 0;
      for (let x = 1; x < 400; x++)
        most = Math.max(most, Math.abs(pixel(plain, x, 99)[0]! - pixel(plain, x - 1, 99)[0]!));
      return most;
    };
    expect(await edges('keep')).toBe(190);
    expect(await edges('make')).toBeLessThan(40);
  });
});

const paintedShare = ({ data }: { data: Uint8Array | Uint8ClampedArray }): number => {
  let seen = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]! > 127) seen++;
  return seen / (data.length / 4);
};

const weights = await readWeights(MODELS.upconv_7, cacheFolder(process.env, 'models'));
test.skipIf(!weights)(
  'with the network a tile is enlarged once, across its edges, and then repeated',
  async () => {
    const { modelsDir, ...withModels } = options;
    const N = 64;
    const wave = (x: number) => 128 + 90 * Math.sin((2 * Math.PI * (x + 0.5)) / N);
    const picture = await fillPictureAt(
      folder,
      'network',
      png(paint(N, N, 3, (x, y) => [wave(x), wave(y), 99])),
    );
    const wish = pattern([picture], { upscaler: 'fast', tile: { width: 13, height: null } });
    const made = await makeFill(wish, withModels);
    expect(made.method).toBe('upconv_7 ×2, then Lanczos');
    expect(made.factor).toBe(130 / 64);
    const pixels = await rawPixels(made.path);
    // Tiles begin at x = 135 and 265; the wave rises through its middle there, by 90 · 2π / 130 = 4.3 a pixel.
    const steps = (x: number) =>
      Array.from(
        { length: 12 },
        (_, i) => pixel(pixels, x + i - 5, 222)[0]! - pixel(pixels, x + i - 6, 222)[0]!,
      );
    for (const step of [...steps(135), ...steps(265)]) {
      expect(step).toBeGreaterThanOrEqual(3);
      expect(step).toBeLessThanOrEqual(6);
    }
    const enlarged = await makeFill({ ...wish, repeat: 'mirrored' }, withModels);
    expect(enlarged.method).toMatch(/^upconv_7 ×2/);
    expect(enlarged.key).not.toBe((await makeFill({ ...wish, repeat: 'mirrored' }, options)).key);
  },
);
if (!weights) console.warn('The weights of upconv_7 are not here: patterns are not enlarged by it.');

describe('the cache', () => {
  test('what was made is found again by its content, without any work', async () => {
    const wish = pattern([small, other], { repeat: 'half-drop' });
    const first = await makeFill(wish, options);
    const before = await stat(first.path);
    const stages: string[] = [];
    // The originals are not needed any more, nor where they lay.
    await rename(small.path, `${small.path}.gone`);
    const moved = wish.pictures.map((picture) => ({ ...picture, path: `${picture.path}.elsewhere` }));
    const again = await makeFill(
      { ...wish, pictures: moved },
      { ...options, onProgress: ({ stage }) => stages.push(stage) },
    );
    await rename(`${small.path}.gone`, small.path);
    expect(again).toEqual({ ...first, cached: true });
    expect(stages).toEqual([]);
    // Written again it would be another file of that name.
    expect((await stat(again.path)).ino).toBe(before.ino);
  });

  test('what decides the pixels decides the key', async () => {
    const wish = pattern([small, other]);
    const changes: Partial<RepeatFill>[] = [
      {},
      ...[{ seed: 2 }, { gap: 1 }, { repeat: 'mirrored' as const }, { ppi: 200 }, { tone: 1.2 }],
      ...[
        { tile: { width: 5, height: null } },
        { tile: { width: 5, height: 5 } },
        { ground: '#000000' as const },
      ],
      ...[{ pictures: [small] }, { pictures: [other, small] }, { bleed: sameEdges(2) }],
      ...[{ size: { width: 40, height: 51 } }, { upscaler: 'fast' as const }],
    ];
    const keys: string[] = [];
    for (const change of changes) keys.push((await makeFill({ ...wish, ...change }, options)).key);
    expect(new Set(keys).size).toBe(changes.length);
    // A lattice knows neither turn nor smallest size.
    expect((await makeFill({ ...wish, turn: 90, smallest: 0.2 }, options)).key).toBe(keys[0]);
  });

  test('the same wish gives the same bytes in another cache', async () => {
    const wish = pattern([cat, small], { repeat: 'scattered', turn: 40, smallest: 0.5, ground: 'light' });
    const one = await makeFill(wish, options);
    const two = await makeFill(wish, { ...options, cacheDir: join(folder, 'cache-2') });
    expect(two.key).toBe(one.key);
    expect((await readFile(one.path)).equals(await readFile(two.path))).toBe(true);
  });

  test('one picture is what makeArtwork makes', async () => {
    const slotLike: FillSlot = { ...slot, bleedFill: 'mirror' };
    const filled = await makeFill({ kind: 'picture', ...slotLike, picture: small }, options);
    expect(await makeArtwork({ ...slotLike, picture: small }, options)).toEqual({ ...filled, cached: true });
  });
});

describe('refusals', () => {
  test.each<[string, () => Partial<RepeatFill>, RegExp]>([
    ['no picture', () => ({ pictures: [] }), /at least one picture for a repeat but received none/],
    ['too many tiles', () => ({ tile: { width: 0.01, height: 0.01 } }), /at most 200000 tiles/],
    ['a slot of nothing', () => ({ size: { width: 5, height: 5 } }), /a box that is larger than its bleed/],
    ['a giant', () => ({ size: { width: 3000, height: 3000 } }), /at most 150 million pixels/],
    [
      'a seam nobody sees',
      () => ({ cyclic: 'make', repeat: 'mirrored' }),
      /that is to be cyclic but received one, mirrored/,
    ],
    [
      'changed on disk',
      () => ({ pictures: [{ ...small, sha256: 'a'.repeat(64) }] }),
      /but it changed on disk/,
    ],
  ])('%s', async (_, change, message) => {
    const wish = { ...pattern([small]), ...change() };
    await expect(makeFill(wish, options)).rejects.toThrow(message);
  });

  test('stopped work leaves nothing in the cache', async () => {
    const stop = new AbortController();
    const cacheDir = join(folder, 'stopped');
    const wish = pattern([small], { tile: { width: pxToMm(150, PPI), height: null }, gap: 1 });
    const work = makeFill(wish, {
      ...{ ...options, cacheDir, signal: stop.signal },
      onProgress: () => stop.abort(),
    });
    stop.abort();
    await expect(work).rejects.toThrow('Stopped.');
    expect(existsSync(join(cacheDir, 'artwork'))).toBe(false);
  });
});
