import { pointAt } from '../../contours/path.ts';
import type { Box } from '../../units.ts';
import { boxOf, edgesAround } from '../content/geometry.ts';
import type { Subpath } from '../model.ts';

/** Straight pieces that a curve is taken for. */
const STEPS = 16;

/** A path's line as straight pieces, mm: x, y, x, y, … */
export interface Polyline {
  readonly points: readonly number[];
  readonly closed: boolean;
  readonly box: Box;
}

export function flatten({ points, segments, closed }: Subpath): Polyline {
  const flat = [points[0] ?? 0, points[1] ?? 0];
  let at = 2;
  for (const segment of segments) {
    if (segment === 'l') {
      flat.push(points[at]!, points[at + 1]!);
      at += 2;
      continue;
    }
    const place = (i: number) => [points[i]!, points[i + 1]!] as const;
    const from = [flat.at(-2)!, flat.at(-1)!] as const;
    const cubic = { from, control1: place(at), control2: place(at + 2), to: place(at + 4) };
    for (let i = 1; i <= STEPS; i++) flat.push(...pointAt(cubic, i / STEPS));
    at += 6;
  }
  const [endX, endY] = [flat.at(-2)!, flat.at(-1)!];
  if (closed && (endX !== flat[0] || endY !== flat[1])) flat.push(flat[0]!, flat[1]!);
  const edges = edgesAround([flat]) ?? { x0: 0, y0: 0, x1: 0, y1: 0 };
  return { points: flat, closed, box: boxOf(edges) };
}

/** How far apart two boxes are, mm; 0 where they meet. */
export function boxDistance(a: Box, b: Box): number {
  const dx = Math.max(0, a.x - (b.x + b.width), b.x - (a.x + a.width));
  const dy = Math.max(0, a.y - (b.y + b.height), b.y - (a.y + a.height));
  return Math.hypot(dx, dy);
}

function pointToPiece(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length > 0 ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length)) : 0;
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

const turn = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

/** Least distance between two lines, mm, as far as it is below `enough`; 0 where they cross. */
export function distance(a: Polyline, b: Polyline, enough: number): number {
  let least = enough;
  for (let i = 0; i + 3 < a.points.length; i += 2) {
    const [ax, ay, bx, by] = a.points.slice(i, i + 4) as [number, number, number, number];
    const piece = {
      x: Math.min(ax, bx),
      y: Math.min(ay, by),
      width: Math.abs(bx - ax),
      height: Math.abs(by - ay),
    };
    if (boxDistance(piece, b.box) >= least) continue;
    for (let k = 0; k + 3 < b.points.length; k += 2) {
      const cx = b.points[k]!;
      const cy = b.points[k + 1]!;
      const dx = b.points[k + 2]!;
      const dy = b.points[k + 3]!;
      if (
        turn(ax, ay, bx, by, cx, cy) !== turn(ax, ay, bx, by, dx, dy) &&
        turn(cx, cy, dx, dy, ax, ay) !== turn(cx, cy, dx, dy, bx, by)
      )
        return 0;
      least = Math.min(
        least,
        pointToPiece(ax, ay, cx, cy, dx, dy),
        pointToPiece(bx, by, cx, cy, dx, dy),
        pointToPiece(cx, cy, ax, ay, bx, by),
        pointToPiece(dx, dy, ax, ay, bx, by),
      );
    }
  }
  return least;
}
