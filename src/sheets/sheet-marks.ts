import type { PageDesign } from '../products/geometry.ts';
import type { Box } from '../units.ts';
import { type Grid, printable } from './grid.ts';
import type { Sheet } from './sheet-sizes.ts';
import type { Copy, Point, Side } from './sides.ts';

/** A mark, mm from the sheet's top left corner. */
export interface SheetMark {
  readonly kind: 'cut' | 'fold';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export type SideName = 'top' | 'right' | 'bottom' | 'left';
const SIDE_NAMES = ['top', 'right', 'bottom', 'left'] as const satisfies readonly SideName[];

/** The paper between the bleeds and what the printer does not reach, on one side of the sheet. */
export interface Band {
  /** mm outwards from the bleeds. */
  readonly free: number;
  /** Where marks begin, mm from the bleeds: off them, so that a slipped cut shows no line. */
  readonly from: number;
  /** Where they end; equal to `from` where there is no room for them. */
  readonly to: number;
}

/** As press/marks.ts has it for western marks. */
const GAP = 1;
const LONGEST = 5.5;
/** Marks shorter than this are of no use, mm. */
const SHORTEST = 1;
/** So much do marks leave to the ruler before they get longer than `ENOUGH`, mm. */
const FOR_THE_RULER = 3;
const ENOUGH = 3;

/** The bands on the four sides of a sheet. */
export function bandsOf(grid: Pick<Grid, 'block'>, sheet: Sheet): Record<SideName, Band> {
  const area = printable(sheet);
  const { block } = grid;
  const band = (free: number): Band => {
    const from = Math.min(GAP, free / 4);
    const to = Math.min(free, Math.max(ENOUGH, Math.min(LONGEST, free - FOR_THE_RULER)));
    return { free, from, to: to - from < SHORTEST ? from : to };
  };
  return {
    top: band(block.y - area.y),
    right: band(area.x + area.width - block.x - block.width),
    bottom: band(area.y + area.height - block.y - block.height),
    left: band(block.x - area.x),
  };
}

/** The places of lines, each once, in order, mm. */
const once = (places: readonly number[]): number[] =>
  [...places].sort((a, b) => a - b).filter((at, i, all) => i === 0 || at - all[i - 1]! > 1e-6);

/** Where cuts run: the trim edges of columns and rows, mm from the sheet's top left corner. */
const cutsOf = (trims: readonly Box[]) => ({
  upright: once(trims.flatMap(({ x, width }) => [x, x + width])),
  level: once(trims.flatMap(({ y, height }) => [y, y + height])),
});

/** Where a page's folds run on the sheet, mm from the sheet's top left corner. */
function foldsOf({ trim, angle }: Copy, { folds }: Pick<PageDesign, 'folds'>) {
  const upright: number[] = [];
  const level: number[] = [];
  for (const { line, at } of folds) {
    const isUpright = (line === 'upright') === (angle % 180 === 0);
    // Turned by 90° the page's left edge is on top, its top edge on the right; by 270° the other way round.
    const backwards = line === 'upright' ? angle === 180 || angle === 270 : angle === 90 || angle === 180;
    const [start, length] = isUpright ? [trim.x, trim.width] : [trim.y, trim.height];
    (isUpright ? upright : level).push(start + (backwards ? length - at : at));
  }
  return { upright, level };
}

/**
 * One set of marks for a side of a sheet: a line at both ends of every cut, a tick at both ends of every fold, all
 * outside of the bleeds and inside of what the printer reaches.
 */
export function sheetMarks(
  { places, copies }: Pick<Side, 'places' | 'copies'>,
  pages: readonly Pick<PageDesign, 'folds'>[],
  block: Box,
  bands: Readonly<Record<SideName, Band>>,
): SheetMark[] {
  const folds = copies.map((copy) => foldsOf(copy, pages[copy.page]!));
  const marks = (kind: SheetMark['kind'], upright: readonly number[], level: readonly number[]) =>
    SIDE_NAMES.flatMap((side) => {
      const { from, to } = bands[side];
      const lines = side === 'top' || side === 'bottom' ? upright : level;
      return to > from ? lines.map((at) => outwards(kind, side, at, block, from, to)) : [];
    });
  const cuts = cutsOf(places);
  return [
    ...marks('cut', cuts.upright, cuts.level),
    ...marks(
      'fold',
      once(folds.flatMap(({ upright }) => upright)),
      once(folds.flatMap(({ level }) => level)),
    ),
  ];
}

function outwards(
  kind: SheetMark['kind'],
  side: SideName,
  at: number,
  { x, y, width, height }: Box,
  from: number,
  to: number,
): SheetMark {
  if (side === 'top') return { kind, x1: at, y1: y - to, x2: at, y2: y - from };
  if (side === 'bottom') return { kind, x1: at, y1: y + height + from, x2: at, y2: y + height + to };
  if (side === 'left') return { kind, x1: x - to, y1: at, x2: x - from, y2: at };
  return { kind, x1: x + width + from, y1: at, x2: x + width + to, y2: at };
}

/** Half the width of a register mark, mm. */
export const REGISTER_HALF = 2;

/**
 * The middles of register marks, by which a print on both sides is seen to match when it is held against the light:
 * as near the middle of each side as the cut marks let them, where the band is deep enough.
 */
export function registerMarks(
  { cells, block }: Pick<Grid, 'cells' | 'block'>,
  { size }: Pick<Sheet, 'size'>,
  bands: Readonly<Record<SideName, Band>>,
): Point[] {
  const cuts = cutsOf(cells);
  const near = (middle: number, lines: readonly number[]): number | undefined => {
    const between = lines.slice(1).map((line, i) => (line + lines[i]!) / 2);
    return [middle, ...between]
      .filter((at) => lines.every((line) => Math.abs(line - at) >= REGISTER_HALF + 1))
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  };
  const x = near(size.width / 2, cuts.upright);
  const y = near(size.height / 2, cuts.level);
  const off = (side: SideName) =>
    bands[side].to >= 2 * REGISTER_HALF + 1 ? bands[side].to - REGISTER_HALF : null;
  const found: Point[] = [];
  for (const side of SIDE_NAMES) {
    const out = off(side);
    if (out === null) continue;
    if (side === 'top' && x !== undefined) found.push({ x, y: block.y - out });
    if (side === 'bottom' && x !== undefined) found.push({ x, y: block.y + block.height + out });
    if (side === 'left' && y !== undefined) found.push({ x: block.x - out, y });
    if (side === 'right' && y !== undefined) found.push({ x: block.x + block.width + out, y });
  }
  return found;
}
