import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { PrintcatError } from '../../src/errors.ts';
import { formatOrigin } from '../../src/products/sourced.ts';
import { stepAndRepeat, turnEdges } from '../../src/sheets/grid.ts';
import { sheetOptions } from '../../src/sheets/options.ts';
import { findSheet, sheetSizes } from '../../src/sheets/sheet-sizes.ts';
import { flipOf, sidesOf } from '../../src/sheets/sides.ts';
import { type Size, sameEdges } from '../../src/units.ts';
import { flatCard } from '../products/flat.ts';

const errorOf = (work: () => unknown): PrintcatError => {
  try {
    work();
  } catch (error) {
    if (error instanceof PrintcatError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
};

describe('sheets', () => {
  test.each([
    ['a4', 210, 297, 5],
    ['A3', 297, 420, 5],
    ['b4', 257, 364, 5],
    ['JIS-B5', 182, 257, 5],
    ['sra3', 320, 450, 4],
    ['Letter', 215.9, 279.4, 5],
    ['legal', 215.9, 355.6, 5],
    ['ledger', 279.4, 431.8, 5],
    ['420x297', 420, 297, 5],
    ['13 × 19 in', 330.2, 482.6, 5],
  ])('%s is %d × %d mm and keeps %d mm free', (text, width, height, margin) => {
    const sheet = findSheet(text);
    expect(sheet.size.width).toBeCloseTo(width, 6);
    expect(sheet.size.height).toBeCloseTo(height, 6);
    expect(sheet.margin).toBe(margin);
    expect(findSheet(text, 0).margin).toBe(0);
  });

  test('every number has its source', () => {
    for (const { size, margin } of sheetSizes()) {
      expect(formatOrigin(size)).toMatch(/2026-\d\d$/);
      expect(formatOrigin(margin)).toContain("printcat's choice");
    }
  });

  test.each([
    ['a9', /Expected one of a4, a3, .* or WIDTHxHEIGHT in mm or in for --sheet but received a9/],
    ['13x19', /Expected 80 to 1500 mm each way/],
  ])('%s is refused', (text, message) => {
    const error = errorOf(() => findSheet(text));
    expect(error.message).toMatch(message);
    expect(error.exitCode).toBe(2);
  });
});

describe('step and repeat', () => {
  const card = (width: number, height: number, bleed = 3) => flatCard({ width, height }, { bleed });

  test.each([
    ['business cards with gutters', card(91, 55), 'a4', undefined, [2, 4, 0]],
    ['business cards, one cut between two', card(91, 55), 'a4', 0, [2, 5, 0]],
    ['cards without bleed need no gutter', card(91, 55, 0), 'a4', undefined, [2, 5, 0]],
    ['postcards lie', card(100, 148), 'a4', undefined, [1, 2, 90]],
    ['as many either way: upright', card(100, 100), 'a4', undefined, [1, 2, 0]],
    ['a slip-on cover on A3', card(400, 157), 'a3', undefined, [1, 1, 90]],
    ['and on A3 that lies', card(400, 157), '420x297', undefined, [1, 1, 0]],
    ['exactly up to the margins', card(200, 287, 0), 'a4', undefined, [1, 1, 0]],
  ] as const)('%s', (_, shape, sheet, gutter, [columns, rows, angle]) => {
    expect(stepAndRepeat(shape, findSheet(sheet), gutter)).toMatchObject({ columns, rows, angle });
  });

  test('the copies stand in the middle, both bleeds apart', () => {
    const { cells, trims, block } = stepAndRepeat(card(91, 55), findSheet('a4'));
    expect(cells[0]).toEqual({ x: 11, y: 29.5, width: 91, height: 55 });
    expect(cells[1]!.x - cells[0]!.x).toBe(97);
    expect(cells[2]!.y - cells[0]!.y).toBe(61);
    expect(trims).toEqual({ x: 11, y: 29.5, width: 188, height: 238 });
    expect(block).toEqual({ x: 8, y: 26.5, width: 194, height: 244 });
  });

  test('uneven bleeds turn with the copy, and the block reaches as far on both sides', () => {
    const bleed = { top: 1, right: 2, bottom: 3, left: 4 };
    expect(turnEdges(bleed, 90)).toEqual({ top: 4, right: 1, bottom: 2, left: 3 });
    expect(turnEdges(bleed, 270)).toEqual({ top: 2, right: 3, bottom: 4, left: 1 });
    const { block, trims } = stepAndRepeat({ ...card(150, 40), bleed }, findSheet('a4'));
    expect(trims.x - block.x).toBe(4);
    expect(block.x + block.width - trims.x - trims.width).toBe(4);
    expect(trims.y - block.y).toBe(3);
  });

  test('what is too large is refused with the smallest sheet that holds it', () => {
    const error = errorOf(() => stepAndRepeat(card(297, 420), findSheet('a4')));
    expect(error.message).toBe(
      'Expected a sheet that holds 303 × 426 mm (the product with its bleed) inside its margins of 5 mm for --sheet but received A4 (210 × 297 mm)',
    );
    expect(error.hint).toBe('The smallest sheet that holds it is sra3, 320 × 450 mm.');
    expect(error.exitCode).toBe(2);
    const poster = errorOf(() => stepAndRepeat(card(594, 841), findSheet('sra3')));
    expect(poster.hint).toBe('No named sheet holds it; one of 608 × 855 mm does.');
    expect(stepAndRepeat(card(594, 841), findSheet('608x855', 4))).toMatchObject({ columns: 1, rows: 1 });
  });

  test('a page that fills the sheet to its edges is refused, and its bleed too', () => {
    expect(() => stepAndRepeat(card(210, 297, 0), findSheet('a4'))).toThrow(/Expected a sheet that holds/);
    expect(() => stepAndRepeat(card(195, 282), findSheet('a4'))).toThrow(/201 × 288 mm/);
  });
});

describe('sides', () => {
  const A4: Size = { width: 210, height: 297 };
  const product = (pages: number) => {
    const one = flatCard({ width: 91, height: 55 });
    return { ...one, pages: Array.from({ length: pages }, (_, index) => ({ ...one.pages[0]!, index })) };
  };
  const grid = stepAndRepeat(product(1), findSheet('a4'));
  const pagesOf = (pages: number, wish: Parameters<typeof sidesOf>[3]) =>
    sidesOf(product(pages), grid, A4, wish).map(
      ({ side, copies }) => `${side} ${copies.map(({ page }) => page + 1).join('')}`,
    );

  test('two pages are front and back, others are not', () => {
    expect([1, 2, 3].map((pages) => flipOf(product(pages), undefined))).toEqual(['none', 'long', 'none']);
    expect(flipOf(product(2), 'none')).toBe('none');
  });

  test('full sheets of every page, where no number is given', () => {
    expect(pagesOf(3, { flip: 'none' })).toEqual([
      'front 1111111111',
      'front 2222222222',
      'front 3333333333',
    ]);
    expect(pagesOf(2, { flip: 'long' })).toEqual(['front 1111111111', 'back 2222222222']);
  });

  test('so many copies of every page, sheet after sheet', () => {
    expect(pagesOf(1, { flip: 'none', copies: 13 })).toEqual(['front 1111111111', 'front 111']);
    expect(pagesOf(12, { flip: 'none', copies: 1 })).toEqual(['front 12345678910', 'front 1112']);
  });

  test('an odd page has an empty back', () => {
    expect(pagesOf(3, { flip: 'short', copies: 10 })).toEqual([
      'front 1111111111',
      'back 2222222222',
      'front 3333333333',
      'back ',
    ]);
  });
});

describe('options', () => {
  const options = z.object(sheetOptions);

  test('lengths are read with their units', () => {
    const { gutter, sheetMargin, ruler } = options.parse({ gutter: 0, sheetMargin: '0.25in' });
    expect([gutter, sheetMargin, ruler]).toEqual([0, 6.35, true]);
  });

  test.each([{ gutter: 'wide' }, { copies: 0 }, { copies: 1.5 }, { flip: 'up' }, { sheetMargin: -1 }])(
    '%j is refused',
    (given) => expect(options.safeParse(given).success).toBe(false),
  );
});

test('equal edges stay equal however they are turned', () => {
  for (const angle of [0, 90, 180, 270] as const)
    expect(turnEdges(sameEdges(3), angle)).toEqual(sameEdges(3));
});
