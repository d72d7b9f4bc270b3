import { headSolid } from './head.ts';
import { ellipsoid, join, limb, type Solid, turned, type Vector } from './solid.ts';

/** A cat that sits upright, the head at the origin; the floor is at FLOOR. `twist` turns the body below it. */
export function sittingSolid(twist: number): Solid {
  let body = ellipsoid([0, -1.45, -0.5], [0.74, 0.95, 0.72]);
  body = join(body, limb([0, -0.5, -0.35], [0, -1.3, -0.55], 0.62, 0.72), 0.3);
  body = join(body, ellipsoid([0, -2.75, -1.1], [1.08, 1.2, 1.15]), 0.5);
  body = join(body, limb([0, -0.95, -0.62], [0, -2.6, -1.35], 0.66, 0.9), 0.4);
  for (const side of [1, -1]) {
    body = join(body, ellipsoid([side * 0.82, -3.2, -0.6], [0.5, 0.78, 0.86]), 0.16);
    body = join(body, ellipsoid([side * 0.84, -3.88, 0.12], [0.3, 0.18, 0.48]), 0.08);
    body = join(body, limb([side * 0.38, -1.75, -0.12], [side * 0.33, -3.7, 0.12], 0.33, 0.2), 0.1);
    body = join(body, ellipsoid([side * 0.33, -3.86, 0.32], [0.27, 0.2, 0.36]), 0.06);
  }
  const tail: Vector[] = [
    [0, -3.5, -2.0],
    [0.8, -3.75, -2.2],
    [1.6, -3.82, -1.6],
    [1.95, -3.84, -0.6],
    [1.75, -3.84, 0.35],
    [1.2, -3.84, 0.85],
  ];
  for (let i = 1; i < tail.length; i++) {
    body = join(body, limb(tail[i - 1]!, tail[i]!, 0.27 - i * 0.018, 0.252 - i * 0.018), 0.05);
  }
  return join(headSolid(), turned(body, twist), 0.3);
}

/** The height of the floor under a sitting cat, in the head's units. */
export const FLOOR = -4.05;
