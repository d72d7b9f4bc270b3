import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preflight } from '../../src/preflight/preflight.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { type Imposed, imposeSheets } from '../../src/sheets/impose.ts';
import type { SheetWish } from '../../src/sheets/options.ts';
import { mmToPt } from '../../src/units.ts';
import {
  colouredSteps,
  hasTransparency,
  mutoolTrace,
  type Plates,
  pdfBoxes,
  pdfFonts,
  plates,
  qpdfCheck,
  render,
} from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { barsOf, offTheBars, type Plate, runsAlong } from './measure.ts';
import { FACTS, type Source, type SourceWish, source } from './sources.ts';

const CREAM = [1, 0.9, 0.6] as const;
const SKY = [0.6, 0.85, 1] as const;
const CARD = { width: 91, height: 55 };
const UPRIGHT = { width: 55, height: 91 };
const A4 = { width: 210, height: 297 };

let folder: string;
let card: Source;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-sheets-'));
  card = await source({ size: CARD, grounds: [CREAM, SKY] });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function impose(
  { pdf, geometry }: Source,
  wish: Partial<SheetWish> = {},
): Promise<Imposed & { path: string }> {
  const made = await imposeSheets(pdf, geometry, { sheet: 'a4', ruler: true, ...wish }, FACTS);
  const path = join(folder, `sheet-${files++}.pdf`);
  await writeFile(path, made.pdf);
  return { ...made, path };
}

const black = ({ width, height, K }: Plates): Plate => ({ width, height, ink: K });
const blackOf = async (path: string, dpi: number, page = 1) =>
  black(await plates(path, { dpi, page, middles: true }));
const within = (found: readonly number[], wanted: readonly number[], tolerance: number) => {
  expect(found.length, `${found} instead of ${wanted}`).toBe(wanted.length);
  for (const [i, mm] of wanted.entries()) expect(Math.abs(found[i]! - mm)).toBeLessThanOrEqual(tolerance);
};

describe('front and back', () => {
  test('every page is where it is said to be, and front and back are in register within 0.05 mm', async () => {
    const { path, sheets, notes } = await impose(card);
    const dpi = 508;
    expect(sheets.map(({ side, placements }) => [side, placements.length])).toEqual([
      ['front', 8],
      ['back', 8],
    ]);
    for (const [i, { placements }] of sheets.entries()) {
      const bars = placements.flatMap((placement) => barsOf(placement, CARD));
      // The whole block with its bleeds: the sources' own marks would lie in the neighbours' art.
      const area = { x: 8.1, y: 26.6, width: 193.8, height: 243.8 };
      expect(offTheBars(await blackOf(path, dpi, i + 1), dpi, area, bars, 0.05), `side ${i}`).toBe(0);
    }
    const [front, back] = sheets;
    for (const [i, { x, y, page, rotated }] of front!.placements.entries()) {
      expect(back!.placements[i]).toEqual({ page: 2, x: A4.width - x - CARD.width, y, rotated: 0 });
      expect([page, rotated]).toEqual([1, 0]);
    }
    expect(notes.map(({ text }) => text)).toEqual([
      'A4 (210 × 297 mm): 8 a sheet (2 × 4). Print at 100 %, “actual size”.',
      'With one cut between two (--gutter 0) 10 would fit.',
      'Print on both sides, turned over the long edge.',
    ]);
  });

  const postcard = { width: 100, height: 148 };
  test.each([
    ['an upright sheet over its long edge', CARD, 'a4', 'long', 'x', 0],
    ['an upright sheet over its short edge', CARD, 'a4', 'short', 'y', 180],
    ['a sheet that lies over its long edge', UPRIGHT, '297x210', 'long', 'y', 180],
    ['a sheet that lies over its short edge', UPRIGHT, '297x210', 'short', 'x', 0],
    ['products that lie, over the long edge', postcard, 'a4', 'long', 'x', 270],
    ['products that lie, over the short edge', postcard, 'a4', 'short', 'y', 90],
  ] as const)('%s', async (_, size, sheet, flip, axis, angle) => {
    const made = await impose(size === CARD ? card : await source({ size, grounds: [CREAM, SKY] }), {
      ...{ sheet, flip, copies: 3 },
    });
    const [front, back] = made.sheets;
    const turned = (placement: { rotated: number }) =>
      placement.rotated % 180 === 0 ? size : { width: size.height, height: size.width };
    for (const [i, at] of front!.placements.entries()) {
      const { width, height } = turned(at);
      expect(back!.placements[i]).toEqual({
        ...{ page: 2, rotated: angle },
        x: axis === 'x' ? made.sheet.size.width - at.x - width : at.x,
        y: axis === 'y' ? made.sheet.size.height - at.y - height : at.y,
      });
    }
    const plate = await blackOf(made.path, 127, 2);
    for (const placement of back!.placements) {
      const area = { x: placement.x, y: placement.y, ...turned(placement) };
      expect(offTheBars(plate, 127, area, barsOf(placement, size), 0.2)).toBe(0);
    }
  });

  test('the last sheet holds what is left, and its marks only that', async () => {
    const { sheets, path } = await impose(card, { gutter: 0, copies: 11 });
    expect(sheets.map(({ placements }) => placements.length)).toEqual([10, 10, 1, 1]);
    const dpi = 254;
    // In the band of the marks on the left: two cuts for the one row that is used.
    within(runsAlong(await blackOf(path, dpi, 3), dpi, 'upright', 9, [0, 297]), [11, 66], 0.1);
    // On its back the copy stands on the right: two cuts above it.
    within(runsAlong(await blackOf(path, dpi, 4), dpi, 'level', 6, [0, 210]), [105, 196], 0.1);
  });
});

