import { describe, expect, test } from 'vitest';
import { cropMarks, type Line, type MarkKind } from '../../src/press/marks.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { type Box, sameEdges } from '../../src/units.ts';
import { bookCoverGeometry } from '../products/covers.ts';

/** A5, bound on the left, spine 15: trim 311 × 210, 15 mm inside the sheet; bleed 12 mm inside it. */
const tombo = bookCoverGeometry({ printer: 'jp', size: 'a5', spine: 15 });
const western = bookCoverGeometry({
  printer: 'kdp',
  size: '6x9',
  spine: 20,
  override: ['marks=western', 'slug=8mm', 'bleed=3mm'],
});

const ofKind = (lines: readonly Line[], kind: MarkKind) => lines.filter((line) => line.kind === kind);
const plain = ({ x1, y1, x2, y2 }: Line) => [x1, y1, x2, y2];

/** Whether any inner point of the line lies inside the box; touching its edge is not inside. */
function enters(line: Line, box: Box): boolean {
  const overlap = (a1: number, a2: number, b1: number, b2: number) =>
    Math.max(Math.min(a1, a2), b1) < Math.min(Math.max(a1, a2), b2) - 1e-9 ||
    (a1 === a2 && a1 > b1 + 1e-9 && a1 < b2 - 1e-9);
  return (
    overlap(line.x1, line.x2, box.x, box.x + box.width) &&
    overlap(line.y1, line.y2, box.y, box.y + box.height)
  );
}

test('no marks where the printer forbids them', () => {
  const lulu = bookCoverGeometry({ printer: 'lulu', size: '6x9', pages: 210, paper: '060UW444' });
  expect(cropMarks(lulu, lulu.pages[0]!)).toEqual([]);
});

describe.each([
  ['tombo', tombo],
  ['western', western],
  ['tombo on a narrow spine', bookCoverGeometry({ printer: 'jp', size: 'a6', spine: 2, binding: 'right' })],
  ['uneven bleed', { ...tombo, bleed: { top: 3, right: 5, bottom: 4, left: 0 }, slug: sameEdges(11) }],
])('%s', (_, geometry) => {
  const { media, bleed } = pageBoxes(geometry);
  const lines = cropMarks(geometry, geometry.pages[0]!);

  test('no mark enters the bleed box', () => {
    expect(lines.filter((line) => enters(line, bleed))).toEqual([]);
  });

  test('every mark lies on the sheet and has a length', () => {
    for (const { x1, y1, x2, y2 } of lines) {
      expect(Math.min(x1, x2, y1, y2)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x1, x2)).toBeLessThanOrEqual(media.width);
      expect(Math.max(y1, y2)).toBeLessThanOrEqual(media.height);
      expect(Math.hypot(x2 - x1, y2 - y1)).toBeGreaterThan(3);
    }
  });

  test('every mark is level or upright', () => {
    for (const { x1, y1, x2, y2 } of lines) expect(x1 === x2 || y1 === y2).toBe(true);
  });
});

describe('western', () => {
  const lines = cropMarks(western, western.pages[0]!);

  test('one pair of lines a corner, on the trim, 1 mm off the bleed', () => {
    const { trim, bleed } = pageBoxes(western);
    expect(lines.map(({ kind }) => kind).sort()).toEqual([
      ...Array(4).fill('fold'),
      ...Array(8).fill('trim'),
    ]);
    const upright = ofKind(lines, 'trim').filter(({ x1, x2 }) => x1 === x2);
    expect([...new Set(upright.map(({ x1 }) => x1))]).toEqual([trim.x, trim.x + trim.width]);
    expect(plain(upright[0]!)).toEqual([trim.x, bleed.y - 6, trim.x, bleed.y - 1]);
    const level = ofKind(lines, 'trim').filter(({ y1, y2 }) => y1 === y2);
    expect([...new Set(level.map(({ y1 }) => y1))]).toEqual([trim.y, trim.y + trim.height]);
  });

  test('a tick above and below each edge of the spine', () => {
    expect(ofKind(lines, 'fold').map(({ x1 }) => Number((x1 - 11).toFixed(6)))).toEqual([
      152.4, 152.4, 172.4, 172.4,
    ]);
  });
});

describe('トンボ', () => {
  const lines = cropMarks(tombo, tombo.pages[0]!);

  test('double corner marks 3 mm apart: the inner ones on the trim, the outer ones on the bleed', () => {
    const xs = (kind: MarkKind) => [
      ...new Set(
        ofKind(lines, kind)
          .filter(({ x1, x2 }) => x1 === x2)
          .map(({ x1 }) => x1),
      ),
    ];
    const ys = (kind: MarkKind) => [
      ...new Set(
        ofKind(lines, kind)
          .filter(({ y1, y2 }) => y1 === y2)
          .map(({ y1 }) => y1),
      ),
    ];
    expect([xs('trim'), ys('trim')]).toEqual([
      [15, 326],
      [15, 225],
    ]);
    expect([xs('bleed'), ys('bleed')]).toEqual([
      [12, 329],
      [12, 228],
    ]);
    expect(ofKind(lines, 'trim')).toHaveLength(8);
    expect(ofKind(lines, 'bleed')).toHaveLength(8);
    expect(ofKind(lines, 'trim').map(plain)).toContainEqual([15, 2, 15, 12]);
    expect(ofKind(lines, 'bleed').map(plain)).toContainEqual([2, 12, 12, 12]);
  });

  test('a cross at the middle of each side', () => {
    expect(ofKind(lines, 'centre').map(plain)).toEqual([
      [170.5, 2, 170.5, 12],
      [170.5, 228, 170.5, 238],
      [2, 120, 12, 120],
      [329, 120, 339, 120],
      [165.5, 5, 175.5, 5],
      [165.5, 235, 175.5, 235],
      [5, 115, 5, 125],
      [336, 115, 336, 125],
    ]);
  });

  test('ticks at both edges of the spine, clear of the cross’s bar', () => {
    expect(ofKind(lines, 'fold').map(plain)).toEqual([
      [163, 7, 163, 12],
      [163, 228, 163, 233],
      [178, 7, 178, 12],
      [178, 228, 178, 233],
    ]);
  });
});
