import { expected } from '../errors.ts';
import type { Geometry } from '../products/geometry.ts';
import { type Box, type Edges, formatMm, inset, outset, type Size, sameEdges } from '../units.ts';
import { formatSize, namedSheets, type Sheet } from './sheet-sizes.ts';

/** By how much a page is turned on the sheet, degrees, clockwise. */
export type Angle = 0 | 90 | 180 | 270;

/** Where the copies of a product stand on a sheet: step and repeat. All in mm from the sheet's top left corner. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Of every copy: upright, or on its side. */
  readonly angle: 0 | 90;
  /** The copies' trim boxes, row by row. */
  readonly cells: readonly Box[];
  /** Around all trim boxes. */
  readonly trims: Box;
  /** Around all bleeds; marks stand outside of it. */
  readonly block: Box;
  /** From trim to trim, mm. */
  readonly gutter: { readonly x: number; readonly y: number };
}

type Shape = Pick<Geometry, 'trim' | 'bleed'>;

/** Rounding that no cutter sees, mm. */
const SLACK = 1e-6;

/** A page's edges as they lie when it is turned: clockwise by 90°, its bottom comes to the left. */
export function turnEdges({ top, right, bottom, left }: Edges, angle: Angle): Edges {
  const around = [top, right, bottom, left];
  const at = (side: number) => around[(side + 4 - angle / 90) % 4]!;
  return { top: at(0), right: at(1), bottom: at(2), left: at(3) };
}

/** The area of a sheet that its printer reaches, mm. */
export const printable = ({ size, margin }: Sheet): Box => inset({ x: 0, y: 0, ...size }, sameEdges(margin));

/**
 * As many copies as the sheet holds, in its middle; on their side where more of them fit so.
 * @param gutter mm from trim to trim; as much as both bleeds take where it is not given
 * @throws PrintcatError where not even one fits, with the smallest sheet that holds it
 */
export function stepAndRepeat(shape: Shape, sheet: Sheet, gutter?: number): Grid {
  const upright = gridOf(shape, sheet, gutter, 0);
  const onItsSide = gridOf(shape, sheet, gutter, 90);
  const best = onItsSide.cells.length > upright.cells.length ? onItsSide : upright;
  if (best.cells.length === 0) throw tooLarge(shape, sheet);
  return best;
}

function gridOf({ trim, bleed }: Shape, sheet: Sheet, given: number | undefined, angle: 0 | 90): Grid {
  const { width, height } = turnSize(trim, angle);
  const edges = turnEdges(bleed, angle);
  // The same on both sides, since the back has the sides the other way round.
  const outer = { x: Math.max(edges.left, edges.right), y: Math.max(edges.top, edges.bottom) };
  const gutter = { x: given ?? edges.left + edges.right, y: given ?? edges.top + edges.bottom };
  const area = printable(sheet);
  const howMany = (room: number, length: number, beyond: number, between: number) =>
    Math.max(0, Math.floor((room - 2 * beyond + between + SLACK) / (length + between)));
  const columns = howMany(area.width, width, outer.x, gutter.x);
  const rows = howMany(area.height, height, outer.y, gutter.y);
  const total = {
    width: columns * (width + gutter.x) - gutter.x,
    height: rows * (height + gutter.y) - gutter.y,
  };
  const x = (sheet.size.width - total.width) / 2;
  const y = (sheet.size.height - total.height) / 2;
  const cells = Array.from({ length: columns * rows }, (_, i) => ({
    x: x + (i % columns) * (width + gutter.x),
    y: y + Math.floor(i / columns) * (height + gutter.y),
    width,
    height,
  }));
  const trims = { x, y, ...total };
  const block = outset(trims, { top: outer.y, right: outer.x, bottom: outer.y, left: outer.x });
  return { columns, rows, angle, cells, trims, block, gutter };
}

const turnSize = ({ width, height }: Size, angle: Angle): Size =>
  angle % 180 === 0 ? { width, height } : { width: height, height: width };

/**
 * How much of a copy is seen: its trim with its bleeds. Where the gutter is too narrow for the bleeds of two
 * neighbours, each gets its share of it.
 * @param angle the copy's own, which on a back is not the grid's
 */
export function shownOf(cell: Box, grid: Pick<Grid, 'trims' | 'gutter'>, bleed: Edges, angle: Angle): Box {
  const { trims, gutter } = grid;
  const edges = turnEdges(bleed, angle);
  const share = (own: number, other: number, room: number) =>
    own + other <= room + SLACK ? own : (room * own) / (own + other);
  const outermost = (a: number, b: number) => Math.abs(a - b) < SLACK;
  return outset(cell, {
    left: outermost(cell.x, trims.x) ? edges.left : share(edges.left, edges.right, gutter.x),
    right: outermost(cell.x + cell.width, trims.x + trims.width)
      ? edges.right
      : share(edges.right, edges.left, gutter.x),
    top: outermost(cell.y, trims.y) ? edges.top : share(edges.top, edges.bottom, gutter.y),
    bottom: outermost(cell.y + cell.height, trims.y + trims.height)
      ? edges.bottom
      : share(edges.bottom, edges.top, gutter.y),
  });
}

function tooLarge(shape: Shape, sheet: Sheet): Error {
  const { trim, bleed } = shape;
  const needs = {
    width: trim.width + 2 * Math.max(bleed.left, bleed.right),
    height: trim.height + 2 * Math.max(bleed.top, bleed.bottom),
  };
  const holds = namedSheets().find((other) =>
    ([0, 90] as const).some((angle) => gridOf(shape, other, undefined, angle).cells.length > 0),
  );
  const free = formatSize({
    width: Math.ceil(needs.width + 2 * sheet.margin),
    height: Math.ceil(needs.height + 2 * sheet.margin),
  });
  return expected(
    `a sheet that holds ${formatSize(needs)} (the product with its bleed) inside its margins of ${formatMm(sheet.margin)}`,
    '--sheet',
    sheet.title,
    holds
      ? `The smallest sheet that holds it is ${holds.name}, ${formatSize(holds.size)}.`
      : `No named sheet holds it; one of ${free} does.`,
  );
}
