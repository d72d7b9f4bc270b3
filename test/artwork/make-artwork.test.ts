import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { toLab } from '../../src/artwork/lab.ts';
import { type ArtworkOptions, makeArtwork } from '../../src/artwork/make-artwork.ts';
import type { Patch } from '../../src/artwork/raster.ts';
import { packagePath } from '../../src/paths.ts';
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

const folder = scratchFolder();
const options: ArtworkOptions = { cacheDir: join(folder, 'cache'), modelsDir: join(folder, 'no-models') };

/** Writes a picture and wishes for it. */
async function original(name: string, picture: Sharp) {
  const path = join(folder, name);
  await picture.toFile(path);
  return pictureAt(path);
}

const same = (a: Uint8Array | Uint8ClampedArray, b: Uint8Array | Uint8ClampedArray): boolean =>
  Buffer.compare(Uint8Array.from(a), Uint8Array.from(b)) === 0;

describe('pixels', () => {
  test.each([
    ['scale', 900, 1300],
    ['mirror', 901, 401],
    ['extend', 333, 777],
  ] as const)('%s: exactly as many as wished', async (bleedFill, width, height) => {
    const picture = await original(`size-${bleedFill}.png`, png(still(300, 320)));
    const made = await makeArtwork(wishFor(picture, width, height, { bleedFill }), options);
    const pixels = await rawPixels(made.path);
    expect([made.widthPx, made.heightPx]).toEqual([width, height]);
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    expect(made.cached).toBe(false);
  });

  test('a picture of the right size comes through as it is', async () => {
    const source = still(400, 300);
    const made = await makeArtwork(wishFor(await original('same.png', png(source)), 400, 300), options);
    expect(made).toMatchObject({ factor: 1, method: 'none', warnings: [], hasAlpha: false });
    expect(made.sourcePpi).toBeCloseTo(254, 6);
    expect(same((await rawPixels(made.path)).data, source.data)).toBe(true);
  });

  test('the mean colour is kept within ΔE 0.5', async () => {
    const source = still(200, 260);
    const picture = await original('mean.png', png(source));
    for (const [width, height] of [
      [720, 936],
      [120, 156],
    ] as const) {
      const made = meanLab(
        await rawPixels((await makeArtwork(wishFor(picture, width, height), options)).path),
      );
      const before = meanLab(source);
      expect(Math.hypot(...made.map((v, i) => v - before[i]!))).toBeLessThan(0.5);
    }
  });

  test('mirror and extend fill exactly what the picture does not reach', async () => {
    // As wide as the trim part of the slot: 30 px of bleed on the left and right are filled.
    const source = still(440, 560);
    const picture = await original('fill.png', png(source));
    const mirrored = await rawPixels(
      (await makeArtwork(wishFor(picture, 500, 560, { bleedFill: 'mirror' }), options)).path,
    );
    const extended = await rawPixels(
      (await makeArtwork(wishFor(picture, 500, 560, { bleedFill: 'extend' }), options)).path,
    );
    for (const y of [0, 299, 559]) {
      expect(pixel(mirrored, 30, y)).toEqual(pixel(source, 0, y));
      expect(pixel(mirrored, 469, y)).toEqual(pixel(source, 439, y));
      for (let x = 0; x < 30; x++) {
        expect(pixel(mirrored, 29 - x, y)).toEqual(pixel(source, x, y));
        expect(pixel(mirrored, 470 + x, y)).toEqual(pixel(source, 439 - x, y));
        expect(pixel(extended, x, y)).toEqual(pixel(source, 0, y));
        expect(pixel(extended, 470 + x, y)).toEqual(pixel(source, 439, y));
      }
    }
  });

  test('transparent parts stay transparent, without a fringe', async () => {
    // A red disc; what is transparent is green underneath.
    const disc = paint(120, 120, 4, (x, y) =>
      Math.hypot(x - 60, y - 60) < 40 ? [220, 20, 20, 255] : [0, 255, 0, 0],
    );
    const made = await makeArtwork(wishFor(await original('disc.png', png(disc)), 360, 360), options);
    expect(made.hasAlpha).toBe(true);
    const pixels = await rawPixels(made.path);
    expect(pixel(pixels, 5, 5)[3]).toBe(0);
    expect(pixel(pixels, 180, 180)).toEqual([220, 20, 20, 255]);
    for (let i = 0; i < pixels.data.length; i += 4) {
      expect(pixels.data[i + 1]! - pixels.data[i]!).toBeLessThan(0);
    }
  });
});

