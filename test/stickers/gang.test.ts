import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Order } from '../../src/order/order.ts';
import { plates } from '../judges/index.ts';
import { Line } from '../make/making.ts';
import { gangOrder } from './gang-order.ts';
import { labelFindings } from './judged.ts';
import { type FlatCat, takeFlatCats } from './pictures.ts';
import { boxOf, nearestTo, partsOf, pixelsWhere, some } from './raster.ts';

/** 12 pixels a millimetre. */
const DPI = 304.8;
const PX = 12;

/** Of the demo collection. */
const OPAQUE = ['20220829211507', '20220903142233', '20220914163309', '20220917081746', '20220926015527'];

let line: Line;
let cats: FlatCat[];
beforeAll(async () => {
  line = await Line.open();
  cats = await takeFlatCats(line.folder);
});
afterAll(() => line?.close());

describe('a sticker sheet', () => {
  const words = { title: 'Cats' };
  const six = (options: Record<string, unknown>, template: string): Order =>
    gangOrder(
      cats,
      {
        ...{ size: 'a6', border: undefined, gap: undefined, margin: undefined, longest: undefined },
        ...{ outline: ['auto', 'circle', 'rectangle', 'ellipse', 'circle', 'rectangle'], ...options },
      },
      {
        ...{ product: 'sticker-sheet', template, fields: words },
        images: [cats[0]!.id, ...OPAQUE],
      },
    );

  test.each([
    ['grid', 'specimen', {}],
    ['loose', 'confetti', {}],
  ])(
    '%s: six cuts with their gap between the words, and a cut round the sheet',
    async (arrange, template) => {
      const { pdf, manifest } = await line.made(six({ arrange, perforate: true }, template), arrange);
      const found = await plates(pdf, { dpi: DPI });
      expect([...found.spots.keys()].sort()).toEqual(['CutContour', 'PerfCutContour']);
      const plate = found.spots.get('CutContour')!;
      const cuts = partsOf(found, (at) => plate[at]! > 0);
      expect(cuts).toHaveLength(6);
      // The stroke is 1 pt; the trim begins after 2 mm of bleed.
      const stroke = 25.4 / 72;
      const gaps = cuts.flatMap((cut, i) =>
        cuts
          .slice(i + 1)
          .map((other) => Math.min(...some(cut, 3).map((pixel) => nearestTo(pixel, other))) / PX),
      );
      expect(Math.min(...gaps)).toBeGreaterThan(2 - stroke - 0.15);
      for (const { left, top, right, bottom } of cuts.map(boxOf)) {
        expect(Math.min(left, found.width - right) / PX).toBeGreaterThan(2 + 5 - stroke / 2 - 0.15);
        // Below the title, above the foot.
        expect(top / PX).toBeGreaterThan(2 + 0.15 * 148);
        expect(bottom / PX).toBeLessThan(2 + (1 - 0.08) * 148 + stroke / 2 + 0.15);
      }
      const edge = boxOf(pixelsWhere(found, (at) => found.spots.get('PerfCutContour')![at]! > 0));
      expect((edge.right - edge.left) / PX).toBeCloseTo(105 + stroke, 0);
      expect(manifest.preflight.verdict).toBe('nothing found');
      expect(await labelFindings(pdf)).toEqual([]);
    },
  );
});

describe('what the printer cannot cut is refused with its number and who says so', () => {
  test.each([
    [
      { gap: 1 },
      /^Expected a gap between cuts of at least 2 mm for StickerApp but it is 1 mm \| StickerApp, sticker sheets.*provider's page, 2026-11/,
    ],
    [
      { gap: 3, printer: 'stickerninja' },
      /^Expected a gap between cuts of at least 0.25 in \(6.35 mm\) for Sticker Ninja but it is 3 mm/,
    ],
    [
      { margin: 1 },
      /^Expected a margin between cuts and the sheet's edge of at least 2 mm for StickerApp but it is 1 mm/,
    ],
    [
      { longest: [11], border: 1, printer: 'jp-half-cut' },
      /^Expected an area of a sticker of at least 100 mm² for Half-cut stickers.* but it is \d+(\.\d+)? mm² \| .*1 cm² at least/,
    ],
    [
      { longest: [60], size: '100x70' },
      /^Expected 2 stickers that find room on a sheet of 100 mm × 70 mm but 1 of them do not \| .*--longest/,
    ],
    [
      { longest: [40, 50, 60] },
      /^Expected one value or 2, one for each picture, for --longest but received 3/,
    ],
  ])('%j', async (options, told) => {
    const wish = gangOrder(
      cats,
      { effort: 0, longest: [40], outline: ['circle'], ...options },
      { images: OPAQUE.slice(0, 2) },
    );
    const refusal = await line.made(wish, 'refused').then(
      () => 'made',
      ({ message, hint }: { message: string; hint: string }) => `${message} | ${hint}`,
    );
    expect(refusal).toMatch(told);
  });
});
