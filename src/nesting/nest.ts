import * as z from 'zod';
import type { CutPath } from '../contours/path.ts';
import { PrintcatError } from '../errors.ts';
import { option } from '../option.ts';
import { seeded, shuffled } from '../random.ts';
import { formatMm, type Size } from '../units.ts';
import { keepApart, outlinesAt } from './exact.ts';
import { fillFromTop } from './fill.ts';
import { heldIn, placesIn, type Rules, randomPose, type Standing } from './layout.ts';
import { relax } from './relax.ts';
import { separate } from './separate.ts';
import { extentOf, OUTLINE_OFF, overlapOf, type Pose, type Shape, shapeOf } from './shape.ts';

/** How contours are nested; a product puts these among its own options. */
export const nestOptions = z.object({
  gap: option(z.number().min(0).max(50).default(2), {
    description: 'least distance between two cuts',
    placeholder: 'mm',
  }),
  margin: option(z.number().min(0).max(100).default(5), {
    description: "least distance between a cut and the sheet's edge",
    placeholder: 'mm',
  }),
  rotations: option(z.union([z.literal('free'), z.number().int().min(1).max(360)]).default('free'), {
    description:
      'how stickers may be turned: freely, or by so many even steps of a full turn (1: not at all)',
  }),
  effort: option(z.number().int().min(0).max(100_000).default(400), {
    description: 'rounds of moving stickers closer together; more take longer and fill more',
  }),
  seed: option(z.number().int().min(0).max(0xffffffff).default(1), {
    description: 'another seed, another arrangement',
  }),
});
export type NestOptions = z.infer<typeof nestOptions>;

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
/** Share of the room that no nesting of unlike shapes has ever filled: above it no time is spent. */
const FULLEST = 0.92;
/** By what share the room is made shorter at a time, at first and at last. */
const [FIRST_CUT, LAST_CUT] = [0.03, 0.001];
/** Rounds for one more sticker, and for one shorter room. */
const ROUNDS = 60;

/**
 * Nests contours on a sheet, by their true outlines and turned as allowed: as many as find room, the first copy of
 * each before the second of any; where all do, on as short a length of the sheet as the effort finds. The same input
 * gives the same arrangement: the effort is counted in rounds, never in seconds.
 * @param sheet whole, mm
 * @throws PrintcatError where an item is larger than the sheet's usable part however it is turned
 */
