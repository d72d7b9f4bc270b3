import * as z from 'zod';
import type { CutPath } from '../contours/path.ts';
import { PrintcatError } from '../errors.ts';
import { option } from '../option.ts';
import { seeded } from '../random.ts';
import { formatMm, type Size } from '../units.ts';
import { allApart } from './exact.ts';
import { fillFromTop } from './fill.ts';
import { ALL_TURNS, copied, lowest, placesIn, type Rules, randomPose, type Standing } from './layout.ts';
import { packRectangles } from './rectangles.ts';
import { extentOf, overlapOf, type Pose, type Shape, shapeOf } from './shape.ts';
import { type Budget, FULLEST, type Judge, shortest, tried } from './shorten.ts';

/** How contours are nested; a product puts these among its own options. */
export const nestOptions = {
  gap: option(z.number().min(0).max(50).default(2), {
    description: 'Least distance between two cuts',
    placeholder: 'mm',
  }),
  margin: option(z.number().min(0).max(100).default(5), {
    description: "Least distance between a cut and the sheet's edge",
    placeholder: 'mm',
  }),
  rotations: option(z.number().int().min(0).max(360).default(0), {
    description: 'How stickers may be turned: by so many even steps of a full turn; 1 not at all, 0 freely',
    placeholder: 'n',
  }),
  effort: option(z.number().int().min(0).max(100_000).default(400), {
    description: 'Rounds of moving stickers closer together; more take longer and fill more',
    placeholder: 'n',
  }),
  seed: option(z.number().int().min(0).max(0xffffffff).default(1), {
    description: 'Another seed, another arrangement',
    placeholder: 'n',
  }),
};
export type NestOptions = z.output<z.ZodObject<typeof nestOptions>>;

export interface NestItem {
  readonly path: CutPath;
  /** How often it is wanted; 1 where it is not said. */
  readonly copies?: number;
}

/** Where one copy stands: turn the item's path about its origin, then move it (`placePath`). */
export interface Nested {
  /** Which of the items. */
  readonly index: number;
  /** Where the origin of the item's path comes to lie on the sheet, mm from its top left corner. */
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise on the page. */
  readonly angle: number;
}

export interface Nesting {
  /** In the order of the items, copy by copy. */
  readonly placements: readonly Nested[];
  /** How many copies of which items found no room. */
  readonly left: readonly { readonly index: number; readonly copies: number }[];
  /** Area of the placed contours as a share of the whole sheet's, 0…1. */
  readonly fill: number;
  /** How much of the sheet's length is needed, margins included, mm: the rest may be cut off. */
  readonly length: number;
  /** Area of the placed contours as a share of that length of the sheet. */
  readonly fillOfLength: number;
}

/** Added to the gap while shapes are moved, mm: what distances on a grid may be off. */
const GRID_OFF = 0.1;
/**
 * Nests contours on a sheet, by their true outlines and turned as allowed: as many as find room, the first copy of
 * each before the second of any; where all do, on as short a length of the sheet as the effort finds. The same input
 * gives the same arrangement: the effort is counted in rounds, never in seconds.
 * @param sheet whole, mm
 * @throws PrintcatError where an item is larger than the sheet's usable part however it is turned
 */
export function nest(items: readonly NestItem[], sheet: Size, options: NestOptions): Nesting {
  const { gap, margin, rotations } = options;
  const rules: Rules = {
    room: { width: sheet.width - 2 * margin, height: sheet.height - 2 * margin },
    gap: gap + GRID_OFF,
    turns:
      rotations === 0 ? 'free' : Array.from({ length: rotations }, (_, i) => (i * 2 * Math.PI) / rotations),
    random: seeded(options.seed),
  };
  const shapes = items.map(({ path }) => shapeOf(path, rules.gap));
  requireRoom(shapes, rules, sheet, margin);
  const wanted = inOrder(items, shapes);
  const placed = fillFromTop(
    wanted.map((index) => shapes[index]!),
    rules,
  );
  const budget = { rounds: options.effort };
  const isRight = (standing: readonly Standing[]): boolean => allApart(standing, gap);
  let standing = placed.filter((one) => one !== null);
  const missing = wanted.filter((_, i) => placed[i] === null);
  const refused = new Set<number>();
  const left = missing.filter((index) => {
    let more: Standing[] | null = null;
    for (let n = 0; n < TRIES && !more && !refused.has(index); n++) {
      more = withOneMore(standing, shapes[index]!, rules, budget, isRight);
    }
    if (!more) refused.add(index);
    else standing = more;
    return !more;
  });
  if (left.length === 0) standing = shortest(standing, rules, budget, isRight);
  // Stickers that fill the sheet as boxes, with nothing to spare: no search among all places would meet that one.
  const boxed = inBoxes(
    wanted.map((index) => shapes[index]!),
    rules,
    gap,
  );
  if (boxed && (left.length > 0 || lowest(boxed) < lowest(standing))) {
    standing = boxed;
    left.length = 0;
  }
  const bottom = lowest(standing);
  const area = standing.reduce((sum, { shape }) => sum + shape.area, 0);
  const length = standing.length > 0 ? bottom + 2 * margin : 0;
  return {
    placements: standing
      .map((one) => placementOf(one, shapes.indexOf(one.shape), margin))
      .sort((a, b) => a.index - b.index),
    left: items
      .map((_, index) => ({ index, copies: left.filter((other) => other === index).length }))
      .filter(({ copies }) => copies > 0),
    fill: area / (sheet.width * sheet.height),
    length,
    fillOfLength: length > 0 ? area / (sheet.width * length) : 0,
  };
}

