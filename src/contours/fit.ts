import {
  accelerationAt,
  type Cubic,
  type Loop,
  type Point,
  type Polygon,
  pointAt,
  radiusAt,
  velocityAt,
} from './path.ts';

export interface FitOptions {
  /** How far the curves may lie off the line, mm. */
  readonly tolerance: number;
  /** Smallest radius the curves may have, mm. */
  readonly radius: number;
}

/** From one point of the evened line to the next, as a part of the smallest radius: 14 to a right angle. */
const SPACING = 1 / 9;
const MOST_SPACING = 0.2;
/** The shortest piece that is fitted, points: any two tangents and a chord as short as that have a cubic. */
const SHORTEST = 3;
/** Pieces are tried ever longer, and no more after this many that did not suit. */
const PATIENCE = 8;
/** Rounds of moving the parameters to the nearest points of the curve; more change nothing that is seen. */
const ROUNDS = 5;

/**
 * Lays cubic Béziers along a closed line, each as long as the tolerance allows, all joined without a corner
 * (after Schneider, "An Algorithm for Automatically Fitting Digitized Curves", 1990; pieces are grown as long as
 * they will fit instead of being halved, which takes fewer of them).
 * @param line dense and smooth; noise below the tolerance does not matter
 */
export function fitLoop(line: Polygon, { tolerance, radius }: FitOptions): Loop {
  const points = calmed(evened(line, spacingOf(radius)));
  const tangents = tangentsOf(points);
  const count = points.length;
  const piece = (from: number, length: number): Fit => {
    const span = Array.from({ length: length + 1 }, (_, i) => points[(from + i) % count]!);
    return fitPiece(span, tangents[from % count]!, tangents[(from + length) % count]!);
  };
  const loop: Cubic[] = [];
  for (let from = 0; from < count; ) {
    const left = count - from;
    let best: { length: number; fit: Fit; radius: number } | null = null;
    let fails = 0;
    for (let length = Math.min(SHORTEST, left); length <= left && fails < PATIENCE; ) {
      // What is left for the last piece must not be shorter than the shortest.
      if (length < left && left - length < SHORTEST) length = left;
      const fit = piece(from, length);
      const least = leastRadius(fit.cubic);
      const suits = fit.off <= tolerance && least >= radius;
      if (suits) fails = 0;
      else fails++;
      // As long as none suits, the roundest of those that come near enough.
      if (suits || !best || (best.radius < radius && least > best.radius && fit.off <= 2 * tolerance)) {
        best = { length, fit, radius: least };
      }
      length = length < left ? Math.min(left, Math.ceil(length * 1.08)) : left + 1;
    }
    loop.push(best!.fit.cubic);
    from += best!.length;
  }
  return loop;
}

/** The smallest radius of a cubic on either side, mm, looked at in places close together. */
export function leastRadius(cubic: Cubic, places = 24): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= places; i++) least = Math.min(least, Math.abs(radiusAt(cubic, i / places)));
  return least;
}

