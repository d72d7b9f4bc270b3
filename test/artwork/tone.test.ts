import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toLab } from '../../src/artwork/lab.ts';
import { makeArtwork } from '../../src/artwork/make-artwork.ts';
import { applyTone, type ToneCurve, toneCurve, toneFunction } from '../../src/artwork/tone.ts';
import { overridePrinter } from '../../src/products/override.ts';
import { printerPreset, readPrinter } from '../../src/products/printer.ts';
import { paint, pictureAt, pixel, png, rawPixels, scratchFolder, wishFor } from './pictures.ts';

const folder = scratchFolder();
const FABRIC: ToneCurve = [
  [0.25, 0.18],
  [0.5, 0.4],
  [0.8, 0.75],
];

const toned = (colour: readonly number[], curve: ToneCurve): number[] => {
  const picture = paint(1, 1, colour.length as 3 | 4, () => colour);
  applyTone(picture, curve);
  return [...picture.data];
};
const hueOf = ([r = 0, g = 0, b = 0]: readonly number[]): number => {
  const lab = toLab([r, g, b]);
  return (Math.atan2(lab[2], lab[1]) * 180) / Math.PI;
};

describe('the curve', () => {
  test('goes through its points and its ends', () => {
    const tone = toneFunction(FABRIC);
    for (const [from, to] of [[0, 0], ...FABRIC, [1, 1]] as [number, number][]) {
      expect(tone(from)).toBeCloseTo(to, 12);
    }
    expect(toneFunction([[0, 0.1]])(0)).toBe(0.1);
  });

  test.each([
    ['gentle', FABRIC],
    // A cubic without limited tangents swings below its neighbours here.
    [
      'with a step',
      [
        [0.4, 0.05],
        [0.5, 0.9],
        [0.6, 0.91],
      ] as [number, number][],
    ],
    [
      'with a level stretch',
      [
        [0.3, 0.5],
        [0.7, 0.5],
      ] as [number, number][],
    ],
    ['gamma', 1.4],
  ])('never falls: %s', (_, curve) => {
    const tone = toneFunction(curve);
    for (let i = 1; i <= 1000; i++) expect(tone(i / 1000)).toBeGreaterThan(tone((i - 1) / 1000) - 1e-12);
    expect([tone(0), tone(1)]).toEqual([0, 1]);
  });

  test.each([
    [
      [
        [0.5, 0.6],
        [0.4, 0.7],
      ],
    ],
    [
      [
        [0.3, 0.6],
        [0.6, 0.5],
      ],
    ],
    [[[0.5, 1.2]]],
    [[]],
    [0],
    ['soft'],
  ])('%j is refused', (value) => {
    expect(toneCurve.safeParse(value).success).toBe(false);
  });
});

describe('the pixels', () => {
  test('gamma 1 and the straight line change nothing', () => {
    const every = paint(256, 3, 3, (x, y) =>
      y === 0 ? [x, x, x] : y === 1 ? [x, 255 - x, 40] : [200, x, x],
    );
    const before = [...every.data];
    applyTone(every, 1);
    applyTone(every, [[0.5, 0.5]]);
    expect([...every.data]).toEqual(before);
  });

  test('greys go where the curve says, black and white stay', () => {
    expect(toned([128, 128, 128], 1.4)).toEqual(Array(3).fill(Math.round(255 * (128 / 255) ** 1.4)));
    expect(toned([64, 64, 64], [[64 / 255, 40 / 255]])).toEqual([40, 40, 40]);
    expect(toned([0, 0, 0], FABRIC)).toEqual([0, 0, 0]);
    expect(toned([255, 255, 255], FABRIC)).toEqual([255, 255, 255]);
    expect(toned([0, 0, 0], [[0, 0.1]])).toEqual([26, 26, 26]);
  });

  test.each([[[200, 80, 60]], [[60, 140, 90]], [[90, 100, 220]]])(
    '%j is darkened and keeps its hue',
    (colour) => {
      const made = toned(colour, FABRIC);
      expect(toLab(made as [number, number, number])[0]).toBeLessThan(
        toLab(colour as [number, number, number])[0],
      );
      expect(Math.abs(hueOf(made) - hueOf(colour))).toBeLessThan(4);
      const [r, g, b] = made as [number, number, number];
      expect(Math.sign(r - g)).toBe(Math.sign(colour[0]! - colour[1]!));
      expect(Math.sign(g - b)).toBe(Math.sign(colour[1]! - colour[2]!));
    },
  );

  test('a colour at the edge of the gamut is lightened by giving up chroma', () => {
    const made = toned([255, 40, 40], 0.6) as [number, number, number];
    expect(made[0]).toBe(255);
    const wanted = toneFunction(0.6);
    const luminance = (rgb: readonly number[]) => {
      const light = rgb.map((v) =>
        v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * light[0]! + 0.7152 * light[1]! + 0.0722 * light[2]!;
    };
    const encode = (y: number) => 1.055 * y ** (1 / 2.4) - 0.055;
    expect(encode(luminance(made))).toBeCloseTo(wanted(encode(luminance([255, 40, 40]))), 2);
  });

  test('alpha stays', () => {
    expect(toned([128, 128, 128, 77], 1.4)[3]).toBe(77);
  });
});

test('an artwork is made with the tone, and kept apart from the one without it', async () => {
  const path = join(folder, 'grey.png');
  await writeFile(path, await png(paint(120, 120, 3, () => [128, 128, 128])).toBuffer());
  const options = { cacheDir: join(folder, 'cache'), modelsDir: join(folder, 'no-models') };
  const picture = await pictureAt(path);
  const plain = await makeArtwork(wishFor(picture, 90, 90), options);
  const dark = await makeArtwork(wishFor(picture, 90, 90, { tone: 1.4 }), options);
  expect(dark.cached).toBe(false);
  expect(pixel(await rawPixels(plain.path), 45, 45)).toEqual([128, 128, 128]);
  expect(pixel(await rawPixels(dark.path), 45, 45)).toEqual([97, 97, 97]);
});

test('a preset declares it with its source, an order overrides it', () => {
  const preset = readPrinter('kdp');
  const tone = { value: 1.2, unit: 'gamma', authority: 'unverified', source: 'a trial print' };
  const withTone = printerPreset.parse({ ...preset, file: { ...preset.file, tone } });
  expect(withTone.file.tone?.value).toBe(1.2);
  expect(overridePrinter(withTone, ['file.tone=1.35']).file.tone?.value).toBe(1.35);
  expect(() => overridePrinter(withTone, ['file.tone=9'])).toThrow(/--override file\.tone/);
  const points = { ...tone, unit: 'grey', value: [[0.5, 0.4]] };
  expect(printerPreset.parse({ ...preset, file: { ...preset.file, tone: points } }).file.tone?.value).toEqual(
    [[0.5, 0.4]],
  );
  const bare = { value: 1.2, unit: 'gamma' };
  expect(printerPreset.safeParse({ ...preset, file: { ...preset.file, tone: bare } }).success).toBe(false);
});
