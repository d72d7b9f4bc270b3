import { describe, expect, test } from 'vitest';
import { type Geometry, pageBoxes } from '../../src/products/geometry.ts';
import { mmToPt, mmToPx } from '../../src/units.ts';
import { bookCoverGeometry } from './covers.ts';

const panel = (geometry: Geometry, name: string) => geometry.pages[0]!.panels.find((p) => p.name === name)!;
const mediaPt = (geometry: Geometry) => {
  const { media } = pageBoxes(geometry);
  return { width: mmToPt(media.width), height: mmToPt(media.height) };
};

describe('Lulu', () => {
  test('6×9, 060UW444, 210 pages is the published 920 × 666 pt', () => {
    const { width, height } = mediaPt(
      bookCoverGeometry({ printer: 'lulu', size: '6x9', pages: 210, paper: '060UW444' }),
    );
    expect(width).toBeCloseTo(920.37, 2);
    expect(Math.round(width)).toBe(920);
    expect(height).toBeCloseTo(666, 9);
  });

  test('460-ppi stock is pages/460 + 0.06 in', () => {
    const { spine } = bookCoverGeometry({ printer: 'lulu', size: '6x9', pages: 230, paper: '070CW460' });
    expect(spine!.value).toBeCloseTo(0.56 * 25.4, 9);
    expect(spine!.source).toContain('230 pages ÷ 460 pages/in + 0.06 in');
  });

  test('no type on the spine at 80 pages, type at 82', () => {
    const spine = (pages: number) =>
      panel(
        bookCoverGeometry({ printer: 'lulu', size: 'a5', pages, override: ['spine.clear=1mm'] }),
        'spine',
      );
    expect(spine(80).text).toBe(false);
    expect(spine(82).text).toBe(true);
  });

  test('no type where 0.125 in on each side leave no room, whatever the pages', () => {
    const spine = panel(bookCoverGeometry({ printer: 'lulu', size: 'a5', pages: 82 }), 'spine');
    expect(spine.box.width).toBeLessThan(6.35);
    expect(spine.text).toBe(false);
    expect(spine.safe.width).toBeCloseTo(0, 9);
  });
});

describe('KDP', () => {
  test.each([
    ['white', 200, 0.4504],
    ['cream', 200, 0.5],
    ['standard-color', 200, 0.4504],
    ['premium-color', 200, 0.4694],
    ['groundwood', 200, 0.47],
  ])('%s, %d pages: a spine of %d in, and no 0.06 in', (paper, pages, inches) => {
    const { spine } = bookCoverGeometry({ printer: 'kdp', size: '6x9', pages, paper });
    expect(spine!.value).toBeCloseTo(inches * 25.4, 9);
  });

  test("its own calculator's 6×9, white, 410 pages: 334.6 × 234.95 mm, spine 23.45 mm, of which 20.28 safe", () => {
    const geometry = bookCoverGeometry({ printer: 'kdp', size: '6x9', pages: 410, paper: 'white' });
    const { media } = pageBoxes(geometry);
    expect(media.width).toBeCloseTo(334.6, 2);
    expect(media.height).toBeCloseTo(234.95, 9);
    expect(geometry.spine!.value).toBeCloseTo(23.45, 2);
    expect(panel(geometry, 'spine').safe.width).toBeCloseTo(20.28, 2);
  });

  test('no marks: the page is the bleed box exactly', () => {
    const geometry = bookCoverGeometry({ printer: 'kdp', size: '5.5x8.5', pages: 300, paper: 'cream' });
    const { media, bleed, trim } = pageBoxes(geometry);
    expect(geometry.marks).toBe('none');
    expect(bleed).toEqual({ x: 0, y: 0, ...media });
    expect(trim.x).toBeCloseTo(3.175, 9);
    expect(trim.width).toBeCloseTo(2 * 139.7 + 300 * 0.0025 * 25.4, 9);
  });

  test('type on the spine from 80 pages', () => {
    const text = (pages: number) =>
      panel(bookCoverGeometry({ printer: 'kdp', size: '6x9', pages, paper: 'white' }), 'spine').text;
    expect([text(78), text(79), text(80)]).toEqual([false, true, true]);
  });

  test('the barcode area lies at the foot of the back beside the spine', () => {
    const left = bookCoverGeometry({ printer: 'kdp', size: '6x9', pages: 200, paper: 'white' });
    const [area] = left.pages[0]!.keepClear;
    expect(area!.name).toBe('barcode');
    expect(area!.box.width).toBeCloseTo(50.8, 9);
    expect(area!.box.height).toBeCloseTo(30.48, 9);
    expect(area!.box.x + area!.box.width).toBeCloseTo(152.4 - 6.35, 9);
    expect(area!.box.y + area!.box.height).toBeCloseTo(228.6 - 6.35, 9);
    const right = bookCoverGeometry({
      printer: 'kdp',
      size: '6x9',
      pages: 200,
      paper: 'white',
      binding: 'right',
    });
    expect(right.pages[0]!.keepClear[0]!.box.x).toBeCloseTo(panel(right, 'back').box.x + 6.35, 9);
  });
});

