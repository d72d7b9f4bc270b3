import { describe, expect, test } from 'vitest';
import { pageBoxes } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import { printersOf, readPrinter } from '../../src/products/printer.ts';
import { mmToInch } from '../../src/units.ts';
import { foldsOf, geometryOf, panelNames, panelOf, warningsOf } from './covers.ts';

const KDP = { printer: 'kdp-hardcover', size: '6x9', pages: 200, spine: 20.24 };
const caseWrap = (order: Readonly<Record<string, unknown>>) => geometryOf('case-wrap', order);

test('only printers of hardcovers make it, with numbers of their own', () => {
  expect(printersOf('case-wrap', 'covers')).toEqual(['jp-hardcover', 'kdp-hardcover', 'lulu-hardcover']);
  expect(printersOf('book-cover', 'covers')).toEqual(['ingram', 'jp', 'kdp', 'lulu']);
});

describe('KDP', () => {
  test('the page of the file includes the wrap: 36 mm higher than the book, as the published sizes are', () => {
    const geometry = caseWrap(KDP);
    const { media, bleed, trim } = pageBoxes(geometry);
    expect(media.height).toBeCloseTo(228.6 + 36, 6);
    expect(media.width).toBeCloseTo(2 * 152.4 + 20.24 + 36, 6);
    expect(bleed).toEqual({ x: 0, y: 0, ...media });
    expect(mmToInch(trim.x)).toBeCloseTo(0.51, 9);
    expect(mmToInch(geometry.bleed.bottom)).toBeCloseTo(0.51, 9);
    expect(geometry.marks).toBe('none');
  });

  test("a file that is not what KDP's published sizes fit is said, one that is passes", () => {
    // 2 × 152.4 + 200 × 0.002252 in + 44.8 = 361.04
    const advice = (spine: number) => warningsOf(caseWrap({ ...KDP, spine })).filter((t) => /fit/.test(t));
    expect(advice(20.24)).toEqual([]);
    expect(advice(11.4)).toEqual([
      expect.stringMatching(/^The file is 352\.2 mm wide; .* = 361\.04 mm \(a third party's sum/),
    ]);
    expect(
      warningsOf(caseWrap({ ...KDP, spine: 11.4, pages: undefined })).filter((t) => /fit/.test(t)),
    ).toEqual([]);
  });

  test('type keeps 0.635 in from the edges and from the hinge, which is 0.4 in', () => {
    const geometry = caseWrap(KDP);
    const front = panelOf(geometry, 'front');
    const { 'front-spine': spine, 'front-hinge': hinge } = foldsOf(geometry);
    expect(mmToInch(hinge! - spine!)).toBeCloseTo(0.4, 9);
    expect(mmToInch(front.safe.x - hinge!)).toBeCloseTo(0.635, 9);
    expect(mmToInch(front.box.x + front.box.width - front.safe.x - front.safe.width)).toBeCloseTo(0.635, 9);
    expect(mmToInch(front.safe.y)).toBeCloseTo(0.635, 9);
  });

  test.each(['left', 'right'] as const)('bound on the %s, the barcode lies on the back', (binding) => {
    const geometry = caseWrap({ ...KDP, binding });
    const { box } = geometry.pages[0]!.keepClear[0]!;
    expect([mmToInch(box.width), mmToInch(box.height)].map((v) => v.toFixed(3))).toEqual(['2.000', '1.200']);
    const hinge = foldsOf(geometry)['back-hinge']!;
    const fromHinge = binding === 'left' ? hinge - box.x - box.width : box.x - hinge;
    expect(mmToInch(fromHinge)).toBeCloseTo(0.25, 9);
    expect(mmToInch(geometry.trim.height - box.y - box.height)).toBeCloseTo(0.76, 9);
  });

  test('75 to 550 pages, and no formula for the spine', () => {
    expect(() => caseWrap({ ...KDP, pages: 75 })).not.toThrow();
    expect(() => caseWrap({ ...KDP, pages: 550 })).not.toThrow();
    expect(() => caseWrap({ ...KDP, pages: 74 })).toThrow('Expected 75 to 550 for --pages');
    expect(() => caseWrap({ ...KDP, pages: 551 })).toThrow('Expected 75 to 550 for --pages');
    expect(() => caseWrap({ ...KDP, spine: undefined })).toThrow(
      expect.objectContaining({
        message: 'Amazon KDP, hardcover publishes no formula for the spine: --spine is needed.',
        hint: expect.stringContaining("KDP's cover calculator"),
        exitCode: 2,
      }),
    );
  });
});

describe('Lulu', () => {
  test('0.75 in past the trim of the case, and type 0.5 in inside', () => {
    const geometry = caseWrap({ printer: 'lulu-hardcover', size: '6x9', spine: 15, pages: 200 });
    expect(mmToInch(geometry.bleed.left)).toBeCloseTo(0.75, 9);
    expect(mmToInch(pageBoxes(geometry).media.height)).toBeCloseTo(9.25 + 1.5, 9);
    expect(mmToInch(panelOf(geometry, 'back').safe.x)).toBeCloseTo(0.5, 9);
    expect(warningsOf(geometry).join('\n')).toMatch(/overhang = 0\.125 in .* is unverified .*calculator/);
  });

  test('without a spine it says where the steps are', () => {
    expect(() => caseWrap({ printer: 'lulu-hardcover', size: '6x9', pages: 200 })).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(
          /table of hardcover spines.*24 to 84 pages are 0\.25 in, 800 are 2\.125 in/,
        ),
      }),
    );
    expect(() => caseWrap({ printer: 'lulu-hardcover', size: '6x9', pages: 801, spine: 54 })).toThrow(
      'Expected 24 to 800',
    );
  });
});

