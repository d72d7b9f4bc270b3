import { shuffled } from '../random.ts';
import type { Size } from '../units.ts';
import { fillFromTop } from './fill.ts';
import { ALL_TURNS, copied, heldIn, lowest, placesIn, type Rules, type Standing } from './layout.ts';
import { relax } from './relax.ts';
import { separate } from './separate.ts';
import type { Pose, Shape } from './shape.ts';

/** Whether the gap is kept by the true outlines. */
export type Judge = (standing: readonly Standing[]) => boolean;
/** What is left to be spent, in rounds: seconds would give another machine another arrangement. */
export interface Budget {
  rounds: number;
}

/** Share of the room that no nesting of unlike shapes has ever filled: above it no time is spent. */
export const FULLEST = 0.92;
/** By what share the room is made shorter at a time, at first and at last. */
const [FIRST_CUT, LAST_CUT] = [0.03, 0.001];
/** Rounds for one more sticker, and for one shorter room. */
const ROUNDS = 60;

/** Separates what stands and takes what it cost from the budget. */
export function tried(standing: Standing[], rules: Rules, budget: Budget): boolean {
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
export function shortest(
  standing: readonly Standing[],
  rules: Rules,
  budget: Budget,
  isRight: Judge,
): Standing[] {
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