describe('Japanese printers', () => {
  test('上質90 at 200 pages spans 12 to 13 mm by printer', () => {
    const spine = (paper: string) => bookCoverGeometry({ printer: 'jp', pages: 200, paper }).spine!.value;
    expect(spine('joshitsu90@marusho-ink')).toBeCloseTo(12, 9);
    expect(spine('上質90')).toBeCloseTo(12.5, 9);
    expect(spine('joshitsu90@insatsushop')).toBeCloseTo(13, 9);
  });

  test("a printer's two covers are added when the order says so", () => {
    const geometry = bookCoverGeometry({
      printer: 'jp',
      pages: 200,
      paper: 'joshitsu90@insatsushop',
      override: ['spine.extra=0.44mm'],
    });
    expect(geometry.spine!.value).toBeCloseTo(13.44, 9);
  });

  test.each([
    ['文庫', 108, 154],
    ['b6', 131, 188],
    ['a5', 151, 216],
    ['b5', 185, 263],
    ['a4', 213, 303],
  ])('%s: pixivFACTORY asks for %d + spine + %d mm with bleed', (size, side, height) => {
    const geometry = bookCoverGeometry({ printer: 'jp', size, spine: 10 });
    const { bleed } = pageBoxes(geometry);
    expect(bleed.width).toBeCloseTo(side + 10 + side, 9);
    expect(bleed.height).toBeCloseTo(height, 9);
  });

  test('boxes with トンボ: bleed 12 mm inside the sheet, trim 3 mm inside the bleed', () => {
    const geometry = bookCoverGeometry({ printer: 'jp', size: 'a6', pages: 240, paper: 'kinmari72.5' });
    const { media, bleed, trim } = pageBoxes(geometry);
    expect(geometry.marks).toBe('tombo');
    expect(trim).toEqual({ x: 15, y: 15, width: 222, height: 148 });
    expect(bleed).toEqual({ x: 12, y: 12, width: 228, height: 154 });
    expect(media).toEqual({ width: 252, height: 178 });
    expect(mmToPx(bleed.height, 350)).toBe(2123);
  });
});

describe('panels', () => {
  const order = { printer: 'jp', size: 'a5', spine: 15 };

  test('bound on the left: back, spine, front, with bleed on the outer sides only', () => {
    const geometry = bookCoverGeometry(order);
    expect(geometry.binding).toBe('left');
    expect(geometry.pages[0]!.panels).toEqual([
      {
        name: 'back',
        box: { x: 0, y: 0, width: 148, height: 210 },
        bleed: { top: 3, right: 0, bottom: 3, left: 3 },
        safe: { x: 3, y: 3, width: 142, height: 204 },
        text: true,
      },
      {
        name: 'spine',
        box: { x: 148, y: 0, width: 15, height: 210 },
        bleed: { top: 3, right: 0, bottom: 3, left: 0 },
        safe: { x: 149, y: 3, width: 13, height: 204 },
        text: true,
      },
      {
        name: 'front',
        box: { x: 163, y: 0, width: 148, height: 210 },
        bleed: { top: 3, right: 3, bottom: 3, left: 0 },
        safe: { x: 166, y: 3, width: 142, height: 204 },
        text: true,
      },
    ]);
    expect(geometry.pages[0]!.folds).toEqual([
      { name: 'back-spine', line: 'upright', at: 148 },
      { name: 'front-spine', line: 'upright', at: 163 },
    ]);
    expect(geometry.trim).toEqual({ width: 311, height: 210 });
  });

  test('bound on the right (右綴じ): the front is on the left', () => {
    const geometry = bookCoverGeometry({ ...order, binding: 'right' });
    expect(geometry.pages[0]!.panels.map(({ name }) => name)).toEqual(['front', 'spine', 'back']);
    expect(panel(geometry, 'front').box.x).toBe(0);
    expect(panel(geometry, 'front').bleed).toEqual({ top: 3, right: 0, bottom: 3, left: 3 });
    expect(panel(geometry, 'back').box.x).toBe(163);
    expect(geometry.pages[0]!.folds.map(({ name }) => name)).toEqual(['front-spine', 'back-spine']);
  });

  test('a spine of 3 mm or less carries no type', () => {
    const text = (spine: number) => panel(bookCoverGeometry({ ...order, spine }), 'spine').text;
    expect([text(3), text(3.1)]).toEqual([false, true]);
  });
});