describe('marks', () => {
  test('one set a row and column, on the trims and outside of the bleeds', async () => {
    const { path } = await impose(card, { flip: 'none' });
    const dpi = 254;
    const plate = await blackOf(path, dpi);
    within(runsAlong(plate, dpi, 'level', 24, [0, 210]), [11, 102, 108, 199], 0.1);
    const rows = [29.5, 84.5, 90.5, 145.5, 151.5, 206.5, 212.5, 267.5];
    within(runsAlong(plate, dpi, 'upright', 6, [0, 297]), rows, 0.1);
    within(runsAlong(plate, dpi, 'upright', 204, [0, 297]), rows, 0.1);
  });

  test.each(['tombo', 'western'] as const)('of the source none is left, %s', async (marks) => {
    const { path } = await impose(await source({ size: CARD, marks }));
    const dpi = 90;
    const { data, width } = await render(path, dpi);
    const darkest = (from: readonly [number, number], to: readonly [number, number]) => {
      let least = 255;
      const [[x0, y0], [x1, y1]] = [from, to].map((at) => at.map((mm) => Math.floor((mm / 25.4) * dpi))) as [
        [number, number],
        [number, number],
      ];
      for (let y = y0; y <= y1; y++) {
        for (let x = x0; x <= x1; x++) least = Math.min(least, data[3 * (y * width + x) + 1]!);
      }
      return least;
    };
    // Along the four sides of the bleeds: paper and ground, both light; even one pixel of a mark is not.
    expect(darkest([8, 26.2], [202, 26.8])).toBeGreaterThan(180);
    expect(darkest([8, 270.2], [202, 270.8])).toBeGreaterThan(180);
    expect(darkest([7.7, 27], [8.3, 270])).toBeGreaterThan(180);
    expect(darkest([201.7, 27], [202.3, 270])).toBeGreaterThan(180);
  });

  test('neighbours that share a cut share its mark, and their colours meet on it', async () => {
    const { path, notes } = await impose(card, { gutter: 0, flip: 'none', copies: 5 });
    const dpi = 254;
    const found = await plates(path, { dpi, middles: true });
    within(runsAlong(black(found), dpi, 'level', 6, [0, 210]), [14, 105, 196], 0.1);
    // The third row: a copy of page 1 on the left, of page 2 on the right; the first is yellow, the other is not.
    const yellow = runsAlong(
      { ...black(found), ink: found.Y.map((v) => (v > 40 ? 255 : 0)) },
      dpi,
      'level',
      160,
      [0, 210],
    );
    within(yellow, [(11 + 105) / 2], 0.1);
    expect(notes.filter(({ level }) => level === 'warning').map(({ text }) => text)).toEqual([
      'Neighbours on the sheet are 0 mm apart, less than their bleeds: there a slipped cut shows the neighbour.',
    ]);
  });

  test('folds have broken ticks at both ends, on a sheet that lies and on its side', async () => {
    const folds = [
      ...[80, 190, 210, 320].map((at) => ({ name: 'fold', line: 'upright' as const, at })),
      { name: 'fold', line: 'level' as const, at: 50 },
    ];
    const cover = await source({ size: { width: 400, height: 157 }, folds });
    const dpi = 254;
    const lying = await blackOf((await impose(cover, { sheet: '420x297' })).path, dpi);
    for (const y of [64.5, 231.5]) {
      within(runsAlong(lying, dpi, 'level', y, [0, 420]), [10, 90, 200, 220, 330, 410], 0.1);
    }
    within(runsAlong(lying, dpi, 'upright', 5.2, [0, 297]), [70, 120, 227], 0.1);
    // A cut is one line, a fold's tick three strokes.
    expect(runsAlong(lying, dpi, 'upright', 10, [60, 66.9])).toHaveLength(1);
    expect(runsAlong(lying, dpi, 'upright', 90, [60, 66.9]).length).toBeGreaterThanOrEqual(3);
    // Turned clockwise, what was 50 mm from the top is 50 mm from the right.
    const turned = await blackOf((await impose(cover, { sheet: 'a3' })).path, dpi);
    within(runsAlong(turned, dpi, 'upright', 64.5, [0, 420]), [10, 90, 200, 220, 330, 410], 0.1);
    within(runsAlong(turned, dpi, 'level', 5.2, [0, 297]), [70, 177, 227], 0.1);
  });
});