/** The line with its points at even distances of about `spacing`, mm. */
function evened(line: Polygon, spacing: number): Point[] {
  const lengths = line.map(([x, y], i) => {
    const [nx, ny] = line[(i + 1) % line.length]!;
    return Math.hypot(nx - x, ny - y);
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const count = Math.max(12, Math.round(total / spacing));
  const points: Point[] = [];
  let [piece, begun] = [0, 0];
  for (let i = 0; i < count; i++) {
    const at = (total * i) / count;
    while (piece + 1 < line.length && begun + lengths[piece]! < at) begun += lengths[piece++]!;
    const t = lengths[piece]! > 0 ? Math.min(1, (at - begun) / lengths[piece]!) : 0;
    const [a, b] = [line[piece]!, line[(piece + 1) % line.length]!];
    points.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
  }
  return points;
}

const spacingOf = (radius: number): number => Math.min(MOST_SPACING, radius * SPACING);

/** The variance of the Gaussian by which a line is calmed before it is fitted, mm². @param radius the smallest, mm */
export const calmedBy = (radius: number): number => (CALMING / 2) * spacingOf(radius) ** 2;

/** How often each point is moved towards its neighbours: as a Gaussian of √(CALMING / 2) spacings. */
const CALMING = 10;

/**
 * The points, each the mean of those around it, so that where an arc inwards meets one outwards the bend does not
 * change from one point to the next, which no short cubic can follow. Arcs are drawn in by
 * half of `calmedBy` over their radius.
 */
function calmed(points: readonly Point[]): Point[] {
  let calm = [...points];
  for (let round = 0; round < CALMING; round++) {
    const last = calm;
    calm = last.map(([x, y], i) => {
      const [ax, ay] = last[(i - 1 + last.length) % last.length]!;
      const [bx, by] = last[(i + 1) % last.length]!;
      return [(ax + 2 * x + bx) / 4, (ay + 2 * y + by) / 4];
    });
  }
  return calm;
}

/** How many points to both sides a tangent is taken over. */
const REACH = 3;

/** The directions of the line at its points: of the chord around each, which on a circle is the tangent. */
function tangentsOf(points: readonly Point[]): Point[] {
  const count = points.length;
  return points.map((_, i) => {
    const [ax, ay] = points[(i - REACH + count) % count]!;
    const [bx, by] = points[(i + REACH) % count]!;
    const length = Math.hypot(bx - ax, by - ay) || 1;
    return [(bx - ax) / length, (by - ay) / length];
  });
}

interface Fit {
  readonly cubic: Cubic;
  /** The furthest that a point lies off, mm. */
  readonly off: number;
}

/** The cubic between the ends of some points, along given directions there, that comes nearest to all of them. */
function fitPiece(points: readonly Point[], leaves: Point, arrives: Point): Fit {
  let places = chordPlaces(points);
  let best: Fit | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const cubic = leastSquares(points, places, leaves, arrives);
    const fit = { cubic, off: furthest(points, places, cubic) };
    if (!best || fit.off < best.off) best = fit;
    places = places.map((t, i) => nearer(cubic, points[i]!, t));
  }
  return best!;
}

/** Places of the points along the line through them, 0…1. */
function chordPlaces(points: readonly Point[]): number[] {
  const along = [0];
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
    along.push(along[i - 1]! + Math.hypot(bx - ax, by - ay));
  }
  const total = along.at(-1)! || 1;
  return along.map((length) => length / total);
}

/** The lengths of both handles that make the squares of the distances smallest (Schneider 1990). */
function leastSquares(
  points: readonly Point[],
  places: readonly number[],
  leaves: Point,
  arrives: Point,
): Cubic {
  const [from, to] = [points[0]!, points.at(-1)!];
  let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
  const across = -(leaves[0] * arrives[0] + leaves[1] * arrives[1]);
  for (let i = 0; i < points.length; i++) {
    const t = places[i]!;
    const s = 1 - t;
    const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    const dx = points[i]![0] - from[0] * (b0 + b1) - to[0] * (b2 + b3);
    const dy = points[i]![1] - from[1] * (b0 + b1) - to[1] * (b2 + b3);
    aa += b1 * b1;
    ab += b1 * b2 * across;
    bb += b2 * b2;
    ra += b1 * (dx * leaves[0] + dy * leaves[1]);
    rb -= b2 * (dx * arrives[0] + dy * arrives[1]);
  }
  const chord = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const det = aa * bb - ab * ab;
  let [a, b] = [(ra * bb - rb * ab) / det, (rb * aa - ra * ab) / det];
  // Handles that point back or cross would make a loop: thirds of the chord never do.
  const sound = (length: number): boolean => length > chord * 1e-3 && length < chord * 3;
  if (!(sound(a) && sound(b))) a = b = chord / 3;
  return {
    from,
    control1: [from[0] + leaves[0] * a, from[1] + leaves[1] * a],
    control2: [to[0] - arrives[0] * b, to[1] - arrives[1] * b],
    to,
  };
}

function furthest(points: readonly Point[], places: readonly number[], cubic: Cubic): number {
  let most = 0;
  for (let i = 0; i < points.length; i++) {
    const [x, y] = pointAt(cubic, places[i]!);
    most = Math.max(most, Math.hypot(x - points[i]![0], y - points[i]![1]));
  }
  return most;
}

/** One step of Newton's method towards the place of the curve that is nearest to a point. */
function nearer(cubic: Cubic, [x, y]: Point, t: number): number {
  const [px, py] = pointAt(cubic, t);
  const [vx, vy] = velocityAt(cubic, t);
  const [ax, ay] = accelerationAt(cubic, t);
  const slope = vx * vx + vy * vy + (px - x) * ax + (py - y) * ay;
  if (slope <= 0) return t;
  return Math.min(1, Math.max(0, t - ((px - x) * vx + (py - y) * vy) / slope));
}
