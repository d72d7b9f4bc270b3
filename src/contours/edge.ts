import type { Field } from './field.ts';
import type { Point, Polygon } from './path.ts';

/**
 * The line where a field passes through 0, found by marching squares. Each side of a grid cell that it crosses has
 * a number: 2·place for the side to the right of a place, 2·place + 1 for the side below it.
 */
export interface Edge {
  readonly field: Field;
  /** The sides crossed, in order. */
  readonly sides: readonly number[];
  /** How far along its side the crossing lies, 0…1. */
  readonly along: Float32Array;
  /** From each side crossed to the one the line crosses next, and to the one before; −1 where there is none. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
}

/** Where a side is crossed, in columns and rows of the grid. */
export function crossing({ field: { width }, along }: Edge, side: number): Point {
  const place = side >> 1;
  const [i, j] = [place % width, Math.floor(place / width)];
  return side & 1 ? [i, j + along[side]!] : [i + along[side]!, j];
}

/** The sides of a cell, in the order of the table below. */
type Side = 0 | 1 | 2 | 3;
const [TOP, RIGHT, BOTTOM, LEFT]: readonly [Side, Side, Side, Side] = [0, 1, 2, 3];
type Link = readonly [from: Side, to: Side];

/**
 * How the line crosses a cell, by which of its corners lie in the area: 1 top left, 2 top right, 4 bottom right,
 * 8 bottom left. The area is always to the right of the way. Two corners across from each other (5 and 10) are
 * written apart here, and as the other one's complement where they hang together.
 */
const LINKS: readonly (readonly Link[])[] = [
  [],
  [[TOP, LEFT]],
  [[RIGHT, TOP]],
  [[RIGHT, LEFT]],
  [[BOTTOM, RIGHT]],
  [
    [TOP, LEFT],
    [BOTTOM, RIGHT],
  ],
  [[BOTTOM, TOP]],
  [[BOTTOM, LEFT]],
  [[LEFT, BOTTOM]],
  [[TOP, BOTTOM]],
  [
    [RIGHT, TOP],
    [LEFT, BOTTOM],
  ],
  [[RIGHT, BOTTOM]],
  [[LEFT, RIGHT]],
  [[TOP, RIGHT]],
  [[LEFT, TOP]],
  [],
];
/** The two across, hanging together: each of the other two corners is cut off. */
const TOGETHER: Readonly<Record<number, readonly Link[]>> = {
  5: [...LINKS[13]!, ...LINKS[7]!],
  10: [...LINKS[14]!, ...LINKS[11]!],
};

/**
 * Finds the line, so that it runs clockwise on the page around what lies below 0. All places at the rim of the
 * field must be above 0.
 */
export function edgeOf(field: Field): Edge {
  const { values, width, height } = field;
  const along = new Float32Array(values.length * 2);
  const next = new Int32Array(values.length * 2).fill(-1);
  const previous = new Int32Array(values.length * 2).fill(-1);
  const sides: number[] = [];
  const cross = (side: number, a: number, b: number): void => {
    if (a < 0 === b < 0) return;
    along[side] = a / (a - b);
    sides.push(side);
  };
  for (let j = 0, at = 0; j < height; j++) {
    for (let i = 0; i < width; i++, at++) {
      if (i + 1 < width) cross(2 * at, values[at]!, values[at + 1]!);
      if (j + 1 < height) cross(2 * at + 1, values[at]!, values[at + width]!);
    }
  }
  for (let j = 0; j + 1 < height; j++) {
    for (let i = 0; i + 1 < width; i++) {
      const at = j * width + i;
      const [a, b] = [values[at]!, values[at + 1]!];
      const [d, c] = [values[at + width]!, values[at + width + 1]!];
      const kind = (a < 0 ? 1 : 0) | (b < 0 ? 2 : 0) | (c < 0 ? 4 : 0) | (d < 0 ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      const here = [2 * at, 2 * at + 3, 2 * (at + width), 2 * at + 1];
      for (const [from, to] of (a + b + c + d < 0 && TOGETHER[kind]) || LINKS[kind]!) {
        next[here[from]!] = here[to]!;
        previous[here[to]!] = here[from]!;
      }
    }
  }
  return { field, sides, along, next, previous };
}

/** The closed lines of an edge in mm, outlines clockwise on the page and holes the other way round. */
export function linesOf(edge: Edge): Polygon[] {
  const { field, sides, next } = edge;
  const seen = new Uint8Array(next.length);
  const lines: Polygon[] = [];
  for (const start of sides) {
    if (seen[start]) continue;
    const line: Point[] = [];
    for (let side = start; !seen[side]; side = next[side]!) {
      seen[side] = 1;
      const [i, j] = crossing(edge, side);
      line.push([field.x + i * field.step, field.y + j * field.step]);
    }
    if (line.length > 2) lines.push(line);
  }
  return lines;
}
