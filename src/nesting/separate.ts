import { shuffled } from '../random.ts';
import { heldIn, type Rules, randomPose, type Standing } from './layout.ts';
import { overlapOf, type Pose } from './shape.ts';

/** Places tried anywhere in the room, and beside where a shape stands, for each move. */
const ANYWHERE = 4;
const BESIDE = 2;
/** How many of them are improved step by step. */
const IMPROVED = 1;
/** Steps, mm and radians, from the first to the last. */
const [FIRST_STEP, LAST_STEP] = [4, 0.08];
/** Rounds without a lower total after which it is given up. */
const PATIENCE = 24;
/** What two shapes may miss of the gap, mm²: one place of a rim by less than the gap has to spare for the grid. */
const NEGLIGIBLE = 0.06;
/** How much the weight of a pair grows at most in a round that it stays too near, and fades once it is apart. */
const [PRESSURE, FADING] = [1.2, 0.95];

/**
 * Moves shapes that come too near each other until the gap is kept everywhere: each in turn goes where it overlaps
 * least, and pairs that stay too near count more from round to round, so that it does not end in a corner (guided
 * local search as in Gardeyn and Wauters, "An open-source heuristic to reboot 2D nesting research", 2025).
 * @param standing moved in place; where it does not succeed, to be thrown away
 * @param rounds the most that may be spent
 * @returns whether all keep the gap, and the rounds that were spent
 */
export function separate(
  standing: Standing[],
  rules: Rules,
  rounds: number,
): { apart: boolean; spent: number } {
  const count = standing.length;
  const weights = new Float64Array(count * count).fill(1);
  const overlaps = new Float64Array(count * count);
  const refresh = (i: number): void => {
    const { shape, pose } = standing[i]!;
    for (let j = 0; j < count; j++) {
      if (j === i) continue;
      const found = overlapOf(shape, pose, standing[j]!.shape, standing[j]!.pose, rules.gap);
      const overlap = found > NEGLIGIBLE ? found : 0;
      overlaps[i * count + j] = overlap;
      overlaps[j * count + i] = overlap;
    }
  };
  for (let i = 0; i < count; i++) refresh(i);
  const isPressed = (i: number): boolean => {
    for (let j = 0; j < count; j++) if (overlaps[i * count + j]! > 0) return true;
    return false;
  };
  let least = Number.POSITIVE_INFINITY;
  let idle = 0;
  for (let spent = 0; spent < rounds; spent++) {
    const total = overlaps.reduce((sum, overlap) => sum + overlap, 0);
    if (total === 0) return { apart: true, spent };
    idle = total < least * 0.98 ? 0 : idle + 1;
    least = Math.min(least, total);
    if (idle > PATIENCE) return { apart: false, spent };
    const pressed = standing.map((_, i) => i).filter(isPressed);
    for (const i of shuffled(pressed, rules.random)) {
      if (!isPressed(i)) continue;
      standing[i]!.pose = betterPose(standing, i, weights, rules);
      refresh(i);
    }
    const most = overlaps.reduce((high, overlap) => Math.max(high, overlap), 1e-9);
    for (let at = 0; at < weights.length; at++) {
      const overlap = overlaps[at]!;
      weights[at] =
        overlap > 0 ? weights[at]! * (1 + PRESSURE * (overlap / most)) : Math.max(1, weights[at]! * FADING);
    }
  }
  return { apart: overlaps.every((overlap) => overlap === 0), spent: rounds };
}

interface Scored {
  readonly pose: Pose;
  readonly score: number;
}

/** Where a shape overlaps least, as far as some tries tell; where it stands now if nothing is better. */
function betterPose(standing: readonly Standing[], i: number, weights: Float64Array, rules: Rules): Pose {
  const count = standing.length;
  const { shape, pose: now } = standing[i]!;
  const { random, room, turns } = rules;
  const score = (pose: Pose, limit: number): number => {
    let sum = 0;
    for (let j = 0; j < count && sum <= limit; j++) {
      if (j === i) continue;
      const weight = weights[i * count + j]!;
      const other = standing[j]!;
      sum += weight * overlapOf(shape, pose, other.shape, other.pose, rules.gap, (limit - sum) / weight);
    }
    return sum;
  };
  const best = (poses: readonly (Pose | null)[], count: number): Scored[] => {
    let found: Scored[] = [];
    for (const pose of poses) {
      if (!pose) continue;
      const limit = found.length < count ? Number.POSITIVE_INFINITY : found.at(-1)!.score;
      const scored = { pose, score: score(pose, limit) };
      if (scored.score < limit) {
        found = [...found, scored].sort((a, b) => a.score - b.score).slice(0, count);
      }
    }
    return found;
  };
  const beside = Array.from({ length: BESIDE }, () => {
    const [x, y] = [now.x + random.bell() * shape.reach * 0.2, now.y + random.bell() * shape.reach * 0.2];
    const turn = turns === 'free' ? now.turn + random.bell() * 0.3 : random.pick(turns);
    return heldIn(room, shape, { x, y, turn });
  });
  const anywhere = Array.from({ length: ANYWHERE }, () => randomPose(rules, shape));
  const starts = [...best([now, ...beside], 1), ...best(anywhere, IMPROVED)];
  const improved = starts.map((start) =>
    improve(start, score, rules, (pose) => heldIn(room, shape, pose), shape.reach),
  );
  return improved.reduce((least, other) => (other.score < least.score ? other : least)).pose;
}

/** Goes down step by step, across, along, aslant and round, with ever smaller steps. */
function improve(
  start: Scored,
  score: (pose: Pose, limit: number) => number,
  { turns, random }: Rules,
  held: (pose: Pose) => Pose | null,
  reach: number,
): Scored {
  let best = start;
  for (let step = FIRST_STEP; step > LAST_STEP && best.score > 0; ) {
    const way = random.between(0, 2 * Math.PI);
    const [dx, dy] = [Math.cos(way) * step, Math.sin(way) * step];
    const { x, y, turn } = best.pose;
    const tries: Pose[] = [
      { x: x + dx, y: y + dy, turn },
      { x: x - dx, y: y - dy, turn },
      { x: x - dy, y: y + dx, turn },
      { x: x + dy, y: y - dx, turn },
    ];
    if (turns === 'free') {
      tries.push({ x, y, turn: turn + step / reach }, { x, y, turn: turn - step / reach });
    }
    let better = false;
    for (const tried of tries) {
      const pose = held(tried);
      if (!pose) continue;
      const value = score(pose, best.score);
      if (value >= best.score) continue;
      best = { pose, score: value };
      better = true;
    }
    if (!better) step *= 0.6;
  }
  return best;
}
