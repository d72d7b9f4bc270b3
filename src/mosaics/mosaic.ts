import { expected } from '../errors.ts';
import type { Shade } from '../repeats/compose.ts';
import { MAX_PLACEMENTS, type Placement, type Surface, upright } from '../repeats/pattern.ts';
import { type Box, intersect, type Size } from '../units.ts';
import {
  type Assignment,
  assignCells,
  type Cell,
  cellKey,
  type MosaicOrder,
  type MosaicPicture,
  withCopies,
} from './order.ts';

/** What becomes of tiles at the dark zone: cut off along its edge, faded into it, or left out unless whole. */
export const DARK_EDGES = ['cut', 'fade', 'whole'] as const;
export type DarkEdge = (typeof DARK_EDGES)[number];

/** The bottom of the surface in one colour. */
export interface DarkZone {
  /** Of the trim, from its bottom, mm. */
  readonly height: number;
  /** `#rrggbb` */
  readonly colour: string;
  readonly edge: DarkEdge;
  /** Above the zone, in which tiles fade, mm. */
  readonly fade?: number;
}

export interface Mosaic {
  readonly pictures: readonly MosaicPicture[];
  readonly order: MosaicOrder;
  /** mm */
  readonly tile: Size;
  /** Between tiles, mm. */
  readonly gap: number;
  /** Whether cells for which there is no picture are filled with copies, or left empty. */
  readonly fill: 'copies' | 'empty';
  readonly dark?: DarkZone;
  /** Where no tile may lie, mm from the top left corner of the surface: for QR codes and the like. */
  readonly free?: readonly Box[];
  /** Where pictures lay in an earlier mosaic of the same grid; they stay there. */
  readonly before?: Assignment;
}

export interface LaidMosaic {
  /** Painted one over the other, the first lowest: tiles, then the dark zone. */
  readonly layers: (Placement | Shade)[];
  /** Which picture has which cell as its own, copies not counted: for `before` of the next one. */
  readonly cells: Map<string, string>;
  /** Pictures that found no cell. */
  readonly left: string[];
}

/** The width that so many tiles take side by side on the trim, for `Mosaic.tile`, mm. */
export const tileFor = ({ size, bleed }: Surface, columns: number, gap: number): number =>
  (size.width - bleed.left - bleed.right - gap * (columns - 1)) / columns;

/** The tiles along one direction: those on the trim are numbered from 0, those in the bleed only go on before and behind. */
interface Line {
  readonly tile: number;
  readonly step: number;
  /** Where tile 0 begins, mm from the edge of the surface. */
  readonly start: number;
  /** How many touch the trim. */
  readonly count: number;
  /** The numbers of those that touch the surface. */
  readonly first: number;
  readonly last: number;
}

/** @param centred whether they lie about the middle of the trim, or begin with it */
function lineOf(
  [tile, gap]: readonly [number, number],
  [before, behind]: readonly [number, number],
  length: number,
  centred: boolean,
  pixel?: number,
): Line {
  const whole = (mm: number, least = 0) =>
    pixel === undefined ? mm : Math.max(least, Math.round(mm / pixel)) * pixel;
  const own = whole(tile, 1);
  const between = whole(gap);
  const step = own + between;
  const trim = length - before - behind;
  const count = Math.ceil((trim + between) / step - 1e-6);
  const wish = before + (centred ? (trim - count * step + between) / 2 : 0);
  const start = pixel === undefined ? wish : Math.round(wish / pixel) * pixel;
  return {
    ...{ tile: own, step, start, count },
    first: Math.floor((-start - own) / step + 1e-6) + 1,
    last: Math.ceil((length - start) / step - 1e-6) - 1,
  };
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/**
 * Lays pictures in a grid over a surface: rows from the top of the trim, columns about its middle. Tiles that do not end
 * with the trim are cut there; the bleed around it is filled with copies.
 * @param pixel for pixels (`pixelGrid(surface, ppi).pixel`): tiles and gaps become whole numbers of it
 * @throws PrintcatError where the mosaic cannot be laid on the surface
 */
export function layMosaic(mosaic: Mosaic, surface: Surface, pixel?: Size): LaidMosaic {
  const { size, bleed } = surface;
  const { tile, gap, dark, free = [] } = mosaic;
  requireSound(mosaic, surface);
  const x = lineOf([tile.width, gap], [bleed.left, bleed.right], size.width, true, pixel?.width);
  const y = lineOf([tile.height, gap], [bleed.top, bleed.bottom], size.height, false, pixel?.height);
  const darkTop = dark ? size.height - bleed.bottom - dark.height : size.height;
  const boxOf = ({ column, row }: Cell): Box => ({
    x: x.start + column * x.step,
    y: y.start + row * y.step,
    width: x.tile,
    height: y.tile,
  });
  const isTaken = (box: Box) =>
    box.y >= darkTop - 1e-6 ||
    (dark?.edge === 'whole' && box.y + box.height > darkTop + 1e-6) ||
    free.some((hole) => intersect(hole, box) !== null);
  const cells = numbers(y.first, y.last)
    .flatMap((row) => numbers(x.first, x.last).map((column): Cell => ({ column, row })))
    .filter((cell) => !isTaken(boxOf(cell)));
  const shown = cells.filter(
    ({ column, row }) => column >= 0 && column < x.count && row >= 0 && row < y.count,
  );
  const own = assignCells(mosaic.pictures, shown, mosaic.order, mosaic.before);
  const filled = mosaic.fill === 'copies' ? withCopies(own, cells) : own;
  const tiles = cells.flatMap((cell) => {
    const id = filled.get(cellKey(cell));
    return id === undefined ? [] : [upright(id, boxOf(cell))];
  });
  const placed = new Set(own.values());
  return {
    layers: [...tiles, ...(dark ? darkLayers(dark, darkTop, size) : [])],
    cells: own,
    left: mosaic.pictures.map(({ id }) => id).filter((id) => !placed.has(id)),
  };
}

function darkLayers({ colour, edge, fade = 0 }: DarkZone, top: number, { width, height }: Size): Shade[] {
  const zone: Shade = { box: { x: 0, y: top, width, height: height - top }, shade: colour, from: 1, to: 1 };
  if (edge !== 'fade' || fade === 0) return [zone];
  return [{ box: { x: 0, y: top - fade, width, height: fade }, shade: colour, from: 0, to: 1 }, zone];
}

function requireSound({ tile, gap, dark, pictures }: Mosaic, { size, bleed }: Surface): void {
  if (pictures.length === 0) throw expected('at least one picture', 'a mosaic', 'none');
  if (!(tile.width > 0 && tile.height > 0)) throw expected('a size above 0', "a mosaic's tile", tile);
  if (!(gap >= 0)) throw expected('0 mm or more', "a mosaic's gap", gap);
  const tiles = (size.width / (tile.width + gap)) * (size.height / (tile.height + gap));
  if (!(tiles <= MAX_PLACEMENTS))
    throw expected(`at most ${MAX_PLACEMENTS} tiles`, 'a mosaic', `${Math.ceil(tiles)}`);
  if (!dark) return;
  const most = size.height - bleed.top - bleed.bottom;
  if (!(dark.height >= 0 && dark.height <= most))
    throw expected(`0 to ${most} mm`, "a mosaic's dark zone", dark.height);
  if (!((dark.fade ?? 0) >= 0)) throw expected('0 mm or more', "the fade of a mosaic's dark zone", dark.fade);
}
