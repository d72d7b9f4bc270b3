import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import type { Raster } from '../../src/artwork/raster.ts';
import { type Composition, compose } from '../../src/repeats/compose.ts';
import { pixelGrid } from '../../src/repeats/lattice.ts';
import { type Pattern, type Placement, type Surface, upright } from '../../src/repeats/pattern.ts';
import { placePattern } from '../../src/repeats/place.ts';
import { sameEdges } from '../../src/units.ts';
import { paint, pixel, png, rawPixels } from '../artwork/pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'printcat-compose-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const PPI = 254;
/** A surface of so many pixels at 254 ppi: ten a mm. */
const surfaceOf = (width: number, height: number): Surface => ({
  size: { width: width / 10, height: height / 10 },
  bleed: sameEdges(0),
});
const MAGENTA = '#ff00ff';

async function made(composition: Partial<Composition> & Pick<Composition, 'surface' | 'layers'>) {
  const path = join(folder, 'made.png');
  await compose({ ppi: PPI, ground: MAGENTA, sources: {}, ...composition }, path);
  return rawPixels(path);
}

const patternOf = (changes: Partial<Pattern>): Pattern => ({
  ...{ repeat: 'grid', motifs: [{ id: 'a', aspect: 1 }], tile: { width: 4, height: 3 }, gap: 0, seed: 1 },
  ...changes,
});

/** No two of its pixels are equal. */
const numbered = (width: number, height: number): Raster =>
  paint(width, height, 3, (x, y) => [x * 3 + 1, y * 5 + 2, (x * 7 + y * 11) % 256]);
const colourOf = ({ data, width, channels }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
];

describe('the file', () => {
  test.each([
    [{ width: 431.8, height: 838.2 }, 150, 2550, 4950],
    [{ width: 105, height: 148 }, 300, 1241, 1749],
  ])(
    '%j at %i ppi has exactly its pixels, its resolution and the profile of sRGB',
    async (size, ppi, width, height) => {
      const path = join(folder, 'size.png');
      await compose(
        { surface: { size, bleed: sameEdges(0) }, ppi, ground: '#336699', layers: [], sources: {} },
        path,
      );
      const facts = await sharp(path).metadata();
      expect(facts).toMatchObject({
        format: 'png',
        width,
        height,
        channels: 3,
        density: ppi,
        space: 'srgb',
        depth: 'uchar',
      });
      expect(facts.icc!.toString('latin1').replaceAll('\0', '')).toContain('sRGB');
      expect(pixel(await rawPixels(path), width - 1, height - 1)).toEqual([0x33, 0x66, 0x99]);
    },
  );

  test('the same composition gives the same bytes, and nothing but the file is left behind', async () => {
    const surface = surfaceOf(90, 70);
    const composition = {
      ...{ surface, ppi: PPI, ground: MAGENTA, sources: { a: numbered(40, 30) } },
      layers: placePattern(patternOf({}), surface),
    };
    const own = mkdtempSync(join(folder, 'own-'));
    await compose(composition, join(own, 'one.png'));
    await compose(composition, join(own, 'two.png'));
    expect(readdirSync(own).sort()).toEqual(['one.png', 'two.png']);
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) =>
        sharp(join(own, `${name}.png`))
          .raw()
          .toBuffer(),
      ),
    );
    expect(one!.equals(two!)).toBe(true);
  });

  test('a picture that cannot be read is refused, and nothing is written', async () => {
    const broken = join(folder, 'broken.png');
    await writeFile(broken, 'no picture');
    const path = join(folder, 'refused.png');
    const surface = surfaceOf(10, 10);
    const layers = [upright('a', { x: 0, y: 0, width: 1, height: 1 })];
    const making = compose({ surface, ppi: PPI, ground: null, layers, sources: { a: broken } }, path);
    await expect(making).rejects.toThrow(/Expected a readable picture but .*broken\.png is not/);
    expect(existsSync(path)).toBe(false);
    const huge = {
      surface: { size: { width: 1e4, height: 1e4 }, bleed: sameEdges(0) },
      ppi: 1200,
      ground: null,
      layers,
      sources: {},
    };
    await expect(compose(huge, path)).rejects.toThrow(/at most 1000 million pixels for a surface/);
  });
});

