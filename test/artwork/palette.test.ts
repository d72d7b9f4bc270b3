import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromLab, type Rgb, toLab } from '../../src/artwork/lab.ts';
import { type Palette, paletteOf } from '../../src/artwork/palette.ts';
import type { Patch } from '../../src/artwork/raster.ts';
import { paint, pictureAt, png, scratchFolder, still } from './pictures.ts';

const folder = scratchFolder();
let count = 0;
async function paletteFor(picture: Patch): Promise<Palette> {
  const path = join(folder, `${count++}.png`);
  await png(picture).toFile(path);
  return paletteOf(await pictureAt(path), folder);
}

const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as unknown as Rgb;
const lab = (hex: string) => toLab(rgb(hex));
const hue = ([, a, b]: readonly number[]) => (Math.atan2(b!, a!) * 180) / Math.PI;

/** WCAG 2.2 contrast ratio. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [one, other].map((hex) => {
    const [r, g, bl] = rgb(hex).map((v) => (v <= 10 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * bl!;
  });
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe('L*a*b*', () => {
  // Bruce Lindbloom's values for sRGB, D65.
  test.each([
    [
      [255, 255, 255],
      [100, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
    [
      [10, 10, 10],
      [2.74, 0, 0],
    ],
  ] as const)('%j is %j, there and back', (colour, expected) => {
    const made = toLab(colour);
    for (let i = 0; i < 3; i++) {
      expect(Math.abs(made[i]! - expected[i]!)).toBeLessThan(0.02);
      expect(fromLab(made)[i]).toBeCloseTo(colour[i]!, 2);
    }
  });
});

const pictures: Record<string, Patch> = {
  'a still life': still(200, 150),
  black: paint(50, 50, 3, () => [0, 0, 0]),
  white: paint(50, 50, 3, () => [255, 255, 255]),
  'pure blue': paint(50, 50, 3, () => [0, 0, 255]),
  'pure yellow': paint(50, 50, 3, () => [255, 255, 0]),
  'one pixel': paint(1, 1, 3, () => [90, 160, 20]),
  'nothing to see': paint(40, 40, 4, () => [0, 0, 0, 0]),
};

test.each(Object.entries(pictures))('%s: colours that can be used as ground and type', async (_, picture) => {
  const { dark, light, accent, mid } = await paletteFor(picture);
  for (const hex of [dark, light, accent, mid]) expect(hex).toMatch(/^#[0-9a-f]{6}$/);
  const within = (hex: string, low: number, high: number) => {
    expect(lab(hex)[0]).toBeGreaterThan(low - 0.5);
    expect(lab(hex)[0]).toBeLessThan(high + 0.5);
  };
  within(dark, 12, 28);
  within(light, 92, 97);
  within(accent, 35, 60);
  within(mid, 45, 65);
  expect(contrast(dark, light)).toBeGreaterThan(9);
});

test('the accent is what one remembers, not what there is most of', async () => {
  // A red boat on a lot of greyish blue water.
  const boat = paint(100, 100, 3, (x, y) =>
    x > 40 && x < 60 && y > 60 && y < 80 ? [200, 40, 30] : [110, 130, 150],
  );
  const { accent, mid, dark } = await paletteFor(boat);
  expect(Math.abs(hue(lab(accent)) - hue(toLab([200, 40, 30])))).toBeLessThan(10);
  expect(Math.hypot(lab(accent)[1], lab(accent)[2])).toBeGreaterThan(50);
  expect(lab(mid)[2]).toBeLessThan(0);
  expect(lab(dark)[2]).toBeLessThan(0);
});

test('the same picture, the same palette; kept beside the artwork, made anew where it is damaged', async () => {
  const path = join(folder, 'kept.png');
  await png(still(300, 200)).toFile(path);
  const picture = await pictureAt(path);
  const palette = await paletteOf(picture, folder);
  const kept = join(folder, 'artwork', `${picture.sha256}-palette-2.json`);
  expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual(palette);
  await writeFile(kept, '{"dark":"#12');
  expect(await paletteOf(picture, folder)).toEqual(palette);
  await rm(path);
  expect(await paletteOf(picture, folder)).toEqual(palette);
});