describe('in Japan', () => {
  const order = { printer: 'jp-hardcover', size: 'a5', spine: 20 };

  test('boards stand out beyond the pages, the page is what is wrapped', () => {
    const geometry = caseWrap(order);
    expect(geometry.trim).toEqual({ width: 2 * 151 + 20, height: 216 });
    expect(pageBoxes(geometry).media).toEqual({ width: 322 + 36, height: 252 });
    expect(geometry.format).toEqual({ width: 151, height: 216 });
  });

  test('every number that nobody published is said, until the order says it', () => {
    const unverified = (order_: object) => warningsOf(caseWrap({ ...order, ...order_ }));
    expect(unverified({}).map((text) => text.split(' ')[0])).toEqual([
      'bleed',
      'numbers.overhang',
      'numbers.hinge',
      'spine.clear',
    ]);
    const override = ['bleed=20mm', 'numbers.overhang=2.5mm', 'numbers.hinge=9mm', 'spine.clear=1mm'];
    expect(unverified({ override })).toEqual([]);
    expect(caseWrap({ ...order, override }).trim).toEqual({ width: 2 * 150.5 + 20, height: 215 });
  });

  test('the spine is never that of a paperback of as many pages', () => {
    expect(() => caseWrap({ ...order, spine: undefined, pages: 200 })).toThrow('--spine is needed');
  });
});

test('bound on the right, the front with its hinge is on the left', () => {
  const order = { size: 'a5', spine: 20 };
  const left = caseWrap(order);
  const right = caseWrap({ ...order, binding: 'right' });
  expect(panelNames(left)).toEqual(['back', 'spine', 'front']);
  expect(panelNames(right)).toEqual(['front', 'spine', 'back']);
  expect(foldsOf(left)).toEqual({
    'back-hinge': 143,
    'back-spine': 151,
    'front-spine': 171,
    'front-hinge': 179,
  });
  expect(foldsOf(right)).toEqual({
    'front-hinge': 143,
    'front-spine': 151,
    'back-spine': 171,
    'back-hinge': 179,
  });
  expect(panelOf(right, 'front').safe).toEqual({ x: 3, y: 3, width: 151 - 3 - 3 - 8, height: 210 });
  expect(panelOf(left, 'front').safe.x).toBe(171 + 8 + 3);
  // The wrap is turned in on the outer sides alone.
  expect(panelOf(right, 'front').bleed).toEqual({ top: 18, right: 0, bottom: 18, left: 18 });
});

test('the summary calls the page what is sent', () => {
  const rows = findProduct('case-wrap').summary(KDP);
  const row = (label: string) => rows.find((r) => r.label === label)?.value;
  expect(row('cover, trimmed')).toBe('335.13 mm × 238.69 mm');
  expect(row('page')).toBe('361.04 mm × 264.6 mm');
  expect(row('bleed')).toBe('0.51 in (12.954 mm)');
});

test('a number that contradicts itself where it was published says so', () => {
  expect(readPrinter('kdp-hardcover').bleed.source).toContain('0.51 in is 12.95 mm');
});
