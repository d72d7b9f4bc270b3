import type { Geometry } from '../products/geometry.ts';
import type { Box, Size } from '../units.ts';
import { type Angle, type Grid, shownOf } from './grid.ts';
import type { Flip } from './options.ts';

/** A page of the product on a side of a sheet. */
export interface Copy {
  /** Of the product, from 0. */
  readonly page: number;
  /** Its trim box, mm from the sheet's top left corner. */
  readonly trim: Box;
  /** With as much of its bleed as is printed. */
  readonly shown: Box;
  readonly angle: Angle;
}

/** One side of a sheet: a page of the file. */
export interface Side {
  readonly side: 'front' | 'back';
  /** Which sheet it belongs to, from 0. */
  readonly sheet: number;
  readonly copies: readonly Copy[];
  /** The trim boxes that are cut out here, also those that stay empty on this side, mm. */
  readonly places: readonly Box[];
}

/** The line about which a sheet is turned for its back. */
export type Axis = 'upright' | 'level';

/** The long edges of an upright sheet stand upright; on one that lies, the short ones do. */
export const axisOf = ({ width, height }: Size, flip: 'long' | 'short'): Axis =>
  (flip === 'long') === height >= width ? 'upright' : 'level';

/** A place, mm from the sheet's top left corner. */
export type Point = Pick<Box, 'x' | 'y'>;

/** Where a point comes to lie when the sheet is turned. */
export const pointBehind = ({ x, y }: Point, { width, height }: Size, axis: Axis): Point =>
  axis === 'upright' ? { x: width - x, y } : { x, y: height - y };

/** Where a box comes to lie when the sheet is turned. */
export const behind = (box: Box, { width, height }: Size, axis: Axis): Box =>
  axis === 'upright' ? { ...box, x: width - box.x - box.width } : { ...box, y: height - box.y - box.height };

/**
 * How a back is turned so that its product's top is behind the top of its front: whoever turns the product like the
 * leaf of a book sees it upright. About an upright line left and right change places, about a level one top and bottom.
 */
const angleBehind = (angle: Angle, axis: Axis): Angle =>
  (((axis === 'upright' ? 360 : 540) - angle) % 360) as Angle;

/** Over which edge sheets are turned: products of two pages have a front and a back, others only where it is asked. */
export const flipOf = ({ pages }: Pick<Geometry, 'pages'>, wish: Flip | undefined): Flip =>
  wish ?? (pages.length === 2 ? 'long' : 'none');

/**
 * The sides of all sheets, in the order in which a printer takes them: each front followed by its back.
 * @param copies of the product; one sheet full of every page (or leaf) where it is not given
 */
export function sidesOf(
  { pages, bleed }: Pick<Geometry, 'pages' | 'bleed'>,
  grid: Grid,
  size: Size,
  { flip, copies }: { flip: Flip; copies?: number | undefined },
): Side[] {
  const full = grid.cells.length;
  const step = flip === 'none' ? 1 : 2;
  const leaves = Array.from({ length: Math.ceil(pages.length / step) }, (_, i) => i * step);
  const queue = leaves.flatMap((first) => Array<number>(copies ?? full).fill(first));
  return Array.from({ length: Math.ceil(queue.length / full) }, (_, sheet) => {
    const firsts = queue.slice(sheet * full, (sheet + 1) * full);
    const place = (page: number, trim: Box, angle: Angle): Copy => ({
      ...{ page, trim, angle },
      shown: shownOf(trim, grid, bleed, angle),
    });
    const fronts = firsts.map((page, i) => place(page, grid.cells[i]!, grid.angle));
    const front: Side = { side: 'front', sheet, copies: fronts, places: fronts.map(({ trim }) => trim) };
    if (flip === 'none') return [front];
    const axis = axisOf(size, flip);
    const backs = fronts
      .filter(({ page }) => page + 1 < pages.length)
      .map(({ page, trim, angle }) => place(page + 1, behind(trim, size, axis), angleBehind(angle, axis)));
    const places = front.places.map((trim) => behind(trim, size, axis));
    return [front, { side: 'back', sheet, copies: backs, places } satisfies Side];
  }).flat();
}