describe('lattices in pixels', () => {
  const tile = numbered(40, 30);
  const surface = surfaceOf(230, 170);
  const grid = pixelGrid(surface, PPI);
  const mod = (n: number, m: number) => ((n % m) + m) % m;

  test.each([
    ['grid', (x: number, y: number) => [mod(x - 95, 40), mod(y - 70, 30)]],
    [
      'brick',
      (x: number, y: number) => [mod(x - 95 - 20 * mod(Math.floor((y - 70) / 30), 2), 40), mod(y - 70, 30)],
    ],
    [
      'half-drop',
      (x: number, y: number) => [mod(x - 95, 40), mod(y - 70 - 15 * mod(Math.floor((x - 95) / 40), 2), 30)],
    ],
    [
      'mirrored',
      (x: number, y: number) => [
        mod(Math.floor((x - 95) / 40), 2) ? 39 - mod(x - 95, 40) : mod(x - 95, 40),
        mod(Math.floor((y - 70) / 30), 2) ? 29 - mod(y - 70, 30) : mod(y - 70, 30),
      ],
    ],
  ] as const)('%s: every pixel is the tile’s own', async (repeat, from) => {
    const layers = placePattern(patternOf({ repeat }), surface, grid.pixel);
    const picture = await made({ surface, layers, sources: { a: tile } });
    for (let y = 0; y < 170; y++) {
      for (let x = 0; x < 230; x++) {
        const [u, v] = from(x, y);
        expect(pixel(picture, x, y), `${x} ${y}`).toEqual(colourOf(tile, u!, v!));
      }
    }
  });

  test.each(['grid', 'brick', 'half-drop', 'mirrored'] as const)(
    '%s: without whole pixels nothing of the ground is seen between the tiles either',
    async (repeat) => {
      const odd = patternOf({ repeat, tile: { width: 3.337, height: 2.713 } });
      const white = paint(9, 9, 3, () => [255, 255, 255]);
      const picture = await made({ surface, layers: placePattern(odd, surface), sources: { a: white } });
      expect(picture.data.every((value) => value === 255)).toBe(true);
    },
  );

  test('a cyclic picture stays cyclic when it is resampled', async () => {
    const wave = (t: number) => 128 + 100 * Math.sin(8 * Math.PI * t);
    const cyclic = paint(64, 48, 3, (x, y) => [
      Math.round(wave((x + 0.5) / 64)),
      Math.round(wave((y + 0.5) / 48)),
      9,
    ]);
    const layers = placePattern(patternOf({ tile: { width: 2.8, height: 2.1 } }), surface, grid.pixel);
    const picture = await made({ surface, layers, sources: { a: cyclic } });
    for (let x = 0; x < 230; x++) {
      const start = Math.round(layers[0]!.box.x * 10);
      expect(Math.abs(pixel(picture, x, 50)[0]! - wave((x - start + 0.5) / 28))).toBeLessThan(2.5);
    }
    for (let y = 0; y < 170; y++) {
      const start = Math.round(layers[0]!.box.y * 10);
      expect(Math.abs(pixel(picture, 50, y)[1]! - wave((y - start + 0.5) / 21))).toBeLessThan(2.5);
    }
  });

  test('a picture of another shape is cut to the tile in its middle', async () => {
    const wide = paint(120, 30, 3, (x) => (x < 40 ? [255, 0, 0] : x < 80 ? [0, 255, 0] : [0, 0, 255]));
    const picture = await made({
      surface,
      layers: placePattern(patternOf({}), surface, grid.pixel),
      sources: { a: wide },
    });
    for (let i = 0; i < picture.data.length; i += 3) expect(picture.data[i + 1]).toBeGreaterThan(200);
  });

  test('files are read upright, and in sRGB whatever space they are in', async () => {
    const p3 = join(folder, 'p3.jpg');
    const red = paint(40, 30, 3, (x) => (x < 20 ? [200, 60, 60] : [60, 60, 200]));
    await png(red).withIccProfile('p3').withMetadata({ orientation: 3 }).jpeg({ quality: 100 }).toFile(p3);
    const picture = await made({
      surface,
      layers: [upright('a', { x: 0, y: 0, width: 4, height: 3 })],
      sources: { a: p3 },
    });
    const [left, right] = [pixel(picture, 5, 15), pixel(picture, 35, 15)];
    for (const [colour, wanted] of [
      [left, [60, 60, 200]],
      [right, [200, 60, 60]],
    ] as const) {
      for (const c of [0, 1, 2]) expect(Math.abs(colour[c]! - wanted[c]!)).toBeLessThanOrEqual(4);
    }
  });
});

