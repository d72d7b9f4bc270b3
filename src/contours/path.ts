import type { Box } from '../units.ts';

/** A place, mm from the top left corner of whatever its owner names, y downwards. */
export type Point = readonly [x: number, y: number];

/** A cubic Bézier curve by its four points, mm. */
export interface Cubic {
  readonly from: Point;
  readonly control1: Point;
  readonly control2: Point;
  readonly to: Point;
}

/** A closed line: each curve begins where the one before it ends, the first where the last ends. */
export type Loop = readonly Cubic[];

/**
 * What a knife follows. Outlines run clockwise on the page (positive area), holes the other way round, so that the
 * non-zero and the even-odd rule fill the same.
 */
export interface CutPath {
  readonly loops: readonly Loop[];
}

/** A closed line of straight pieces, mm; the last point is joined to the first. */
export type Polygon = readonly Point[];

/** How far a flattened line may lie off its curve, mm: a fifth of the 0.1 mm to which a cut is asked. */
const FLATNESS = 0.02;

export function pointAt({ from, control1, control2, to }: Cubic, t: number): Point {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [
    a * from[0] + b * control1[0] + c * control2[0] + d * to[0],
    a * from[1] + b * control1[1] + c * control2[1] + d * to[1],
  ];
}

/** The curve's first derivative by its parameter, mm. */
export function velocityAt({ from, control1, control2, to }: Cubic, t: number): Point {
  const s = 1 - t;
  const along = (k: 0 | 1): number =>
    3 *
    (s * s * (control1[k] - from[k]) +
      2 * s * t * (control2[k] - control1[k]) +
      t * t * (to[k] - control2[k]));
  return [along(0), along(1)];
}

/** The curve's second derivative by its parameter, mm. */
export function accelerationAt({ from, control1, control2, to }: Cubic, t: number): Point {
  const along = (k: 0 | 1): number =>
    6 * ((1 - t) * (control2[k] - 2 * control1[k] + from[k]) + t * (to[k] - 2 * control2[k] + control1[k]));
  return [along(0), along(1)];
}

/**
 * Radius of the circle that hugs the curve at a place, mm; infinite where it is straight. Positive where the curve
 * turns clockwise, which is the convex way on an outline; negative the other way.
 */
export function radiusAt(cubic: Cubic, t: number): number {
  const [vx, vy] = velocityAt(cubic, t);
  const [ax, ay] = accelerationAt(cubic, t);
  return Math.hypot(vx, vy) ** 3 / (vx * ay - vy * ax);
}

/** Into how many straight pieces a cubic is cut so that none is further than `flatness` off (Wang 1984). */
function pieces({ from, control1, control2, to }: Cubic, flatness: number): number {
  const bend = (a: Point, b: Point, c: Point): number =>
    Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]);
  const most = Math.max(bend(from, control1, control2), bend(control1, control2, to));
  return Math.max(1, Math.ceil(Math.sqrt((0.75 * most) / flatness)));
}

/** @param flatness how far the straight pieces may lie off the curve, mm */
export function flattenLoop(loop: Loop, flatness = FLATNESS): Polygon {
  return loop.flatMap((cubic) => {
    const count = pieces(cubic, flatness);
    return Array.from({ length: count }, (_, i) => pointAt(cubic, i / count));
  });
}

/** @param flatness how far the straight pieces may lie off the curves, mm */
export const flatten = ({ loops }: CutPath, flatness = FLATNESS): Polygon[] =>
  loops.map((loop) => flattenLoop(loop, flatness));

/** The parameters inside 0…1 at which a cubic turns round along an axis. */
function turns({ from, control1, control2, to }: Cubic, k: 0 | 1): number[] {
  const a = to[k] - 3 * control2[k] + 3 * control1[k] - from[k];
  const b = 2 * (control2[k] - 2 * control1[k] + from[k]);
  const c = control1[k] - from[k];
  if (Math.abs(a) < 1e-12) return Math.abs(b) < 1e-12 ? [] : [-c / b].filter((t) => t > 0 && t < 1);
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  return [(-b + root) / (2 * a), (-b - root) / (2 * a)].filter((t) => t > 0 && t < 1);
}

/** The smallest box around the path, exact. */
export function boundsOf({ loops }: CutPath): Box {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] as [number, number];
  for (const cubic of loops.flat()) {
    for (const k of [0, 1] as const) {
      for (const t of [0, 1, ...turns(cubic, k)]) {
        const value = pointAt(cubic, t)[k];
        low[k] = Math.min(low[k], value);
        high[k] = Math.max(high[k], value);
      }
    }
  }
  return { x: low[0], y: low[1], width: high[0] - low[0], height: high[1] - low[1] };
}

/** Twice the area between a cubic and the origin (Green's theorem over the Bernstein basis). */
function sweep({ from: [x0, y0], control1: [x1, y1], control2: [x2, y2], to: [x3, y3] }: Cubic): number {
  return (
    (6 * (x0 * y1 - x1 * y0) +
      3 * (x0 * y2 - x2 * y0) +
      (x0 * y3 - x3 * y0) +
      3 * (x1 * y2 - x2 * y1) +
      3 * (x1 * y3 - x3 * y1) +
      6 * (x2 * y3 - x3 * y2)) /
    10
  );
}

/** Area inside a loop, mm², exact; negative for a hole. */
export const loopArea = (loop: Loop): number => loop.reduce((sum, cubic) => sum + sweep(cubic), 0) / 2;

/** Area inside the path less its holes, mm². */
export const areaOf = ({ loops }: CutPath): number => loops.reduce((sum, loop) => sum + loopArea(loop), 0);

/** Where a path stands on a sheet. */
export interface Placement {
  /** Where the path's own origin comes to lie, mm. */
  readonly x: number;
  readonly y: number;
  /** By how much it is turned about its origin, degrees, clockwise on the page. */
  readonly angle: number;
}

/** The place of a path's point once the path is placed. */
export function placePoint({ x, y, angle }: Placement, [px, py]: Point): Point {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return [x + px * cos - py * sin, y + px * sin + py * cos];
}

/** The path turned about its origin, then moved. */
export function placePath({ loops }: CutPath, placement: Placement): CutPath {
  const place = (point: Point): Point => placePoint(placement, point);
  return {
    loops: loops.map((loop) =>
      loop.map(({ from, control1, control2, to }) => ({
        from: place(from),
        control1: place(control1),
        control2: place(control2),
        to: place(to),
      })),
    ),
  };
}
