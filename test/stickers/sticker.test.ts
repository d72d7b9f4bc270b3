import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../src/files.ts';
import type { Order } from '../../src/order/order.ts';
import { type Plates, pdfBoxes, plates, qpdfCheck } from '../judges/index.ts';
import { coverOrder } from '../make/fixtures.ts';
import { Line } from '../make/making.ts';
import { labelFindings } from './judged.ts';
import { PEBBLE_ID, takePebble } from './pictures.ts';
import { hasInk, nearestTo, type Pixel, pixelsWhere, rimOf, some } from './raster.ts';

/** 50 pixels a millimetre. */
const DPI = 1270;
const PX = 50;
const CAT = '20220923124418';
/** A cut as thin as a pixel, so that its place is known. */
const THIN = 'numbers.cutStroke=0.05';

let line: Line;
beforeAll(async () => {
  line = await Line.open();
  await takePebble(line.folder);
});
afterAll(() => line?.close());

const order = (image: string, options: Record<string, unknown>, more: Partial<Order> = {}): Order =>
  coverOrder(image, {
    ...{ product: 'sticker', template: 'die-cut', fields: {}, ppi: 600 },
    options: { printer: 'stickerapp', ...options },
    ...more,
  });

/** The pixels of the cut's own plate, and of all there is one by that name. */
function cutOf(found: Plates, name = 'CutContour'): Pixel[] {
  const plate = found.spots.get(name);
  if (!plate) throw new Error(`There are only ${[...found.spots.keys()].join(', ')}`);
  return pixelsWhere(found, (at) => plate[at]! > 127);
}

describe('a die-cut sticker of a smooth picture', () => {
  const border = 2.5;
  let found: Plates;
  let pdf: string;
  beforeAll(async () => {
    const made = await line.made(order(PEBBLE_ID, { longest: 40, border, override: [THIN] }), 'pebble');
    pdf = made.pdf;
    found = await plates(pdf, { dpi: DPI });
  });

  test('has its cut on the spot of that name, and on no other plate', () => {
    expect([...found.spots.keys()]).toEqual(['CutContour']);
    const inked = hasInk(found);
    const cut = cutOf(found);
    expect(cut.length).toBeGreaterThan(4000);
    expect(cut.filter(([x, y]) => inked(y * found.width + x))).toEqual([]);
  });

  test('keeps the border to a tenth of a mm, everywhere and from both sides', () => {
    // The picture's blue is solid: half of it is the edge that an eye sees.
    const art = rimOf(found, hasInk(found, 100));
    const cut = cutOf(found);
    const outwards = some(cut, 5).map((pixel) => nearestTo(pixel, art) / PX);
    const inwards = some(art, 5).map((pixel) => nearestTo(pixel, cut) / PX);
    for (const distances of [outwards, inwards]) {
      expect(distances.length).toBeGreaterThan(700);
      expect(Math.min(...distances)).toBeGreaterThan(border - 0.1);
      expect(Math.max(...distances)).toBeLessThan(border + 0.1);
    }
  });

  test('is as long as ordered, its trim the box of its cut', async () => {
    const { boxes } = await pdfBoxes(pdf);
    const mm = ([x0, y0, x1, y1]: readonly number[]) => [x1! - x0!, y1! - y0!].map((pt) => (pt / 72) * 25.4);
    const [trim, bleed] = [mm(boxes.TrimBox), mm(boxes.BleedBox)];
    expect(Math.abs(Math.max(...trim) - 40)).toBeLessThan(0.15);
    expect(bleed[0]! - trim[0]!).toBeCloseTo(4, 1);
    await qpdfCheck(pdf);
  });

  test('is clean as labels go', async () => {
    // With the cut as thick as the printer wants it.
    const usual = await line.made(order(PEBBLE_ID, { longest: 40, border }, { ppi: 300 }), 'usual');
    // But for what labels want of text: a page that is one picture is taken for a page with its text in it.
    expect(await labelFindings(usual.pdf)).toEqual(['R0033']);
    expect(usual.manifest.preflight.verdict).toBe('nothing found');
  });
});

