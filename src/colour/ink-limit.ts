import type { InkTable } from './ink-table.ts';

const ITERATIONS = 30;
/** Inks that move less than this in a step (0.005 %) have arrived. */
const ARRIVED = 5e-5;
/** What a whole ink below none or above solid would cost, as a colour difference: far more than any colour. */
const FENCE = 2000;
/**
 * What moving a whole ink costs besides, as a colour difference: it decides only where the press shows no
 * difference any more (next to solid black), so that neighbouring colours keep neighbouring inks there.
 */
const INERTIA = 1;

/** How a step of cyan, magenta and yellow moves each ink: black makes room for the others. */
const MOVES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [-1, -1, -1],
] as const;

/**
 * Brings inks under a limit of total area coverage by grey-component replacement: of all inks whose sum is the
 * limit, those whose colour on this press comes nearest to the colour asked for. Cyan, magenta and yellow make
 * way for black; where a colour is darker than any that the limit allows, the nearest takes its place.
 *
 * Nearest is least squares (Levenberg and Marquardt) in L*, chroma and hue, weighed as CIEDE2000 does at the
 * colour asked for. The answer moves smoothly with the question and is the question itself at the limit, so
 * gradients stay gradients.
 */
export class InkLimiter {
  readonly #makeTable: () => InkTable;
  #made: InkTable | undefined;
  /** Highest sum of the four inks, 0…4. */
  readonly #limit: number;
  readonly #wanted = new Float64Array(15);
  readonly #seen = new Float64Array(15);
  readonly #equations = new Equations();
  readonly #trial = new Float64Array(4);

  /**
   * @param table what the press shows for its inks; made for the first colour that is over the limit
   * @param limit highest sum of the four inks, 0…4
   */
  constructor(table: () => InkTable, limit: number) {
    this.#makeTable = table;
    this.#limit = limit;
  }

