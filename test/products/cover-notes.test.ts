import { describe, expect, test } from 'vitest';
import { bookCoverGeometry, bookCoverSummary } from './covers.ts';

type Order = Parameters<typeof bookCoverGeometry>[0];
const notes = (order: Order, level: 'info' | 'warning') =>
  bookCoverGeometry(order)
    .notes.filter((note) => note.level === level)
    .map(({ text }) => text);

/** A KDP order in which everything is said and every number is published. */
const plain: Order = { printer: 'kdp', size: '6x9', pages: 200, paper: 'white' };

test('an order without doubts has no notes', () => {
  expect(bookCoverGeometry(plain).notes).toEqual([]);
});

describe('unverified numbers', () => {
  test("IngramSpark's ink limit and page limit for type are named as unverified", () => {
    const warnings = notes({ printer: 'ingram', size: '6x9', pages: 200, spine: 12 }, 'warning');
    expect(warnings).toEqual([
      'spine.textFrom = 48 pages is unverified (recalled; no IngramSpark page read); --override spine.textFrom=… replaces it.',
      'file.tac = 240 % is unverified (recalled; no IngramSpark page read); --override file.tac=… replaces it.',
    ]);
  });

  test("the order's own number ends the warning and is shown in place of the printer's", () => {
    const order: Order = {
      printer: 'ingram',
      size: '6x9',
      pages: 200,
      spine: 12,
      override: ['file.tac=240', 'spine.textFrom=48'],
    };
    expect(notes(order, 'warning')).toEqual([]);
    expect(notes(order, 'info')[1]).toMatch(
      /^file.tac = 240 % as given, in place of 240 % \(recalled.*; UNVERIFIED\)\.$/,
    );
  });

  test("a paper's thickness counts only where it makes the spine", () => {
    const order: Order = { printer: 'jp', size: 'a5', pages: 200, paper: 'joshitsu110' };
    expect(notes(order, 'warning').join()).toContain('paper joshitsu110 = 0.15 mm/leaf is unverified');
    expect(notes({ ...order, spine: 15 }, 'warning').join()).not.toContain('joshitsu110');
  });
});

test('上質90 differs by printer: the span is given in mm', () => {
  expect(notes({ printer: 'jp', size: 'a6', pages: 200, paper: 'joshitsu90' }, 'warning').join()).toContain(
    'a spine of 12 mm to 13 mm',
  );
});

test('a paper that was not chosen is named', () => {
  const { paper: _, ...order } = plain;
  expect(notes(order, 'warning')).toEqual([
    'No paper was given: the spine is for black and white on white (white), Amazon KDP, paperback.',
  ]);
});

test('a format that printers understand differently is named', () => {
  expect(notes({ printer: 'jp', size: '新書', spine: 10 }, 'warning').join()).toContain(
    '新書 is 107 mm × 175 mm here and 110 mm × 173 mm at other printers',
  );
});

test('a format that the printer does not make is named', () => {
  expect(notes({ ...plain, size: 'a6' }, 'warning').join()).toContain(
    "105 mm × 148 mm lies outside Amazon KDP, paperback's sizes",
  );
  expect(notes({ printer: 'lulu', size: 'a6', pages: 200, paper: '060UW444' }, 'warning').join()).toContain(
    '105 mm × 148 mm is not among the formats of Lulu',
  );
  // Lulu lists A5 as 5.83 × 8.27 in: 148.08 × 210.06 mm.
  expect(notes({ printer: 'lulu', size: 'a5', pages: 200, paper: '060UW444' }, 'warning')).toEqual([]);
  expect(notes({ printer: 'lulu', size: '5.83x8.27in', pages: 200, paper: '060UW444' }, 'warning')).toEqual(
    [],
  );
});

test('a spine without type says why', () => {
  expect(notes({ ...plain, pages: 78 }, 'info')[0]).toMatch(
    /^No type on the spine: Amazon KDP, paperback allows it from 80 pages \(KDP help/,
  );
  expect(notes({ printer: 'jp', size: 'a6', spine: 2.5 }, 'info')[0]).toMatch(
    /^No type on the spine: it is 2.5 mm wide/,
  );
  expect(notes({ printer: 'lulu', size: '6x9', pages: 82, paper: '060UW444' }, 'info')[0]).toMatch(
    /0.125 in \(3.175 mm\) on each side leaves no room for it\.$/,
  );
});

test('pages that were rounded up, and pages that are unknown', () => {
  expect(notes({ ...plain, pages: 199 }, 'info')).toEqual([
    '199 pages are bound as 200: a leaf has two pages.',
  ]);
  expect(notes({ printer: 'kdp', size: '6x9', spine: 12 }, 'warning')).toEqual([
    'Without --pages it is not known whether Amazon KDP, paperback allows type on the spine (from 80 pages).',
  ]);
});

test('the summary has what a printer asks for, with sources', () => {
  const rows = bookCoverSummary({ printer: 'lulu', size: '6x9', pages: 210, paper: '060UW444' });
  const row = (label: string) => rows.find((r) => r.label === label);
  expect(row('spine')).toEqual({
    label: 'spine',
    value: '13.54 mm',
    source: expect.stringMatching(
      /^210 pages ÷ 444 pages\/in \+ 0.06 in, 60# uncoated white; Lulu .*; provider's page, 2026-11$/,
    ),
  });
  expect(row('cover with bleed')?.value).toBe('324.69 mm × 234.95 mm');
  expect(row('page')?.value).toBe('324.69 mm × 234.95 mm');
  expect(row('bleed')?.value).toBe('0.125 in (3.175 mm)');
  expect(row('marks')?.value).toBe('none');
});
