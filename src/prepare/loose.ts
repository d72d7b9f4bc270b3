import { type CutPath, type Point, placePath } from '../contours/path.ts';
import { allApart } from '../nesting/exact.ts';
import { heldIn, placesIn, type Rules, type Standing } from '../nesting/layout.ts';
import { relax } from '../nesting/relax.ts';
import { shapeOf } from '../nesting/shape.ts';
import { seeded } from '../random.ts';
import type { Size } from '../units.ts';
import {
  type Arranging,
  LEAST_LONGEST,
  longestFor,
  noRoom,
  outlinesFor,
  type PlacedSticker,
  usable,
} from './arrange.ts';
import type { Outline } from './outline.ts';

/** How far stickers are tilted at most, degrees. */
const TILT = 10;
/** The share of the sheet that is tried first, and by how much stickers become smaller until they find room. */
const [FULL, SMALLER] = [0.9, 0.96];
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

/** Slightly tilted and evenly strewn over the sheet, as large as there is room where no size is given. */
export async function arrangeLoose(work: Arranging): Promise<PlacedSticker[]> {
  const { wanted, longest, room, order } = work;
  const area = usable(room);
  const random = seeded(order.seed);
  const tilts = wanted.map(() => random.between(-TILT, TILT));
  const starts = startsFor(wanted.length, area, () => random.between(-JITTER, JITTER));
  const strew = (outlines: readonly Outline[], share: number) =>
    strewn(
      outlines.map(({ path }, i) => scaledPath(placePath(path, { x: 0, y: 0, angle: tilts[i]! }), share)),
      starts,
      area,
      { gap: room.gap, gaps: longest ? WIDER : WIDER.slice(0, COMFORTABLE), random },
    );
  let size = longestFor(wanted.length, area, FULL);
  let outlines = await outlinesFor(work, tenth(size));
  if (!longest) {
    // Which size finds room is tried with these, made smaller; then with the outlines of that size.
    let share = 1;
    while (size * share >= LEAST_LONGEST && !strew(outlines, share)) share *= SMALLER;
    size *= share;
  }
  for (; size >= LEAST_LONGEST; size *= SMALLER) {
    if (!longest) outlines = await outlinesFor(work, tenth(size));
    const standing = strew(outlines, 1);
    if (standing) {
      return wanted.map((picture, i): PlacedSticker => {
        const { shape, pose } = standing[i]!;
        const [x, y] = [area.x + pose.x - shape.middle[0], area.y + pose.y - shape.middle[1]];
        return { picture, outline: outlines[i]!, cell: null, place: { x, y, angle: tilts[i]! } };
      });
    }
    if (longest) break;
  }
  throw noRoom(work);
}

const tenth = (mm: number): number => Math.round(mm * 10) / 10;

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