describe('crop', () => {
  // A plain wall with one checkered spot near the right edge.
  const scene = paint(600, 300, 3, (x, y) => {
    const inside = Math.hypot(x - 480, y - 150) < 60;
    return inside ? (((x >> 3) + (y >> 3)) % 2 ? [250, 60, 30] : [20, 20, 20]) : [180, 185, 180];
  });
  const isSubject = (pixels: Patch, x: number, y: number) => {
    const [r = 0, , b = 0] = pixel(pixels, x, y);
    return Math.abs(r - b) > 100 || r < 60;
  };
  const spread = (pixels: Patch) => {
    const columns = Array.from({ length: pixels.width }, (_, x) => x);
    const hit = columns.filter((x) => columns.some((_, y) => y < pixels.height && isSubject(pixels, x, y)));
    return { from: hit[0]!, to: hit.at(-1)! };
  };

  test('without a focal point the subject is found and kept whole', async () => {
    const made = await makeArtwork(wishFor(await original('scene.png', png(scene)), 300, 300), options);
    const { from, to } = spread(await rawPixels(made.path));
    expect(to - from).toBeGreaterThan(115);
    expect(from).toBeGreaterThan(30);
    expect(to).toBeLessThan(270);
  });

  test('a focal point is obeyed', async () => {
    const picture = await original('focal.png', png(scene));
    const made = await makeArtwork(wishFor(picture, 300, 300, { focal: { x: 0.8, y: 0.5 } }), options);
    const { from, to } = spread(await rawPixels(made.path));
    // As far right as the picture goes: 480 − 300 = 180 px.
    expect((from + to) / 2).toBeCloseTo(180, -1);
    const away = await makeArtwork(wishFor(picture, 300, 300, { focal: { x: 0.1, y: 0.5 } }), options);
    expect(spread(await rawPixels(away.path)).from).toBeUndefined();
  });
});

describe('colours and kinds of originals', () => {
  const profileOf = async (path: string) => (await sharp(path).metadata()).icc!;
  const flat = (r: number, g: number, b: number) => paint(60, 60, 3, () => [r, g, b]);

  test('Display P3 keeps its numbers and its profile', async () => {
    const p3 = png(still(90, 90)).withIccProfile('p3');
    const picture = await original('p3.png', p3);
    const source = await rawPixels(picture.path);
    const made = await makeArtwork(wishFor(picture, 90, 90), options);
    expect(await profileOf(made.path)).toEqual(await profileOf(picture.path));
    expect(same((await rawPixels(made.path)).data, source.data)).toBe(true);
  });

  test('what has no profile is sRGB, and says so', async () => {
    const made = await makeArtwork(
      wishFor(await original('untagged.png', png(flat(9, 99, 199))), 90, 90),
      options,
    );
    expect((await profileOf(made.path)).toString('latin1').replaceAll('\0', '')).toContain('sRGB');
    expect(pixel(await rawPixels(made.path), 40, 40)).toEqual([9, 99, 199]);
  });

  test('EXIF orientation: the picture stands upright', async () => {
    // Stored lying on its side (orientation 6: turn it clockwise): red is left in the file, top when upright.
    const stored = paint(80, 40, 3, (x) => (x < 40 ? [255, 0, 0] : [0, 0, 255]));
    const picture = await original(
      'turned.jpg',
      png(stored).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }),
    );
    const made = await makeArtwork(wishFor(picture, 80, 160), options);
    const pixels = await rawPixels(made.path);
    expect(made.factor).toBeCloseTo(2, 6);
    expect(pixel(pixels, 40, 10)[0]).toBeGreaterThan(240);
    expect(pixel(pixels, 40, 150)[2]).toBeGreaterThan(240);
    expect((await sharp(made.path).metadata()).orientation).toBeUndefined();
  });

  test('grey and 16 bit become 8-bit RGB', async () => {
    const grey = await original('grey.png', png(flat(77, 77, 77)).toColourspace('b-w'));
    expect((await sharp(grey.path).metadata()).channels).toBe(1);
    const deep = await original('deep.png', png(flat(10, 130, 250)).toColourspace('rgb16'));
    expect((await sharp(deep.path).metadata()).depth).toBe('ushort');
    const pixels = async (picture: typeof grey) =>
      pixel(await rawPixels((await makeArtwork(wishFor(picture, 90, 90), options)).path), 45, 45);
    expect(await pixels(grey)).toEqual([77, 77, 77]);
    expect(await pixels(deep)).toEqual([10, 130, 250]);
  });

  test('CMYK is seen through its profile, or through FOGRA39 where it has none', async () => {
    const cmyk = png(flat(200, 60, 40)).withIccProfile(packagePath('assets', 'icc', 'FOGRA39L.icc'));
    const tagged = await original('tagged.jpg', cmyk.toColourspace('cmyk').jpeg({ quality: 100 }));
    const { icc, space } = await sharp(tagged.path).metadata();
    expect([space, icc!.length > 1e5]).toEqual(['cmyk', true]);
    // The same file with its profile's segments (APP2) taken out.
    const barePath = join(folder, 'bare.jpg');
    await writeFile(barePath, withoutProfile(await readFile(tagged.path)));
    const bare = await pictureAt(barePath);
    expect(await sharp(bare.path).metadata()).toMatchObject({ space: 'cmyk', hasProfile: false });
    for (const picture of [tagged, bare]) {
      const made = await makeArtwork(wishFor(picture, 90, 90), options);
      const [r = 0, g = 0, b = 0] = pixel(await rawPixels(made.path), 45, 45);
      const [l, a, bb] = toLab([r, g, b]);
      const wanted = toLab([200, 60, 40]);
      expect(Math.hypot(l - wanted[0], a - wanted[1], bb - wanted[2])).toBeLessThan(6);
    }
  });
});

