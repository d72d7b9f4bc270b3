import { apply, type Matrix } from '../../press/matrix.ts';
import { type Box, MM_PER_INCH, PT_PER_INCH } from '../../units.ts';
import type { Subpath } from '../model.ts';

/** A rectangle by its edges, mm on the page; empty where an end lies before its start. */
export interface Edges {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export const EVERYWHERE: Edges = { x0: -1e9, y0: -1e9, x1: 1e9, y1: 1e9 };

const PT_PER_MM = PT_PER_INCH / MM_PER_INCH;

export const edgesOf = ({ x, y, width, height }: Box): Edges => ({
  x0: x,
  y0: y,
  x1: x + width,
  y1: y + height,
});

export const boxOf = ({ x0, y0, x1, y1 }: Edges): Box => ({
  x: x0,
  y: y0,
  width: Math.max(0, x1 - x0),
  height: Math.max(0, y1 - y0),
});

export const overlap = (a: Edges, b: Edges): Edges => ({
  x0: Math.max(a.x0, b.x0),
  y0: Math.max(a.y0, b.y0),
  x1: Math.min(a.x1, b.x1),
  y1: Math.min(a.y1, b.y1),
});

/** Lines have no area: touching counts. */
export const isEmpty = ({ x0, y0, x1, y1 }: Edges): boolean => !(x0 <= x1 && y0 <= y1);

export const grown = ({ x0, y0, x1, y1 }: Edges, by: number): Edges => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
});

/** The edges about points x, y, x, y, …; `null` where there is none that is a number. */
export function edgesAround(points: Iterable<readonly number[]>): Edges | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const list of points) {
    for (let i = 0; i + 1 < list.length; i += 2) {
      const [x, y] = [list[i]!, list[i + 1]!];
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  }
  return x0 <= x1 && y0 <= y1 ? { x0, y0, x1, y1 } : null;
}

/** The edges about a rectangle that a matrix turns and moves. */
export function rectangleEdges(matrix: Matrix, x0: number, y0: number, x1: number, y1: number): Edges | null {
  return edgesAround([
    apply(matrix, [x0, y0]),
    apply(matrix, [x1, y0]),
    apply(matrix, [x1, y1]),
    apply(matrix, [x0, y1]),
  ]);
}

/** pt on the page of a line that is `width` wide before the matrix (to mm): across it, where it is thinnest. */
export function lineWidthPt([a, b, c, d]: Matrix, width: number): number {
  // The smaller singular value of the linear part.
  const sum = a * a + b * b + c * c + d * d;
  const det = Math.abs(a * d - b * c);
  const root = Math.sqrt(Math.max(0, sum * sum - 4 * det * det));
  const larger = Math.sqrt((sum + root) / 2);
  return larger > 0 ? (det / larger) * Math.abs(width) * PT_PER_MM : 0;
}

/** Height of the em on the page, pt, across the line of writing, for a matrix from text space to mm. */
export function emHeightPt([a, b, c, d]: Matrix, size: number): number {
  const along = Math.hypot(a, b);
  return along > 0 ? (Math.abs(a * d - b * c) / along) * Math.abs(size) * PT_PER_MM : 0;
}

/** Points of one path that are kept; a longer one is cut off. */
const MAX_POINTS = 2_000_000;

interface Growing {
  points: number[];
  segments: string[];
  closed: boolean;
}

/** Builds the current path, in mm on the page. */
export class PathBuilder {
  readonly #lines: Growing[] = [];
  #count = 0;
  /** Whether points were dropped. */
  tooLong = false;

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  move(matrix: Matrix, x: number, y: number): void {
    const last = this.#lines.at(-1);
    // A move after a move takes its place.
    if (last && last.segments.length === 0 && !last.closed) this.#lines.pop();
    this.#lines.push({ points: [...apply(matrix, [x, y])], segments: [], closed: false });
  }

  line(matrix: Matrix, x: number, y: number): void {
    const line = this.#open(matrix, x, y);
    if (!line) return;
    const [px, py] = apply(matrix, [x, y]);
    line.points.push(px, py);
    line.segments.push('l');
  }

  curve(matrix: Matrix, points: readonly number[]): void {
    const line = this.#open(matrix, points[0] ?? 0, points[1] ?? 0);
    if (!line) return;
    for (let i = 0; i < 6; i += 2) line.points.push(...apply(matrix, [points[i] ?? 0, points[i + 1] ?? 0]));
    line.segments.push('c');
  }

  /** A curve whose first control point is the current point (`v`). */
  curveFromHere(matrix: Matrix, points: readonly number[]): void {
    const line = this.#open(matrix, points[0] ?? 0, points[1] ?? 0);
    if (!line) return;
    line.points.push(...line.points.slice(-2));
    for (let i = 0; i < 4; i += 2) line.points.push(...apply(matrix, [points[i] ?? 0, points[i + 1] ?? 0]));
    line.segments.push('c');
  }

  close(): void {
    const line = this.#lines.at(-1);
    if (line) line.closed = true;
  }

  rectangle(matrix: Matrix, x: number, y: number, width: number, height: number): void {
    this.move(matrix, x, y);
    this.line(matrix, x + width, y);
    this.line(matrix, x + width, y + height);
    this.line(matrix, x, y + height);
    this.close();
  }

  /** The path so far; the builder is empty afterwards. */
  take(): Subpath[] {
    // A move that nothing follows paints nothing.
    const path = this.#lines
      .filter(({ segments, closed }) => segments.length > 0 || closed)
      .map(({ points, segments, closed }) => ({ points, segments: segments.join(''), closed }));
    this.#lines.length = 0;
    this.#count = 0;
    return path;
  }

  /** The line to go on with: after a close a new one begins where the old one began. */
  #open(matrix: Matrix, x: number, y: number): Growing | null {
    if (++this.#count > MAX_POINTS) {
      this.tooLong = true;
      return null;
    }
    const last = this.#lines.at(-1);
    if (last && !last.closed) return last;
    const next: Growing = {
      points: last ? last.points.slice(0, 2) : [...apply(matrix, [x, y])],
      segments: [],
      closed: false,
    };
    this.#lines.push(next);
    return next;
  }
}