describe('the demo cat that is cut out', () => {
  const border = 3;

  test('is nowhere nearer to its cut than the border, also at its whiskers', async () => {
    const { pdf } = await line.made(order(CAT, { longest: 60, border, override: [THIN] }), 'cat');
    const found = await plates(pdf, { dpi: 635 });
    // Half of its orange, which is full yellow and a half of magenta, and of its whiskers, which are black.
    const art = rimOf(found, hasInk(found, 127));
    const cut = some(cutOf(found), 4).map((pixel) => nearestTo(pixel, art) / 25);
    // A tenth, and a pixel.
    expect(Math.min(...cut)).toBeGreaterThan(border - 0.14);
    // At the tips of its ears it is at the border exactly.
    expect(Math.min(...cut)).toBeLessThan(border + 0.15);
  });

  test('made twice has the same bytes', async () => {
    const wish = order(CAT, { longest: 50, white: true }, { ppi: 150 });
    const first = await line.made(wish, 'once');
    await rm(join(line.folder, '.printcat', 'cache', 'outlines'), { recursive: true });
    const again = await line.made(wish, 'twice');
    expect(await hashFile(again.pdf)).toBe(await hashFile(first.pdf));
  });

  test('has white under it that keeps inside its edge by the choke', async () => {
    const { pdf } = await line.made(
      order(PEBBLE_ID, { longest: 40, white: true, choke: 0.5, override: [THIN] }),
      'white',
    );
    const found = await plates(pdf, { dpi: DPI });
    const white = found.spots.get('White')!;
    const edge = rimOf(found, (at) => white[at]! > 127);
    const art = rimOf(found, hasInk(found, 100));
    const distances = some(edge, 5).map((pixel) => nearestTo(pixel, art) / PX);
    expect(Math.min(...distances)).toBeGreaterThan(0.4);
    expect(Math.max(...distances)).toBeLessThan(0.6);
  });
});

describe('a rim of colour', () => {
  test("runs past the cut by the printer's bleed on all sides", async () => {
    const { pdf } = await line.made(
      order(
        PEBBLE_ID,
        { longest: 40, border: 3, printer: 'stickerrepublic', override: [THIN] },
        { template: 'rim', fields: { rim: 'light' } },
      ),
      'rim',
    );
    expect(await labelFindings(pdf)).toEqual([]);
    const found = await plates(pdf, { dpi: DPI });
    const inked = hasInk(found);
    const edge = rimOf(found, inked);
    const outside = some(edge, 3).filter(
      ([x, y]) => x > 2 && y > 2 && x < found.width - 3 && y < found.height - 3,
    );
    const cut = cutOf(found);
    const distances = outside.map((pixel) => nearestTo(pixel, cut) / PX);
    expect(distances.length).toBeGreaterThan(500);
    expect(Math.min(...distances)).toBeGreaterThan(0.9);
    expect(Math.max(...distances)).toBeLessThan(1.1);
  });
});

describe('a shape', () => {
  test('is filled by an opaque picture, past its cut where there is no border', async () => {
    const { pdf } = await line.made(
      order('20220906193041', { longest: 40, border: 0, outline: 'circle', override: [THIN] }, { ppi: 300 }),
      'circle',
    );
    const found = await plates(pdf, { dpi: 635 });
    const inked = hasInk(found);
    // 40 mm across with 2 mm of bleed: 22 mm from the middle there is art, 20 mm from it the cut.
    const middle = 22 * 25;
    for (let degrees = 0; degrees < 360; degrees += 5) {
      const angle = (degrees / 180) * Math.PI;
      const at = (mm: number) =>
        Math.round(middle + Math.sin(angle) * mm * 25) * found.width +
        Math.round(middle + Math.cos(angle) * mm * 25);
      expect(inked(at(21.5)), `${degrees}°`).toBe(true);
    }
    const off = cutOf(found).map(([x, y]) => Math.hypot(x + 0.5 - middle, y + 0.5 - middle) / 25);
    expect(Math.min(...off)).toBeGreaterThan(19.9);
    expect(Math.max(...off)).toBeLessThan(20.1);
  });
});

describe('what cannot be made is refused with the number and who says so', () => {
  const refusal = (image: string, options: Record<string, unknown>) =>
    line.made(order(image, options), 'refused').then(
      () => 'made',
      ({ message, hint }: { message: string; hint: string }) => `${message} | ${hint}`,
    );

  test.each([
    [
      'an opaque picture',
      CAT.replace('20220923124418', '20220912034858'),
      { outline: 'alpha' },
      /^20220912034858: Expected a picture with transparency.*--outline/s,
    ],
    [
      'a border that a cutter loses',
      PEBBLE_ID,
      { border: 0.5, longest: 40, printer: 'jp-die-cut' },
      /^Expected a border of at least 1 mm for Die-cut stickers.* but it is 0.5 mm \| .*型抜き: about 1 mm of drift.*; third party, 2026-11; --override numbers.drift=…/,
    ],
    [
      'a sticker smaller than its border',
      PEBBLE_ID,
      { border: 6, longest: 12 },
      /^20230501120000: Expected more than the border of 6 mm on both sides for --longest but received 12 mm/,
    ],
    [
      'a small one',
      PEBBLE_ID,
      { border: 1, longest: 9 },
      /^Expected a shorter side of a sticker of at least 10 mm for StickerApp but it is/,
    ],
  ])('%s', async (_, image, options, told) => expect(await refusal(image, options)).toMatch(told));
});