describe('turned pictures', () => {
  const turned = (box: Placement['box'], turn: number): Placement => ({ ...upright('a', box), turn });

  test('a quarter and a half turn are the picture itself, turned clockwise', async () => {
    const quarters = paint(40, 40, 3, (x, y) =>
      x < 20 ? (y < 20 ? [255, 0, 0] : [0, 255, 0]) : y < 20 ? [0, 0, 255] : [255, 255, 0],
    );
    const surface = surfaceOf(100, 60);
    const layers = [
      turned({ x: 1, y: 1, width: 4, height: 4 }, 90),
      turned({ x: 5, y: 1, width: 4, height: 4 }, 180),
    ];
    const picture = await made({ surface, layers, sources: { a: quarters } });
    expect(pixel(picture, 20, 20)).toEqual([0, 255, 0]);
    expect(pixel(picture, 40, 20)).toEqual([255, 0, 0]);
    expect(pixel(picture, 40, 40)).toEqual([0, 0, 255]);
    expect(pixel(picture, 20, 40)).toEqual([255, 255, 0]);
    expect(pixel(picture, 60, 20)).toEqual([255, 255, 0]);
    expect(pixel(picture, 80, 40)).toEqual([255, 0, 0]);
    // The edges are where the boxes are.
    expect(pixel(picture, 9, 30)).toEqual([255, 0, 255]);
    expect(pixel(picture, 10, 30)).not.toEqual([255, 0, 255]);
  });

  test('at any angle it covers its own area, its edges smooth, its colour unchanged', async () => {
    const surface = surfaceOf(100, 100);
    const grey = paint(30, 30, 3, () => [40, 80, 120]);
    const layers = [turned({ x: 3, y: 3, width: 4, height: 4 }, 33)];
    const { data } = await made({ surface, ground: null, layers, sources: { a: grey } });
    let area = 0;
    for (let i = 0; i < data.length; i += 4) {
      area += data[i + 3]! / 255;
      if (data[i + 3]! > 0) expect([...data.subarray(i, i + 3)]).toEqual([40, 80, 120]);
    }
    expect(Math.abs(area - 1600)).toBeLessThan(8);
  });

  test('no strip’s end is seen in it', async () => {
    // Strips hold 16 MB: 1333 rows of 4000 px.
    const surface = surfaceOf(4000, 1500);
    const at = (y: number) => turned({ x: 100, y, width: 12, height: 9 }, 27);
    const picture = await made({ surface, layers: [at(20), at(128)], sources: { a: numbered(48, 36) } });
    for (let y = 0; y < 160; y++) {
      for (let x = 980; x < 1140; x++)
        expect(pixel(picture, x, 165 + y)).toEqual(pixel(picture, x, 165 + 1080 + y));
    }
  });
});

describe('what lies over something', () => {
  test('alpha mixes with the ground; without a ground it stays in the file', async () => {
    const half = paint(10, 10, 4, (x) => [200, 100, 0, x < 5 ? 128 : 0]);
    const composition = {
      surface: surfaceOf(20, 10),
      layers: [upright('a', { x: 0, y: 0, width: 1, height: 1 })],
      sources: { a: half },
    };
    const on = await made({ ...composition, ground: '#0000c8' });
    expect(on.channels).toBe(3);
    expect(pixel(on, 2, 5)).toEqual([100, 50, 100]);
    expect(pixel(on, 7, 5)).toEqual([0, 0, 200]);
    const off = await made({ ...composition, ground: null });
    expect(pixel(off, 2, 5)).toEqual([200, 100, 0, 128]);
    expect(pixel(off, 7, 5)[3]).toBe(0);
  });

  test('what comes later lies above', async () => {
    const sources = { a: paint(10, 10, 3, () => [1, 2, 3]), b: paint(10, 10, 3, () => [4, 5, 6]) };
    const [a, b] = [
      upright('a', { x: 0, y: 0, width: 1, height: 1 }),
      upright('b', { x: 0.5, y: 0, width: 1, height: 1 }),
    ];
    const picture = await made({ surface: surfaceOf(20, 10), layers: [a, b], sources });
    expect([4, 5].map((x) => pixel(picture, x, 0))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('a shade goes from nothing to all of its colour, evenly', async () => {
    const layers = [{ box: { x: 0, y: 2, width: 8, height: 20 }, shade: '#000000', from: 0, to: 1 }];
    const picture = await made({ surface: surfaceOf(80, 240), ground: '#c8c8c8', layers });
    const row = (y: number) => {
      const values = Array.from({ length: 80 }, (_, x) => pixel(picture, x, y)[0]!);
      return values.reduce((a, b) => a + b) / 80;
    };
    expect([row(0), row(19), row(220), row(239)]).toEqual([200, 200, 200, 200]);
    expect(row(119)).toBeGreaterThan(98);
    expect(row(119)).toBeLessThan(102);
    expect(row(219)).toBeLessThan(1);
    for (let y = 21; y < 220; y++) expect(row(y)).toBeLessThanOrEqual(row(y - 1) + 0.6);
    // Dithered: the rows of a slow fade are not all of one value.
    expect(new Set(Array.from({ length: 80 }, (_, x) => pixel(picture, x, 60)[0])).size).toBe(2);
  });

  test('colours that are none are refused', async () => {
    const making = made({ surface: surfaceOf(9, 9), ground: 'red', layers: [] });
    await expect(making).rejects.toThrow(/Expected #rrggbb/);
  });
});