test('a width given by the user wins over the formula', () => {
  const { spine } = bookCoverGeometry({
    printer: 'kdp',
    size: '6x9',
    pages: 200,
    paper: 'white',
    spine: 12.3,
  });
  expect(spine).toEqual({ value: 12.3, unit: 'mm', authority: 'user', source: 'given in the order' });
});

test('the spine says how it was computed and who says so', () => {
  const { spine } = bookCoverGeometry({ printer: 'kdp', size: '6x9', pages: 210, paper: 'cream' });
  expect(spine).toMatchObject({ unit: 'mm', authority: 'quoted', retrieved: '2026-08' });
  expect(spine!.source).toMatch(/^210 pages × 0.0025 in, black and white on cream; KDP help/);
});

test('an odd page count is bound as the next even one', () => {
  const odd = bookCoverGeometry({ printer: 'kdp', size: '6x9', pages: 199, paper: 'cream' });
  expect(odd.spine!.value).toBeCloseTo(12.7, 9);
});

test.each([
  ['kdp', 'white', 24],
  ['kdp', 'white', 828],
  ['kdp', 'standard-color', 72],
  ['lulu', '060UW444', 32],
  ['lulu', '060UW444', 800],
])('%s binds %s of %d pages', (printer, paper, pages) => {
  expect(() => bookCoverGeometry({ printer, size: '6x9', pages, paper })).not.toThrow();
});

describe('what cannot be made', () => {
  test.each([
    [
      { printer: 'kdp', size: '6x9', pages: 829, paper: 'white' },
      'Expected 24 to 828 for --pages (Amazon KDP, paperback, white) but received 829',
    ],
    [{ printer: 'kdp', size: '6x9', pages: 23, paper: 'white' }, 'Expected 24 to 828 for --pages'],
    [{ printer: 'kdp', size: '6x9', pages: 70, paper: 'standard-color' }, 'Expected 72 to 600 for --pages'],
    [
      { printer: 'lulu', size: '6x9', pages: 801 },
      'Expected 32 to 800 for --pages (Lulu, perfect-bound paperback, 060UW444) but received 801',
    ],
    [{ printer: 'ingram', size: '6x9', pages: 17, spine: 5 }, 'Expected 18 to 1200 for --pages'],
    [
      { printer: 'kdp', size: '6x9', pages: 200, paper: 'silk' },
      'Expected one of white, cream, standard-color, premium-color, groundwood for --paper (Amazon KDP, paperback) but received silk',
    ],
    [{ printer: 'kdp', size: '6x9' }, 'Expected --pages or --spine'],
    [
      { printer: 'ingram', size: '6x9', pages: 200 },
      'IngramSpark, perfect-bound paperback publishes no formula for the spine: --spine is needed.',
    ],
    [{ printer: 'ingram', size: '6x9' }, '--spine is needed'],
    [{ printer: 'jp', size: 'a6', spine: 0 }, 'Expected a spine of more than 0 mm but received 0'],
    [{ printer: 'jp', size: 'a6', spine: 101 }, 'Expected a spine of at most 100 mm but it is 101 mm'],
    [{ printer: 'jp', size: 'a6', pages: 20000 }, 'Expected a spine of at most 100 mm'],
    [{ printer: 'jp', size: 'letter', spine: 9 }, 'for --size but received letter'],
    [{ printer: 'blurb', size: 'a6', spine: 9 }, 'for --printer but received blurb'],
    [
      { printer: 'jp', size: 'a6', spine: 9, override: ['safe=60mm'] },
      'A safe margin of 60 mm leaves nothing of the back, 105 mm × 148 mm.',
    ],
    [
      { printer: 'kdp', size: '6x9', spine: 9, override: ['marks=western'] },
      'Expected a slug of at least 6 mm for western marks but it is 0 mm.',
    ],
  ])('%j', (order, message) => {
    expect(() => bookCoverGeometry(order as Parameters<typeof bookCoverGeometry>[0])).toThrow(
      expect.objectContaining({
        name: 'PrintcatError',
        exitCode: 2,
        message: expect.stringContaining(message),
      }),
    );
  });
});