  get #table(): InkTable {
    this.#made ??= this.#makeTable();
    return this.#made;
  }

  /** Changes the four inks (0…1) in place where their sum is over the limit. */
  apply(inks: Float64Array): void {
    const sum = inks[0]! + inks[1]! + inks[2]! + inks[3]!;
    if (sum <= this.#limit) return;
    this.#table.look(inks, this.#wanted);
    const weights = weightsAt(this.#wanted);
    // Where the search starts and what inertia holds on to: less colour, the same black.
    const share = Math.max(0, (this.#limit - inks[3]!) / (sum - inks[3]!));
    const start = [inks[0]! * share, inks[1]! * share, inks[2]! * share] as const;
    this.#place(start, [0, 0, 0], inks);
    let cost = this.#cost(inks, start, weights);
    let damping = 1;
    for (let i = 0; i < ITERATIONS; i++) {
      const step = this.#step(inks, start, weights, damping);
      this.#place(inks, step, this.#trial);
      const now = this.#cost(this.#trial, start, weights);
      if (now < cost) {
        inks.set(this.#trial);
        cost = now;
        damping /= 8;
      } else {
        damping *= 4;
      }
      if (Math.max(Math.abs(step[0]), Math.abs(step[1]), Math.abs(step[2])) < ARRIVED) break;
    }
    this.#settle(inks);
  }

  /** Black takes what the others leave of the limit. */
  #place(from: ArrayLike<number>, step: Triple, inks: Float64Array): void {
    for (let i = 0; i < 3; i++) inks[i] = from[i]! + step[i]!;
    inks[3] = this.#limit - inks[0]! - inks[1]! - inks[2]!;
  }

  /** Puts right the last thousandths that the fences let through. */
  #settle(inks: Float64Array): void {
    for (let i = 0; i < 4; i++) inks[i] = Math.min(1, Math.max(0, inks[i]!));
    const colour = inks[0]! + inks[1]! + inks[2]!;
    const share = Math.min(1, (this.#limit - inks[3]!) / colour);
    for (let i = 0; i < 3; i++) inks[i]! *= share;
  }

  /** The difference in L*, a*, b* between what these inks show and what is wanted, along a row of weights. */
  #off([l, a, b]: Triple): number {
    const [seen, wanted] = [this.#seen, this.#wanted];
    return l * (seen[0]! - wanted[0]!) + a * (seen[1]! - wanted[1]!) + b * (seen[2]! - wanted[2]!);
  }

  #cost(inks: Float64Array, start: Triple, weights: Weights): number {
    this.#table.look(inks, this.#seen);
    let cost = 0;
    for (const row of weights) cost += this.#off(row) ** 2;
    for (let i = 0; i < 4; i++) cost += (FENCE * (inks[i]! - within(inks[i]!))) ** 2;
    for (let i = 0; i < 3; i++) cost += (INERTIA * (inks[i]! - start[i]!)) ** 2;
    return cost;
  }

  /** The step of cyan, magenta and yellow to the least cost, were the press as straight as it is here. */
  #step(inks: Float64Array, start: Triple, weights: Weights, damping: number): Triple {
    this.#table.look(inks, this.#seen);
    const [seen, equations] = [this.#seen, this.#equations];
    equations.clear();
    for (const row of weights) {
      const [l, a, b] = row;
      const slope = (ink: number) =>
        l * (seen[3 * ink + 3]! - seen[12]!) +
        a * (seen[3 * ink + 4]! - seen[13]!) +
        b * (seen[3 * ink + 5]! - seen[14]!);
      equations.add([slope(0), slope(1), slope(2)], this.#off(row), 1);
    }
    for (let i = 0; i < 3; i++) equations.add(MOVES[i]!, inks[i]! - start[i]!, INERTIA);
    let step = equations.solve(damping);
    // An ink that the step would drive past its end is held there, and the others find their way without it.
    const held = [false, false, false, false];
    for (let round = 0; round < 4; round++) {
      let more = false;
      for (let i = 0; i < 4; i++) {
        const move = MOVES[i]!;
        const next = inks[i]! + move[0] * step[0] + move[1] * step[1] + move[2] * step[2];
        if (held[i] || within(next) === next) continue;
        equations.add(move, inks[i]! - within(next), FENCE);
        held[i] = true;
        more = true;
      }
      if (!more) break;
      step = equations.solve(damping);
    }
    return step;
  }
}

type Triple = readonly [number, number, number];
type Weights = readonly [Triple, Triple, Triple];

const within = (ink: number): number => Math.min(1, Math.max(0, ink));

/** Rows that turn a small difference in L*, a*, b* at a colour into lightness, chroma and hue as CIEDE2000 weighs them. */
function weightsAt([l = 0, a = 0, b = 0]: Float64Array): Weights {
  const chroma = Math.hypot(a, b);
  const [cos, sin] = chroma > 0 ? [a / chroma, b / chroma] : [1, 0];
  const far = (l - 50) ** 2;
  const byL = 1 / (1 + (0.015 * far) / Math.sqrt(20 + far));
  const byC = 1 / (1 + 0.045 * chroma);
  const byH = 1 / (1 + 0.015 * chroma);
  return [
    [byL, 0, 0],
    [0, byC * cos, byC * sin],
    [0, -byH * sin, byH * cos],
  ];
}

/** Normal equations of a least-squares step in three unknowns. */
class Equations {
  /** The symmetric matrix's upper half row by row, then the right side. */
  readonly #n = new Float64Array(9);

  clear(): void {
    this.#n.fill(0);
  }

  /** One wish: that `row · step + off` be nothing, as strongly as `weight`. */
  add([x, y, z]: Triple, off: number, weight: number): void {
    const n = this.#n;
    const w = weight * weight;
    n[0]! += w * x * x;
    n[1]! += w * x * y;
    n[2]! += w * x * z;
    n[3]! += w * y * y;
    n[4]! += w * y * z;
    n[5]! += w * z * z;
    n[6]! -= w * x * off;
    n[7]! -= w * y * off;
    n[8]! -= w * z * off;
  }

  /** The step, held back by `damping` (by Cramer's rule). */
  solve(damping: number): Triple {
    const [xx, xy, xz, yy, yz, zz, u, v, w] = this.#n as unknown as [
      ...[number, number, number],
      ...[number, number, number],
      ...[number, number, number],
    ];
    const [p, q, r] = [xx + damping, yy + damping, zz + damping];
    const [a, b, c] = [q * r - yz * yz, xz * yz - xy * r, xy * yz - xz * q];
    const [d, e, f] = [p * r - xz * xz, xy * xz - p * yz, p * q - xy * xy];
    const det = p * a + xy * b + xz * c;
    return [(a * u + b * v + c * w) / det, (b * u + d * v + e * w) / det, (c * u + e * v + f * w) / det];
  }
}
