import type { Raster } from '../artwork/raster.ts';

export type Point = readonly [x: number, y: number];
/** A convex polygon, its corners in order. */
export type Polygon = readonly Point[];

/** The whole of a picture, as an outline. */
export const WHOLE: Polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Twice the area of the triangle a b c: above 0 where c lies to the right of a → b, y downwards. */
const side = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** The convex hull of points (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Polygon {
  const sorted = points.toSorted(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const chain = (list: readonly Point[]): Point[] => {
    const hull: Point[] = [];
    for (const point of list) {
      while (hull.length > 1 && side(hull.at(-2)!, hull.at(-1)!, point) <= 0) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...chain(sorted), ...chain(sorted.toReversed())];
}

/** Sides of an outline, in as many directions all around: little is lost by them, and distances are found fast. */
const SIDES = 16;

/** The polygon with so many sides at most that holds all points, each side touching one of them. */
function hold(points: readonly Point[]): Polygon {
  const directions = Array.from({ length: SIDES }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / SIDES;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const reach = directions.map(([u, v]) => Math.max(...points.map(([x, y]) => x * u + y * v)));
  // Neighbouring sides meet in the corners.
  const corners = directions.map(([a, b], i): Point => {
    const next = (i + 1) % SIDES;
    const [c, d] = directions[next]!;
    const det = a * d - b * c;
    return [(reach[i]! * d - b * reach[next]!) / det, (a * reach[next]! - reach[i]! * c) / det];
  });
  return convexHull(corners);
}

/** Below this alpha a pixel is not seen. */
const SEEN = 8;

/**
 * A convex outline of sixteen sides around what is seen of a picture, as fractions of its width and height:
 * `Motif.outline`. It may reach a little beyond the picture.
 * @returns the whole picture where it has no alpha, or nothing to be seen
 */
export function outlineOf({ data, width, height, channels }: Raster): Polygon {
  if (channels !== 4) return WHOLE;
  const corners: Point[] = [];
  for (let y = 0; y < height; y++) {
    let first = 0;
    while (first < width && data[(y * width + first) * 4 + 3]! < SEEN) first++;
    if (first === width) continue;
    let last = width - 1;
    while (data[(y * width + last) * 4 + 3]! < SEEN) last--;
    for (const edge of [y, y + 1])
      corners.push([first / width, edge / height], [(last + 1) / width, edge / height]);
  }
  return corners.length === 0 ? WHOLE : hold(convexHull(corners));
}

const distanceToEdge = ([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
};

/** Whether a line along one of `a`'s sides has all of `b` beyond it (the separating axis theorem). */
const parts = (a: Polygon, b: Polygon): boolean =>
  a.some((from, i) => {
    const to = a[(i + 1) % a.length]!;
    return b.every((point) => side(from, to, point) <= 0);
  });

/** The distance between two convex polygons whose corners go round clockwise (y downwards); 0 where they overlap. */
export function polygonDistance(a: Polygon, b: Polygon): number {
  if (!parts(a, b) && !parts(b, a)) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const point of one) {
      for (const [i, from] of other.entries()) {
        least = Math.min(least, distanceToEdge(point, from, other[(i + 1) % other.length]!));
      }
    }
  }
  return least;
}

/** The radius of the largest circle about the origin within a convex polygon; 0 where the origin lies outside of it. */
export const innerRadius = (polygon: Polygon): number =>
  Math.max(
    0,
    Math.min(
      ...polygon.map((from, i) => {
        const to = polygon[(i + 1) % polygon.length]!;
        return side(from, to, [0, 0]) / Math.hypot(to[0] - from[0], to[1] - from[1]);
      }),
    ),
  );
