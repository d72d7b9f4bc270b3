import type { Box } from '../units.ts';
import { cross, minus, unit, type Vector } from './vector.ts';

/** In the place of a page's number: the edges of a book's leaves. */
export const LEAVES = -1;

/** sRGB, 0–255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What a surface is made of. */
export interface Material {
  readonly colour: Colour;
  /** The page that is printed on it, from 0; `null` for bare material. */
  readonly page: number | null;
  /** How much it mirrors the lamps, 0–1. */
  readonly gloss?: number;
  /** What its other side looks like, where that is another thing: the inside of a flap. */
  readonly inside?: Colour;
  /** The picture's transparency lets through what lies behind. */
  readonly clear?: boolean;
  /** Cloth that lies: its folds are seen by light that a level place has not all of. */
  readonly isSoft?: boolean;
}

/** Triangles with a place, a direction and a place on the page at each corner. */
export interface Mesh {
  readonly material: Material;
  /** x, y, z in mm; nx, ny, nz; and u, v in mm from the page's trim: eight numbers a corner. */
  readonly corners: Float64Array;
  /** Three corners a triangle. */
  readonly triangles: Uint32Array;
  /** Order among what lies flat on each other: casts its shadow on lower ones. 1 where nothing does. */
  readonly level: number;
  /** What of it throws a shadow where that is not all of it: closed lines, the even-odd rule. */
  readonly outline?: readonly (readonly Vector[])[];
}

export const CORNER = 8;

interface SurfaceWish {
  readonly material: Material;
  /** How many pieces across and down. */
  readonly across: number;
  readonly down: number;
  /** Where a point of the surface is: `s` runs to its right, `t` down, both 0–1. */
  at(s: number, t: number): Vector;
  /** The part of the page that lies on it. */
  readonly box?: Box;
  /** Where the page's point lies that is seen at `s`, `t`; in fractions of the box. Without it the same. */
  mapped?(s: number, t: number): readonly [s: number, t: number];
  readonly level?: number;
}

/** Step over which a surface's direction is measured. */
const STEP = 1e-4;

/** A surface given by a function: its outside is where it is seen with `s` to the right and `t` down. */
export function surface({ material, across, down, at, box, mapped, level = 1 }: SurfaceWish): Mesh {
  const corners = new Float64Array((across + 1) * (down + 1) * CORNER);
  let next = 0;
  for (let row = 0; row <= down; row++) {
    for (let column = 0; column <= across; column++) {
      const [s, t] = [column / across, row / down];
      // The page's top is where t is 0, so that u × v points inwards.
      const along = minus(at(Math.min(1, s + STEP), t), at(Math.max(0, s - STEP), t));
      const downwards = minus(at(s, Math.min(1, t + STEP)), at(s, Math.max(0, t - STEP)));
      const [u, v] = mapped?.(s, t) ?? [s, t];
      corners.set(at(s, t), next);
      corners.set(unit(cross(downwards, along)), next + 3);
      if (box) corners.set([box.x + u * box.width, box.y + v * box.height], next + 6);
      next += CORNER;
    }
  }
  const triangles = new Uint32Array(across * down * 6);
  next = 0;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const a = row * (across + 1) + column;
      const b = a + across + 1;
      triangles.set([a, b, a + 1, a + 1, b, b + 1], next);
      next += 6;
    }
  }
  return { material, corners, triangles, level };
}

/** A flat piece by three of its corners: top left, top right, bottom left. */
export const flat = (
  [topLeft, topRight, bottomLeft]: readonly [Vector, Vector, Vector],
  material: Material,
  box?: Box,
  level = 1,
): Mesh => {
  const [right, down] = [minus(topRight, topLeft), minus(bottomLeft, topLeft)];
  return surface({
    ...{ material, level, across: 10, down: 10, ...(box && { box }) },
    at: (s, t) => [
      topLeft[0] + right[0] * s + down[0] * t,
      topLeft[1] + right[1] * s + down[1] * t,
      topLeft[2] + right[2] * s + down[2] * t,
    ],
  });
};
