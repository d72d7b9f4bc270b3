import { clamp, type Point } from './numbers.ts';

/** A point of an outline; a third member makes it a corner instead of a bend. */
export type Knot = readonly [x: number, y: number, corner?: 1];

/** Knots written as `x y, x y!, …`; the exclamation mark makes a corner. */
export function knots(text: string): Knot[] {
  return text.split(',').map((item) => {
    const [x, y] = item.replace('!', '').trim().split(' ').map(Number);
    return item.endsWith('!') ? [x!, y!, 1] : [x!, y!];
  });
}

/**
 * A line through all knots: bent through the plain ones (Catmull–Rom), broken at corners.
 * @param closed joins the last knot to the first
 * @returns points about two units apart at most
 */
export function curve(through: readonly Knot[], closed = false): Point[] {
  const count = through.length;
  const points: Point[] = [];
  const at = (i: number): Knot => through[closed ? (i + count) % count : clamp(i, 0, count - 1)]!;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const from = at(i);
    const to = at(i + 1);
    const before = from[2] ? from : at(i - 1);
    const after = to[2] ? to : at(i + 2);
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const steps = Math.max(1, Math.ceil(length / 2));
    // Tangents never longer than the span itself, or short spans beside long ones would loop.
    const reach = (x: number, y: number): Point => {
      const size = Math.hypot(x, y) || 1;
      const scale = Math.min(size / 2, length) / size;
      return [x * scale, y * scale];
    };
    const start = reach(to[0] - before[0], to[1] - before[1]);
    const end = reach(after[0] - from[0], after[1] - from[1]);
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      const t2 = t * t;
      const t3 = t2 * t;
      const place = (k: 0 | 1): number =>
        (2 * t3 - 3 * t2 + 1) * from[k] +
        (t3 - 2 * t2 + t) * start[k] +
        (3 * t2 - 2 * t3) * to[k] +
        (t3 - t2) * end[k];
      points.push([place(0), place(1)]);
    }
  }
  if (!closed) points.push([at(count - 1)[0], at(count - 1)[1]]);
  return points;
}

/** Moves, turns (radians, clockwise on the page) and scales points or knots about the origin. */
export function placed<K extends Knot>(
  points: readonly K[],
  { x = 0, y = 0, turn = 0, scale = 1, flip = false },
): K[] {
  const cos = Math.cos(turn) * scale;
  const sin = Math.sin(turn) * scale;
  return points.map((point) => {
    const px = flip ? -point[0] : point[0];
    const moved = [x + px * cos - point[1] * sin, y + px * sin + point[1] * cos, ...point.slice(2)];
    return moved as unknown as K;
  });
}

/** A circle, or with `squash` (height to width) an ellipse turned by `turn` radians. */
export function circle(x: number, y: number, radius: number, squash = 1, turn = 0): Point[] {
  const steps = Math.max(12, Math.ceil(radius * 2));
  return Array.from({ length: steps }, (_, i) => {
    const angle = (i / steps) * 2 * Math.PI;
    const px = Math.cos(angle) * radius;
    const py = Math.sin(angle) * radius * squash;
    return [x + px * Math.cos(turn) - py * Math.sin(turn), y + px * Math.sin(turn) + py * Math.cos(turn)];
  });
}

/**
 * The outline of a line whose width swells and tapers.
 * @param width full width at 0…1 of the line's length
 */
export function ribbon(line: readonly Point[], width: (t: number) => number): Point[] {
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i < line.length; i++) {
    const [x, y] = line[i]!;
    const before = line[Math.max(0, i - 1)]!;
    const after = line[Math.min(line.length - 1, i + 1)]!;
    const dx = after[0] - before[0];
    const dy = after[1] - before[1];
    const half = width(i / (line.length - 1)) / 2 / (Math.hypot(dx, dy) || 1);
    left.push([x - dy * half, y + dx * half]);
    right.push([x + dy * half, y - dx * half]);
  }
  return [...left, ...right.reverse()];
}

/** A closed curve through knots written as text. */
export const outline = (text: string): Point[] => curve(knots(text), true);

/** An open curve through knots written as text. */
export const stretch = (text: string): Point[] => curve(knots(text));

/** The knots of something on the right side and, mirrored in the upright axis, on the left. */
export function bothSides(text: string): [right: Knot[], left: Knot[]] {
  const right = knots(text);
  return [right, placed(right, { flip: true })];
}