/** Whether a quarter turn is allowed. */
const mayLie = ({ turns }: Rules): boolean =>
  turns === 'free' || turns.some((turn) => Math.abs(turn - Math.PI / 2) < 1e-9);

/** All of them packed by their boxes, upright or on their sides; `null` where not all find room so. */
function inBoxes(shapes: readonly Shape[], rules: Rules, gap: number): Standing[] | null {
  const sizes = shapes.map((shape) => sizeAt(shape, 0));
  const packing = packRectangles(sizes, rules.room, gap, mayLie(rules));
  if (packing.length < shapes.length) return null;
  return packing.map(({ index, turned, x, y }) => {
    const shape = shapes[index]!;
    const turn = turned ? Math.PI / 2 : 0;
    const { left, top } = extentOf(shape, turn);
    return { shape, pose: { x: x + left, y: y + top, turn } };
  });
}

function sizeAt(shape: Shape, turn: number): Size {
  const { left, right, top, bottom } = extentOf(shape, turn);
  return { width: left + right, height: top + bottom };
}

/** All copies, the first of each item before the second of any, and among them the largest first. */
function inOrder(items: readonly NestItem[], shapes: readonly Shape[]): number[] {
  const bySize = items.map((_, index) => index).sort((a, b) => shapes[b]!.area - shapes[a]!.area || a - b);
  const rounds = Math.max(0, ...items.map(({ copies = 1 }) => copies));
  return Array.from({ length: rounds }, (_, round) =>
    bySize.filter((index) => (items[index]!.copies ?? 1) > round),
  ).flat();
}

function requireRoom(shapes: readonly Shape[], { room, turns }: Rules, sheet: Size, margin: number): void {
  const allowed = turns === 'free' ? ALL_TURNS : turns;
  const index = shapes.findIndex((shape) => !allowed.some((turn) => placesIn(room, shape, turn)));
  if (index < 0) return;
  const { width, height } = sizeAt(shapes[index]!, 0);
  const size = `${formatMm(width, 1)} × ${formatMm(height, 1)}`;
  throw new PrintcatError(
    `Expected stickers that fit on the sheet of ${formatMm(sheet.width)} × ${formatMm(sheet.height)} but number ` +
      `${index + 1} is ${size}, and a margin of ${formatMm(margin)} is kept`,
    { hint: 'Choose a larger sheet or a smaller margin, or make the sticker smaller.' },
  );
}

/** How often it is tried to make room for one more; once it failed, no other copy of the same is tried. */
const TRIES = 5;
/** Poses that are tried for one more, of which the least bad is the start. */
const STARTS = 150;

/** What stands with one more put among it, if moving all of it can make the room. */
function withOneMore(
  standing: readonly Standing[],
  shape: Shape,
  rules: Rules,
  budget: Budget,
  isRight: Judge,
): Standing[] | null {
  const { room } = rules;
  const area = standing.reduce((sum, one) => sum + one.shape.area, shape.area);
  if (budget.rounds <= 0 || area > FULLEST * room.width * room.height) return null;
  let best: { pose: Pose; score: number } | null = null;
  for (let n = 0; n < STARTS; n++) {
    const pose = randomPose(rules, shape);
    if (!pose) continue;
    const score = standing.reduce(
      (sum, other) => sum + overlapOf(shape, pose, other.shape, other.pose, rules.gap),
      0,
    );
    if (!best || score < best.score) best = { pose, score };
  }
  if (!best) return null;
  const trial = [...copied(standing), { shape, pose: best.pose }];
  return tried(trial, rules, budget) && isRight(trial) ? trial : null;
}

/** A standing shape as a placement of its contour's own frame. */
function placementOf({ shape, pose }: Standing, index: number, rim: number): Nested {
  const [cos, sin] = [Math.cos(pose.turn), Math.sin(pose.turn)];
  const [mx, my] = shape.middle;
  const angle = ((((pose.turn * 180) / Math.PI) % 360) + 360) % 360;
  return {
    index,
    x: rim + pose.x - (mx * cos - my * sin),
    y: rim + pose.y - (mx * sin + my * cos),
    angle,
  };
}
