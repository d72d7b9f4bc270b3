import { mmToPx, type Size } from '../units.ts';
import { mixMotifs } from './mixing.ts';
import type { Pattern, Placement, Surface } from './pattern.ts';

/** The pixels of a surface: a whole number of them each way, so that one is a little less than an inch / ppi. */
export interface PixelGrid {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One pixel, mm. */
  readonly pixel: Size;
}

/** The pixels that a surface has at a resolution, px per inch. */
export function pixelGrid({ size }: Surface, ppi: number): PixelGrid {
  const widthPx = mmToPx(size.width, ppi);
  const heightPx = mmToPx(size.height, ppi);
  return { widthPx, heightPx, pixel: { width: size.width / widthPx, height: size.height / heightPx } };
}

/** One direction of a lattice, mm. */
interface Axis {
  readonly tile: number;
  /** From one tile to the next. */
  readonly step: number;
  /** How far every other row or column is shifted. */
  readonly shift: number;
  /** Where tile 0 begins: it stands in the middle of the trim. */
  readonly origin: number;
  readonly length: number;
}

/** @param pixel where it is given, all lengths become whole numbers of it, a tile and a gap by half of it at most */
function axisOf(
  tile: number,
  gap: number,
  bleed: readonly [number, number],
  length: number,
  pixel?: number,
): Axis {
  const whole = (mm: number, least = 0) =>
    pixel === undefined ? mm : Math.max(least, Math.round(mm / pixel)) * pixel;
  const own = whole(tile, 1);
  const step = own + whole(gap);
  const middle = (bleed[0] + length - bleed[1]) / 2;
  const origin = middle - own / 2;
  return {
    tile: own,
    step,
    shift: whole(step / 2),
    origin: pixel === undefined ? origin : Math.round(origin / pixel) * pixel,
    length,
  };
}

/** The numbers of the tiles that touch the surface, from the first to the last. */
function reach({ tile, step, origin, length }: Axis, shift: number): [first: number, last: number] {
  const first = Math.floor((-origin - shift - tile) / step + 1e-9) + 1;
  return [first, Math.ceil((length - origin - shift) / step - 1e-9) - 1];
}

/**
 * Lays a lattice of tiles over a surface and its bleed, one in the middle of the trim. Which picture lies where depends
 * on the tile's place alone: on a larger surface the same pattern goes on.
 * @param pixel for pixels: tiles, gaps and shifts become whole numbers of it, so that all tiles are equal to the pixel
 * and no seam falls between two; without it lengths are exact, for vectors
 */
export function layLattice(pattern: Pattern, surface: Surface, pixel?: Size): Placement[] {
  const { tile, gap, repeat, motifs, seed } = pattern;
  const { bleed, size } = surface;
  const x = axisOf(tile.width, gap, [bleed.left, bleed.right], size.width, pixel?.width);
  const y = axisOf(tile.height, gap, [bleed.top, bleed.bottom], size.height, pixel?.height);
  const motifAt = mixMotifs(motifs.length, repeat, seed);
  const alone = motifs.length === 1 && gap === 0;
  const placements: Placement[] = [];
  const add = (column: number, row: number) => {
    const odd = (n: number) => Math.abs(n % 2) === 1;
    const dx = repeat === 'brick' && odd(row) ? x.shift : 0;
    const dy = repeat === 'half-drop' && odd(column) ? y.shift : 0;
    placements.push({
      picture: motifs[motifAt(column, row)]!.id,
      box: {
        x: x.origin + column * x.step + dx,
        y: y.origin + row * y.step + dy,
        width: x.tile,
        height: y.tile,
      },
      turn: 0,
      flipX: repeat === 'mirrored' && odd(column),
      flipY: repeat === 'mirrored' && odd(row),
      wrapX: alone && (repeat === 'grid' || repeat === 'brick'),
      wrapY: alone && (repeat === 'grid' || repeat === 'half-drop'),
    });
  };
  const [firstRow, lastRow] = reach(y, 0);
  const [firstColumn, lastColumn] = reach(x, 0);
  // A shifted row or column may need one tile more at either end.
  for (let row = firstRow - 1; row <= lastRow + 1; row++) {
    for (let column = firstColumn - 1; column <= lastColumn + 1; column++) {
      add(column, row);
    }
  }
  return placements.filter(
    ({ box }) =>
      box.x < size.width - 1e-9 &&
      box.y < size.height - 1e-9 &&
      box.x + box.width > 1e-9 &&
      box.y + box.height > 1e-9,
  );
}