describe('the ruler', () => {
  test.each([
    ['below the art', { width: 100, height: 148 }, {}, 'level', [0, 210]],
    // Above it on the same line stands what it is for.
    ['beside it, in a narrow margin', CARD, { gutter: 0 }, 'upright', [186, 297]],
  ] as const)('%s is 100 mm and 4 in long', async (_, size, wish, line, span) => {
    const { path } = await impose(await source({ size }), wish);
    const dpi = 600;
    const { data, width, height } = await render(path, dpi);
    const ink = new Uint8Array(width * height);
    for (let i = 0; i < ink.length; i++) ink[i] = 255 - data[3 * i + 1]!;
    const raster = { ink, width, height };
    // A line across which exactly 101 ticks stand, and one with 33: of mm and of eighths of an inch.
    const ticks = (count: number): number[] => {
      const far = line === 'level' ? 297 : 210;
      for (let at = 0; at < far; at += 0.1) {
        const runs = runsAlong(raster, dpi, line, at, span);
        if (runs.length === count && runs.every((mm, i) => i === 0 || mm - runs[i - 1]! < 4)) return runs;
      }
      throw new Error(`There is no line with ${count} ticks.`);
    };
    const mm = ticks(101);
    expect(Math.abs(mm[100]! - mm[0]! - 100)).toBeLessThan(0.05);
    for (const [i, at] of mm.entries()) expect(Math.abs(at - mm[0]! - i)).toBeLessThan(0.06);
    const eighths = ticks(33);
    expect(Math.abs(eighths[32]! - eighths[0]! - 101.6)).toBeLessThan(0.05);
  });

  test('is left out where it is not wished, and where there is no room for it, which is said', async () => {
    const postcard = await source({ size: { width: 100, height: 148 } });
    const dpi = 254;
    const { path } = await impose(postcard, { ruler: false });
    const plate = await blackOf(path, dpi);
    const longest = (at: number) => runsAlong(plate, dpi, 'level', at, [0, 210]).length;
    for (let at = 264; at < 285; at += 0.1) expect(longest(at)).toBe(0);
    const tight = await impose(await source({ size: { width: 194, height: 281 } }));
    expect(tight.notes.filter(({ level }) => level === 'warning').map(({ text }) => text)).toEqual([
      'The sheet has no room for cut marks at the top, right, bottom, left.',
      'The sheet has no room for the ruler: measure a trimmed product to see that nothing was scaled.',
    ]);
  });
});

