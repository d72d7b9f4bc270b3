import { expected } from '../errors.ts';
import type { Box, Edges, Size } from '../units.ts';
import type { Polygon } from './polygon.ts';

/**
 * How a surface pattern is laid: side by side; rows shifted by half a tile; columns shifted by half a tile; side by
 * side with every other tile mirrored, so that any picture joins; strewn at random without touching.
 */
export const REPEATS = ['grid', 'brick', 'half-drop', 'mirrored', 'scattered'] as const;
export type Repeat = (typeof REPEATS)[number];

/** What is covered: its size with the bleed, and how much of that on each side is bleed, mm. */
export interface Surface {
  readonly size: Size;
  readonly bleed: Edges;
}

/** A picture that a pattern is made of. */
export interface Motif {
  readonly id: string;
  /** Width by height; a scattered picture keeps it, in a lattice it is cropped to the tile. */
  readonly aspect: number;
  /** What of the picture is seen, convex, as fractions of its width and height; all of it where it is not given. */
  readonly outline?: Polygon;
}

export interface Pattern {
  readonly repeat: Repeat;
  readonly motifs: readonly Motif[];
  /** A tile of a lattice; a scattered picture at its largest fits into it. mm */
  readonly tile: Size;
  /** Between the tiles of a lattice; the least distance between what is seen of scattered pictures. mm */
  readonly gap: number;
  /** Decides which picture lies where: the same number, the same pattern. */
  readonly seed: number;
  /** Scattered only: how far pictures turn either way, degrees 0…180. */
  readonly turn?: number;
  /** Scattered only: the smallest a picture becomes to fill a hole, as a share of its size, 0…1. */
  readonly smallest?: number;
  /**
   * Scattered only: the block that is repeated, mm; without it the whole surface is one. What leaves a block on one
   * side comes in on the other, so its copies join.
   */
  readonly block?: Size;
}

/** A picture on a surface. */
export interface Placement {
  /** The motif's ID. */
  readonly picture: string;
  /** mm from the top left corner of the surface with its bleed, before it is turned. */
  readonly box: Box;
  /** Degrees clockwise about the middle of the box. */
  readonly turn: number;
  readonly flipX: boolean;
  readonly flipY: boolean;
  /** Its own copy lies beside it: resampling may look across these edges. */
  readonly wrapX: boolean;
  readonly wrapY: boolean;
}

/** A picture as it stands, neither turned nor mirrored nor repeated. */
export const upright = (picture: string, box: Box): Placement => ({
  ...{ picture, box, turn: 0 },
  ...{ flipX: false, flipY: false, wrapX: false, wrapY: false },
});

/** More copies than this on one surface are a mistake in the tile's size. */
export const MAX_PLACEMENTS = 200_000;

/** @throws PrintcatError where the pattern cannot be laid on the surface */
export function requireSound(
  { motifs, tile, gap, turn = 0, smallest = 1, block }: Pattern,
  surface: Surface,
): void {
  const positive = ({ width, height }: Size) => width > 0 && height > 0 && Number.isFinite(width + height);
  if (motifs.length === 0) throw expected('at least one picture', 'a pattern', 'none');
  if (!positive(surface.size)) throw expected('a size above 0', "a pattern's surface", surface.size);
  if (!positive(tile)) throw expected('a size above 0', "a pattern's tile", tile);
  if (!(gap >= 0 && Number.isFinite(gap))) throw expected('0 mm or more', "a pattern's gap", gap);
  if (!(turn >= 0 && turn <= 180)) throw expected('0 to 180 degrees', "a pattern's turn", turn);
  if (!(smallest > 0 && smallest <= 1))
    throw expected('a share above 0, at most 1', "a pattern's smallest", smallest);
  if (block && !(positive(block) && block.width >= tile.width && block.height >= tile.height)) {
    throw expected('a size of at least one tile', "a pattern's block", block);
  }
  const along = (length: number, one: number) => Math.ceil(length / (one + gap)) + 1;
  const across = along(surface.size.width, tile.width) * along(surface.size.height, tile.height);
  if (across > MAX_PLACEMENTS) {
    throw expected(
      `at most ${MAX_PLACEMENTS} tiles`,
      'a pattern',
      `${across}`,
      'Choose a larger tile: its size is in mm.',
    );
  }
}