/** A JPEG without its APP2 segments. */
function withoutProfile(jpeg: Buffer): Buffer {
  const kept = [jpeg.subarray(0, 2)];
  let at = 2;
  while (jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== 0xe2) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, jpeg.subarray(at)]);
}

describe('cache', () => {
  test('the same wish is answered without the original, an other one is not', async () => {
    const path = join(folder, 'gone.png');
    await png(still(200, 200)).toFile(path);
    const picture = await pictureAt(path);
    const first = await makeArtwork(wishFor(picture, 300, 300), options);
    await rm(path);
    const second = await makeArtwork(wishFor(picture, 300, 300), options);
    expect(second).toEqual({ ...first, cached: true });
    await expect(makeArtwork(wishFor(picture, 300, 301), options)).rejects.toThrow(
      /gone\.png cannot be read/,
    );
  });

  test('a damaged entry is made again', async () => {
    const picture = await original('damaged.png', png(still(200, 200)));
    const wish = wishFor(picture, 300, 300);
    const { path } = await makeArtwork(wish, options);
    const whole = await readFile(path);
    const turned = Buffer.from(whole);
    turned[turned.length >> 1]! ^= 1;
    const sidecar = path.replace(/png$/, 'json');
    for (const damage of [
      () => truncate(path, 1000),
      () => rm(path),
      () => writeFile(path, turned),
      () => rm(sidecar),
      () => truncate(sidecar, 30),
      () => writeFile(sidecar, '{"bytes":1}'),
    ]) {
      await damage();
      expect((await makeArtwork(wish, options)).cached).toBe(false);
      expect(same(await readFile(path), whole)).toBe(true);
      expect((await makeArtwork(wish, options)).cached).toBe(true);
    }
  });

  test('several that make the same artwork at once get the same whole file', async () => {
    const picture = await original('together.png', png(still(250, 250)));
    const wish = wishFor(picture, 400, 400);
    const all = await Promise.all(Array.from({ length: 4 }, () => makeArtwork(wish, options)));
    expect(new Set(all.map(({ path }) => path)).size).toBe(1);
    expect((await rawPixels(all[0]!.path)).width).toBe(400);
    expect((await makeArtwork(wish, options)).cached).toBe(true);
  });

  test('what is stopped or fails leaves nothing behind', async () => {
    const cacheDir = join(folder, 'fresh');
    await mkdir(cacheDir);
    const picture = await original('stopped.png', png(still(250, 250)));
    const stopped = makeArtwork(wishFor(picture, 400, 400), {
      ...options,
      cacheDir,
      signal: AbortSignal.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ exitCode: 130 });
    expect(await readdir(cacheDir)).toEqual([]);
  });
});

describe('what the user is told', () => {
  test('without weights: Lanczos, and the command that fetches them', async () => {
    const picture = await original('plain.png', png(still(100, 100)));
    const made = await makeArtwork(wishFor(picture, 180, 180, { upscaler: 'fast' }), options);
    expect(made.method).toBe('Lanczos');
    expect(made.factor).toBeCloseTo(1.8, 9);
    expect(made.warnings).toHaveLength(1);
    expect(made.warnings[0]).toContain('`printcat models fetch upconv_7`');
    // Whoever wishes for Lanczos has nothing to be told.
    expect((await makeArtwork(wishFor(picture, 180, 180), options)).warnings).toEqual([]);
    // Nor is there where nothing is enlarged.
    const reduced = await makeArtwork(wishFor(picture, 90, 90, { upscaler: 'best' }), options);
    expect(reduced).toMatchObject({ method: 'none', warnings: [] });
  });

  test('an enlargement that is too much, with its number', async () => {
    const picture = await original('small.png', png(still(100, 100)));
    const made = await makeArtwork(wishFor(picture, 320, 320), options);
    expect(made.warnings[0]).toMatch(/Enlarged 3\.2× from 79 ppi.*2×/);
  });

  test.each([
    ['no picture', (whole: Buffer) => Buffer.from(`not a picture ${whole.length}`)],
    ['half a picture', (whole: Buffer) => whole.subarray(0, whole.length >> 1)],
    ['nothing', () => Buffer.alloc(0)],
  ])('%s: by name, with exit code 2', async (name, spoil) => {
    const path = join(folder, `spoilt ${name}.png`);
    await writeFile(path, spoil(await png(still(200, 200)).toBuffer()));
    await expect(makeArtwork(wishFor(await pictureAt(path), 300, 300), options)).rejects.toMatchObject({
      name: 'PrintcatError',
      exitCode: 2,
      message: expect.stringContaining(path),
    });
  });
});