describe('the file', () => {
  const wishes: [SourceWish['standard'], string][] = [
    ['x4', 'PDF/X-4'],
    ['x1a', 'PDF/X-1:2001'],
  ];

  test.each(wishes)('keeps its standard, %s, its boxes, its inks', async (standard = 'x4', version) => {
    const made = await impose(
      await source({
        ...{ size: CARD, grounds: [CREAM, SKY], standard, cut: true, veiled: standard === 'x4' },
      }),
    );
    const { path, pdf } = made;
    expect(await qpdfCheck(path)).toMatchObject({ ok: true });
    const info = await judge('mutool', 'show', path, 'trailer/Info');
    expect(info).toContain(version);
    expect(await pdfFonts(path)).toEqual([]);
    const { pages, boxes } = await pdfBoxes(path, 2);
    expect(pages).toBe(2);
    const box = (x: number, y: number, right: number, bottom: number) =>
      [x, A4.height - bottom, right, A4.height - y].map((mm) => Number(mmToPt(mm).toFixed(2)));
    expect(boxes.MediaBox).toEqual(box(0, 0, 210, 297));
    expect(boxes.TrimBox).toEqual(box(11, 29.5, 199, 267.5));
    expect(boxes.BleedBox).toEqual(box(8, 26.5, 202, 270.5));
    const report = await preflight(pdf, {
      profile: profileNamed(standard),
      expect: { cutSpots: ['CutContour'], pages: 2 },
      off: [],
    });
    expect(report.findings).toEqual([]);
    // The cut line is on its own plate around every copy, with nothing below it knocked out.
    const { spots, width } = await plates(path, { dpi: 127, middles: false });
    expect([...spots.keys()]).toEqual(['CutContour']);
    const inkAt = (x: number, y: number) =>
      spots.get('CutContour')![Math.floor(y * 5) * width + Math.floor(x * 5)]!;
    for (const { x, y } of made.sheets[0]!.placements) {
      expect(inkAt(x + 2, y + 27)).toBe(255);
      expect(inkAt(x + 45, y + 27)).toBe(0);
    }
    expect(await hasTransparency(path)).toBe(standard === 'x4');
    const layers = await judge('mutool', 'show', path, 'trailer/Root/OCProperties');
    if (standard === 'x4') expect(layers).toContain('/OCGs');
    else expect(layers.trim()).toBe('null');
  });

  test('veils and gradients look on the sheet as they do on the page, also turned', async () => {
    const size = { width: 100, height: 148 };
    const made = await source({ size, marks: 'none', veiled: true, shaded: true });
    const path = join(folder, 'page.pdf');
    await writeFile(path, made.pdf);
    const page = await plates(path, { dpi: 127 });
    const sheet = await impose(made);
    const whole = await plates(sheet.path, { dpi: 127 });
    const [first] = sheet.sheets[0]!.placements;
    const { x, y, rotated } = first!;
    expect(rotated).toBe(90);
    const at = (found: Plates, ink: 'C' | 'M' | 'Y' | 'K', mmX: number, mmY: number) =>
      found[ink][Math.floor(mmY * 5) * found.width + Math.floor(mmX * 5)]!;
    // The ground, the veil, and three places of the gradient.
    for (const [px, py] of [
      [60, 120],
      [20, 12],
      [25, 50],
      [50, 50],
      [75, 50],
    ] as const) {
      for (const ink of ['C', 'M', 'Y', 'K'] as const) {
        const [own, laid] = [at(page, ink, px + 3, py + 3), at(whole, ink, x + size.height - py, y + px)];
        expect(Math.abs(own - laid), `${ink} at ${px}, ${py}: ${own}, ${laid}`).toBeLessThan(4);
      }
    }
    expect(at(page, 'C', 23, 15)).toBeGreaterThan(at(page, 'C', 63, 123) + 50);
    expect(at(page, 'C', 28, 53)).toBeGreaterThan(at(page, 'C', 78, 53) + 100);
  });

  test('in sRGB it stays in sRGB, with marks and ruler in black', async () => {
    const { path } = await impose(await source({ size: CARD, grounds: [CREAM, SKY], standard: 'rgb' }));
    expect(await qpdfCheck(path)).toMatchObject({ ok: true });
    const steps = colouredSteps(await mutoolTrace(path));
    expect([...new Set(steps.map(({ colorspace }) => colorspace))].sort()).toEqual([
      'DeviceGray',
      'DeviceRGB',
    ]);
    const greys = steps.filter(({ colorspace }) => colorspace === 'DeviceGray');
    expect(greys.every(({ color: [v] }) => v === 0)).toBe(true);
    expect(greys.some(({ op }) => op === 'fill_path')).toBe(true);
  });

  test('marks are on every plate; ruler and slug on the black one alone', async () => {
    const { path } = await impose(card);
    const found = await plates(path, { dpi: 254, middles: false });
    const plate = (ink: Uint8Array): Plate => ({ ...black(found), ink });
    for (const ink of [found.C, found.M, found.Y, found.K]) {
      expect(runsAlong(plate(ink), 254, 'level', 24, [0, 100])).toHaveLength(1);
    }
    // Below the marks.
    const below = (ink: Uint8Array) => ink.subarray(2780 * found.width).reduce((sum, v) => sum + v, 0);
    expect([found.C, found.M, found.Y].map(below)).toEqual([0, 0, 0]);
    expect(below(found.K)).toBeGreaterThan(1e5);
  });

  test('the same order has the same bytes', async () => {
    const [first, second] = [await impose(card), await impose(card)];
    expect(Buffer.compare(first.pdf, second.pdf)).toBe(0);
    const other = await impose(card, { copies: 7 });
    expect(Buffer.compare(first.pdf, other.pdf)).not.toBe(0);
  });

  test('a file that does not go with its geometry is refused', async () => {
    const { pdf } = await source({ size: CARD });
    await expect(impose({ pdf, geometry: card.geometry })).rejects.toThrow(
      'The press file is damaged: it has 1 pages, the product 2',
    );
  });
});
