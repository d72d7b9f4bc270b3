import type { Box } from '../units.ts';
import type { Cubic, CutPath, Loop, Point } from './path.ts';

/** Length of a handle for a quarter of the unit circle whose middle lies on the circle: 2.7 parts in 10,000 off. */
const QUARTER = (4 / 3) * (Math.SQRT2 - 1);

const straight = (from: Point, to: Point): Cubic => ({
  from,
  control1: [from[0] + (to[0] - from[0]) / 3, from[1] + (to[1] - from[1]) / 3],
  control2: [to[0] - (to[0] - from[0]) / 3, to[1] - (to[1] - from[1]) / 3],
  to,
});

/** A quarter of an ellipse that leaves `from` and reaches `to` along the sides of the `corner` between them. */
const quarter = (from: Point, corner: Point, to: Point): Cubic => ({
  from,
  control1: [from[0] + (corner[0] - from[0]) * QUARTER, from[1] + (corner[1] - from[1]) * QUARTER],
  control2: [to[0] + (corner[0] - to[0]) * QUARTER, to[1] + (corner[1] - to[1]) * QUARTER],
  to,
});

/** The ellipse that touches all sides of the box. */
export function ellipse({ x, y, width, height }: Box): CutPath {
  return roundedCorners({ x, y, width, height }, width / 2, height / 2);
}

export const circle = ([x, y]: Point, radius: number): CutPath =>
  ellipse({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });

/** @param radius of the corners, mm, never more than half the shorter side */
export function roundedRectangle(box: Box, radius: number): CutPath {
  const most = Math.min(radius, box.width / 2, box.height / 2);
  return roundedCorners(box, most, most);
}

function roundedCorners({ x, y, width, height }: Box, rx: number, ry: number): CutPath {
  const [right, bottom] = [x + width, y + height];
  const corners: readonly [before: Point, corner: Point, after: Point][] = [
    [
      [right - rx, y],
      [right, y],
      [right, y + ry],
    ],
    [
      [right, bottom - ry],
      [right, bottom],
      [right - rx, bottom],
    ],
    [
      [x + rx, bottom],
      [x, bottom],
      [x, bottom - ry],
    ],
    [
      [x, y + ry],
      [x, y],
      [x + rx, y],
    ],
  ];
  const loop: Loop = corners.flatMap(([before, corner, after], i) => {
    const [next] = corners[(i + 1) % 4]!;
    const gap = Math.hypot(next[0] - after[0], next[1] - after[1]);
    return [
      ...(rx > 0 && ry > 0 ? [quarter(before, corner, after)] : []),
      ...(gap > 1e-9 ? [straight(after, next)] : []),
    ];
  });
  return { loops: [loop] };
}

/** A cut of a plain shape instead of one that follows the art. */
export type ShapeKind = 'circle' | 'ellipse' | 'rectangle';

/**
 * The smallest cut of a shape that leaves a border all round a box: a rectangle keeps its sides off the box's, a
 * circle or an ellipse goes round its corners.
 * @param border mm
 * @param radius of a rectangle's corners, mm
 */
export function shapeAround(kind: ShapeKind, box: Box, border: number, radius: number): CutPath {
  const centre: Point = [box.x + box.width / 2, box.y + box.height / 2];
  if (kind === 'circle') return circle(centre, Math.hypot(box.width, box.height) / 2 + border);
  const grow = kind === 'ellipse' ? Math.SQRT2 : 1;
  const [width, height] = [box.width * grow + 2 * border, box.height * grow + 2 * border];
  const around = { x: centre[0] - width / 2, y: centre[1] - height / 2, width, height };
  return kind === 'ellipse' ? ellipse(around) : roundedRectangle(around, radius);
}