export function nest(items: readonly NestItem[], sheet: Size, options: NestOptions): Nesting {
  const { gap, margin, rotations } = options;
  const rim = margin + OUTLINE_OFF;
  const exactGap = gap + 2 * OUTLINE_OFF;
  const rules: Rules = {
    room: { width: sheet.width - 2 * rim, height: sheet.height - 2 * rim },
    gap: exactGap + GRID_OFF,
    turns:
      rotations === 'free'
        ? 'free'
        : Array.from({ length: rotations }, (_, i) => (i * 2 * Math.PI) / rotations),
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
  const isRight = (standing: readonly Standing[]): boolean => allApart(standing, exactGap);
  let standing = placed.filter((one) => one !== null);
  const missing = wanted.filter((_, i) => placed[i] === null);
  const refused = new Set<number>();
  const left = missing.filter((index) => {
    const more = refused.has(index) ? null : withOneMore(standing, shapes[index]!, rules, budget, isRight);
    if (!more) refused.add(index);
    else standing = more;
    return !more;
  });
  if (left.length === 0) standing = shortest(standing, rules, budget, isRight);
  const bottom = lowest(standing);
  const area = standing.reduce((sum, { shape }) => sum + shape.area, 0);
  const length = standing.length > 0 ? bottom + 2 * rim : 0;
  return {
    placements: standing
      .map((one) => placementOf(one, shapes.indexOf(one.shape), rim))
      .sort((a, b) => a.index - b.index),
    left: items
      .map((_, index) => ({ index, copies: left.filter((other) => other === index).length }))
      .filter(({ copies }) => copies > 0),
    fill: area / (sheet.width * sheet.height),
    length,
    fillOfLength: length > 0 ? area / (sheet.width * length) : 0,
  };
}

/** All copies, the first of each item before the second of any, and among them the largest first. */
function inOrder(items: readonly NestItem[], shapes: readonly Shape[]): number[] {
  const bySize = items.map((_, index) => index).sort((a, b) => shapes[b]!.area - shapes[a]!.area || a - b);
  const rounds = Math.max(0, ...items.map(({ copies = 1 }) => copies));
  return Array.from({ length: rounds }, (_, round) =>
    bySize.filter((index) => (items[index]!.copies ?? 1) > round),
  ).flat();
}

/** Turns that are looked at to see whether a shape fits at all: every two degrees. */
const ALL_TURNS = Array.from({ length: 180 }, (_, i) => (i * Math.PI) / 90);

function requireRoom(shapes: readonly Shape[], { room, turns }: Rules, sheet: Size, margin: number): void {
  const allowed = turns === 'free' ? ALL_TURNS : turns;
  const index = shapes.findIndex((shape) => !allowed.some((turn) => placesIn(room, shape, turn)));
  if (index < 0) return;
  const { left, right, top, bottom } = extentOf(shapes[index]!, 0);
  const size = `${formatMm(left + right, 1)} × ${formatMm(top + bottom, 1)}`;
  throw new PrintcatError(
    `Expected stickers that fit on the sheet of ${formatMm(sheet.width)} × ${formatMm(sheet.height)} but number ` +
      `${index + 1} is ${size}, and a margin of ${formatMm(margin)} is kept`,
    { hint: 'Choose a larger sheet or a smaller margin, or make the sticker smaller.' },
  );
}

const copied = (standing: readonly Standing[]): Standing[] => standing.map((one) => ({ ...one }));

const bottomOf = ({ shape, pose }: Standing): number => pose.y + extentOf(shape, pose.turn).bottom;

const lowest = (standing: readonly Standing[]): number =>
  standing.reduce((low, one) => Math.max(low, bottomOf(one)), 0);

/** Whether all keep the gap, measured from side to side of their true outlines. */
function allApart(standing: readonly Standing[], gap: number): boolean {
  const outlines = standing.map(({ shape, pose }) => outlinesAt(shape, pose));
  return standing.every((a, i) =>
    standing.slice(i + 1).every((b, k) => {
      const [dx, dy] = [a.pose.x - b.pose.x, a.pose.y - b.pose.y];
      if (Math.hypot(dx, dy) >= a.shape.reach + b.shape.reach + gap) return true;
      return keepApart(outlines[i]!, outlines[i + 1 + k]!, gap);
    }),
  );
}

type Judge = (standing: readonly Standing[]) => boolean;
interface Budget {
  rounds: number;
}

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

/** Separates what stands and takes what it cost from the budget. */
function tried(standing: Standing[], rules: Rules, budget: Budget): boolean {
  const { apart, spent } = separate(standing, rules, Math.min(ROUNDS, budget.rounds));
  budget.rounds -= spent + 1;
  return apart;
}

/** Other orders to begin with, and the share of all rounds that each gets before the best goes on. */
const OTHER_STARTS = 4;
const START_SHARE = 0.06;

/**
 * The same on as short a length as can be found: how far a start can be shortened depends on who stands beside
 * whom, so several are shortened a little, and the best of them as long as there are rounds.
 */
function shortest(standing: readonly Standing[], rules: Rules, budget: Budget, isRight: Judge): Standing[] {
  const share = Math.floor(budget.rounds * START_SHARE);
  let best = shortened(standing, rules, spend(budget, share), isRight);
  for (let n = 0; n < OTHER_STARTS && share > 0; n++) {
    const order = shuffled(standing, rules.random).map(({ shape }) => shape);
    const start = fillFromTop(order, rules).filter((one) => one !== null);
    if (start.length < standing.length) continue;
    const other = shortened(start, rules, spend(budget, share), isRight);
    if (lowest(other) < lowest(best)) best = other;
  }
  return shortened(best, rules, budget, isRight);
}

/** Takes a part out of a budget. */
function spend(budget: Budget, rounds: number): Budget {
  budget.rounds -= rounds;
  return { rounds };
}

/** By what share the room is made shorter while shapes only push each other, and how many rounds they get. */
const SQUEEZES: readonly number[] = [0.02, 0.01, 0.004, 0.0015];
const PUSHES = 120;

/** The same on a shorter length as long as pushing each other is enough: nobody changes places. */
function squeezed(standing: readonly Standing[], rules: Rules, isRight: Judge): Standing[] {
  let best = copied(standing);
  for (const cut of SQUEEZES) {
    for (;;) {
      const trial = heldAll(best, { width: rules.room.width, height: lowest(best) * (1 - cut) }, rules);
      if (!trial || !relax(trial.standing, trial.rules, PUSHES) || !isRight(trial.standing)) break;
      best = trial.standing;
    }
  }
  return best;
}

/** What stands, moved into a smaller room; `null` where that is too small. */
function heldAll(standing: readonly Standing[], room: Size, rules: Rules) {
  const area = standing.reduce((sum, { shape }) => sum + shape.area, 0);
  if (area > FULLEST * room.width * room.height) return null;
  const held: Standing[] = [];
  for (const { shape, pose } of standing) {
    const inside = heldIn(room, shape, pose) ?? anyTurn(room, shape, rules);
    if (!inside) return null;
    held.push({ shape, pose: inside });
  }
  return { standing: held, rules: { ...rules, room } };
}

/** The same on a shorter length: the room is cut again and again, and what sticks out finds its place inside. */
function shortened(standing: readonly Standing[], rules: Rules, budget: Budget, isRight: Judge): Standing[] {
  let best = squeezed(standing, rules, isRight);
  let cut = FIRST_CUT;
  for (let failed = false; budget.rounds > 0 && cut > LAST_CUT; ) {
    const start = copied(best);
    if (failed) swapTwo(start, rules);
    const trial = heldAll(start, { width: rules.room.width, height: lowest(best) * (1 - cut) }, rules);
    if (trial && tried(trial.standing, trial.rules, budget) && isRight(trial.standing)) {
      best = squeezed(trial.standing, rules, isRight);
      failed = false;
    } else {
      cut *= 0.85;
      failed = !failed;
    }
  }
  return best;
}

/** A pose in a room that has become too short for the shape as it was turned. */
function anyTurn(room: Size, shape: Shape, rules: Rules): Pose | null {
  const turns = rules.turns === 'free' ? ALL_TURNS : rules.turns;
  const turn = turns.find((one) => placesIn(room, shape, one));
  return turn === undefined ? null : heldIn(room, shape, { x: room.width / 2, y: room.height / 2, turn });
}

/** Lets two take each other's place: the way out where moving alone leads no further. */
function swapTwo(standing: readonly Standing[], { random }: Rules): void {
  const [a, b] = [random.pick(standing), random.pick(standing)];
  [a.pose, b.pose] = [
    { ...b.pose, turn: a.pose.turn },
    { ...a.pose, turn: b.pose.turn },
  ];
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
