import type { Point, Polygon } from '../contours/path.ts';
import { contains, distanceToSegment } from '../contours/polygon.ts';
import type { Standing } from './layout.ts';
import type { Pose, Shape } from './shape.ts';

/** The outlines of a shape where it stands on the sheet. */
export function outlinesAt({ outlines }: Shape, { x, y, turn }: Pose): Polygon[] {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return outlines.map((outline) =>
    outline.map(([px, py]): Point => [x + px * cos - py * sin, y + px * sin + py * cos]),
  );
}

/** The points within a length of a box. */
function near(polygon: Polygon, other: Polygon, within: number): boolean[] {
  const xs = other.map(([x]) => x);
  const ys = other.map(([, y]) => y);
  const [left, right] = [Math.min(...xs) - within, Math.max(...xs) + within];
  const [top, bottom] = [Math.min(...ys) - within, Math.max(...ys) + within];
  return polygon.map(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    return (
      Math.max(ax, bx) > left &&
      Math.min(ax, bx) < right &&
      Math.max(ay, by) > top &&
      Math.min(ay, by) < bottom
    );
  });
}

/**
 * Whether two sets of outlines keep a gap, corner by corner and side by side: two lines that do not cross are
 * nearest at a corner of one of them.
 */
export function keepApart(a: readonly Polygon[], b: readonly Polygon[], gap: number): boolean {
  if (contains(a, b[0]![0]!) || contains(b, a[0]![0]!)) return false;
  return a.every((ours) => b.every((theirs) => linesApart(ours, theirs, gap)));
}

function linesApart(ours: Polygon, theirs: Polygon, gap: number): boolean {
  const [mine, its] = [near(ours, theirs, gap), near(theirs, ours, gap)];
  for (let i = 0; i < ours.length; i++) {
    if (!mine[i]) continue;
    const [a, b] = [ours[i]!, ours[(i + 1) % ours.length]!];
    for (let j = 0; j < theirs.length; j++) {
      if (!its[j]) continue;
      const [c, d] = [theirs[j]!, theirs[(j + 1) % theirs.length]!];
      if (distanceToSegment(a, c, d) < gap || distanceToSegment(c, a, b) < gap) return false;
      if (cross(a, b, c, d)) return false;
    }
  }
  return true;
}

const side = ([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): boolean =>
  (bx - ax) * (py - ay) - (by - ay) * (px - ax) > 0;

const cross = (a: Point, b: Point, c: Point, d: Point): boolean =>
  side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

/** Whether all keep the gap, measured from side to side of their true outlines. */
export function allApart(standing: readonly Standing[], gap: number): boolean {
  const outlines = standing.map(({ shape, pose }) => outlinesAt(shape, pose));
  return standing.every((a, i) =>
    standing.slice(i + 1).every((b, k) => {
      const [dx, dy] = [a.pose.x - b.pose.x, a.pose.y - b.pose.y];
      if (Math.hypot(dx, dy) >= a.shape.reach + b.shape.reach + gap) return true;
      return keepApart(outlines[i]!, outlines[i + 1 + k]!, gap);
    }),
  );
}
