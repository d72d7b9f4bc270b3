import { type CutPath, type Point, placePath } from '../contours/path.ts';
import { allApart } from '../nesting/exact.ts';
import { heldIn, placesIn, type Rules, type Standing } from '../nesting/layout.ts';
import { relax } from '../nesting/relax.ts';
import { shapeOf } from '../nesting/shape.ts';
import { seeded } from '../random.ts';
import type { Size } from '../units.ts';

/** How far stickers are tilted at most, degrees. */
const TILT = 10;
/** Gaps that are tried, the widest first, as multiples of the least; the last only for stickers of a given size. */
const WIDER = [5, 3.5, 2.8, 2.2, 1.7, 1.3, 1];
const COMFORTABLE = 5;
/** Added to a gap while stickers are moved, and when it is measured: what lines of straight pieces may be off, mm. */
const [GRID_OFF, LINE_OFF] = [0.1, 0.01];
/** The part of a wider gap that must be kept. */
const NEARLY = 0.85;
/** Rounds of letting them push each other apart. */
const ROUNDS = 150;
/** How far they stand beside the middle of their part of the sheet at first, as a share of it. */
const JITTER = 0.12;

/** Stickers that are to be strewn. */
export interface StrewWish {
  readonly count: number;
  /** Where their cuts may lie, mm. */
  readonly area: Size;
  /** The least between two cuts, mm. */
  readonly gap: number;
  /** Whether their size is given: else they become smaller rather than stand close. */
  readonly isGiven: boolean;
  readonly seed: number;
}

/** The cuts of the stickers, to be tried at a share of their size. */
export interface StrewTrial {
  readonly paths: readonly CutPath[];
  readonly share: number;
}

/** Where the corner of a cut's box stands in the area, mm, and by how much it is turned about it, degrees. */
export interface StrewnPlace {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/**
 * Tries stickers, slightly tilted and evenly strewn; one trial after another draws on the same random numbers.
 * @returns the trial: its places, or `null` where they find no room
 */
export function strewer({
  count,
  area,
  gap,
  isGiven,
  seed,
}: StrewWish): (trial: StrewTrial) => StrewnPlace[] | null {
  const random = seeded(seed);
  const tilts = Array.from({ length: count }, () => random.between(-TILT, TILT));
  const starts = startsFor(count, area, () => random.between(-JITTER, JITTER));
  const gaps = isGiven ? WIDER : WIDER.slice(0, COMFORTABLE);
  return ({ paths, share }) => {
    const tilted = paths.map((path, i) =>
      scaledPath(placePath(path, { x: 0, y: 0, angle: tilts[i]! }), share),
    );
    const standing = strewn(tilted, starts, area, { gap, gaps, random });
    return (
      standing?.map(({ shape, pose }, i) => ({
        ...{ x: pose.x - shape.middle[0], y: pose.y - shape.middle[1] },
        angle: tilts[i]!,
      })) ?? null
    );
  };
}

const scaledPath = ({ loops }: CutPath, k: number): CutPath => {
  const by = ([x, y]: Point): Point => [x * k, y * k];
  return {
    loops: loops.map((loop) =>
      loop.map(({ from, control1, control2, to }) => ({
        ...{ from: by(from), control1: by(control1), control2: by(control2), to: by(to) },
      })),
    ),
  };
};

/** Places in even rows, each a little beside its middle; where rows differ, those in the middle have one more. */
function startsFor(count: number, { width, height }: Size, jitter: () => number): Point[] {
  const rows = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * height) / width))));
  const longer = count % rows;
  const first = Math.floor((rows - longer) / 2);
  return Array.from({ length: rows }, (_, row) => {
    const inRow = Math.floor(count / rows) + (row >= first && row < first + longer ? 1 : 0);
    return Array.from(
      { length: inRow },
      (__, i): Point => [((i + 0.5 + jitter()) * width) / inRow, ((row + 0.5 + jitter()) * height) / rows],
    );
  }).flat();
}

/** Lets stickers push each other apart by ever smaller gaps until one is kept; `null` where they find no room. */
function strewn(
  paths: readonly CutPath[],
  starts: readonly Point[],
  area: Size,
  { gap, gaps, random }: { gap: number; gaps: readonly number[]; random: Rules['random'] },
): Standing[] | null {
  const room = { width: area.width, height: area.height };
  const shapes = paths.map((path) => shapeOf(path, gap * WIDER[0]!));
  if (!shapes.every((shape) => placesIn(room, shape, 0))) return null;
  const standing = shapes.map((shape, i): Standing => {
    const [x, y] = starts[i]!;
    return { shape, pose: heldIn(room, shape, { x, y, turn: 0 })! };
  });
  const isRoomy = gaps.some((wider) => {
    relax(standing, { room, gap: gap * wider + GRID_OFF, turns: [0], random }, ROUNDS);
    // Where the wider gap is nearly kept it is wide enough.
    return allApart(standing, gap * Math.max(1, wider * NEARLY) + LINE_OFF);
  });
  return isRoomy ? standing : null;
}
