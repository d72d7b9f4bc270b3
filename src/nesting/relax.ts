import { heldIn, type Rules, type Standing } from './layout.ts';
import { RIM_SPACING, type Shape } from './shape.ts';

/** How all that press on a shape would move it together. */
interface Push {
  x: number;
  y: number;
  /** Moment about its middle, and the squares of the levers. */
  moment: number;
  levers: number;
  /** Places of rims that press. */
  count: number;
}

/** How much of what is missing is made up in a round: both give way, each by half and a little more. */
const GIVE = 0.65;
/** What a rim place may miss of the gap, mm: half of what the gap has to spare for the grid. */
const NEGLIGIBLE = 0.03;

/**
 * Lets shapes that are too near each other push themselves apart, all at once, a little in each round: every place
 * of a rim that misses the gap moves and turns both shapes along the steepest way out (position-based dynamics:
 * Müller et al. 2007). They keep their neighbours, and what was tight becomes even.
 * @param standing moved in place
 * @returns whether all keep the gap
 */
export function relax(standing: readonly Standing[], rules: Rules, rounds: number): boolean {
  for (let round = 0; round < rounds; round++) {
    const pushes = standing.map((): Push => ({ x: 0, y: 0, moment: 0, levers: 0, count: 0 }));
    let most = 0;
    for (let i = 0; i < standing.length; i++) {
      for (let j = 0; j < standing.length; j++) {
        if (i !== j)
          most = Math.max(most, press(standing[i]!, standing[j]!, rules.gap, pushes[i]!, pushes[j]!));
      }
    }
    if (most <= NEGLIGIBLE) return true;
    standing.forEach((one, i) => {
      const { x, y, moment, levers, count } = pushes[i]!;
      if (count === 0) return;
      const turn = rules.turns === 'free' ? one.pose.turn + (GIVE * moment) / levers : one.pose.turn;
      const moved = { x: one.pose.x + (GIVE * x) / count, y: one.pose.y + (GIVE * y) / count, turn };
      one.pose = heldIn(rules.room, one.shape, moved) ?? one.pose;
    });
  }
  return false;
}

/** Adds to both pushes what the rim of `a` misses of the gap to `b`; returns the most that it misses, mm. */
function press(
  { shape: a, pose: at }: Standing,
  { shape: b, pose: bt }: Standing,
  gap: number,
  ours: Push,
  theirs: Push,
): number {
  const reach = a.reach + b.reach + gap;
  if ((at.x - bt.x) ** 2 + (at.y - bt.y) ** 2 >= reach * reach) return 0;
  const [cos, sin] = [Math.cos(at.turn), Math.sin(at.turn)];
  const [bc, bs] = [Math.cos(bt.turn), Math.sin(bt.turn)];
  let most = 0;
  for (const [from, to] of a.ranges) {
    for (let k = from; k < to; ) {
      const px = a.rim[2 * k]!;
      const py = a.rim[2 * k + 1]!;
      // From both middles, in the sheet's directions.
      const ax = px * cos - py * sin;
      const ay = px * sin + py * cos;
      const bx = ax + at.x - bt.x;
      const by = ay + at.y - bt.y;
      const { distance, across, along } = slopeAt(b, bx * bc + by * bs, by * bc - bx * bs);
      const missing = gap - distance;
      if (missing <= 0) {
        k += 1 + Math.floor(-missing / RIM_SPACING);
        continue;
      }
      most = Math.max(most, missing);
      const nx = missing * (across * bc - along * bs);
      const ny = missing * (across * bs + along * bc);
      add(ours, nx, ny, ax, ay);
      add(theirs, -nx, -ny, bx, by);
      k++;
    }
  }
  return most;
}

function add(push: Push, nx: number, ny: number, x: number, y: number): void {
  push.x += nx;
  push.y += ny;
  push.moment += x * ny - y * nx;
  push.levers += x * x + y * y;
  push.count++;
}

/** The distance of a place from a shape's outlines, in its own frame, and in which direction it grows. */
function slopeAt({ distance: field, pad }: Shape, x: number, y: number) {
  const { values, width, height, step } = field;
  const u = (x - field.x) / step;
  const v = (y - field.y) / step;
  if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) return { distance: pad, across: 0, along: 0 };
  const i = Math.trunc(u);
  const j = Math.trunc(v);
  const at = j * width + i;
  const [a, b, c, d] = [values[at]!, values[at + 1]!, values[at + width]!, values[at + width + 1]!];
  const [s, t] = [u - i, v - j];
  const across = (b - a) * (1 - t) + (d - c) * t;
  const along = (c - a) * (1 - s) + (d - b) * s;
  const length = Math.hypot(across, along) || 1;
  const upper = a + (b - a) * s;
  return {
    distance: upper + (c + (d - c) * s - upper) * t,
    across: across / length,
    along: along / length,
  };
}
