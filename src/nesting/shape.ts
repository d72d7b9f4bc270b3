import type { Field } from '../contours/field.ts';
import { areaOf, type CutPath, flatten, type Point, type Polygon } from '../contours/path.ts';
import { convexHull, doubleArea } from '../contours/polygon.ts';
import { distancesFrom } from '../contours/polygon-distance.ts';

/** Where a shape's middle stands on the sheet, mm, and how far it is turned, radians clockwise on the page. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

/** A contour made ready for many questions of how near it is to another. */
export interface Shape {
  /** The middle of its box in the contour's own frame, mm; everything else is measured from there. */
  readonly middle: Point;
  /** Outlines without holes: nothing is nested inside another sticker. */
  readonly outlines: readonly Polygon[];
  readonly hull: readonly Point[];
  /** From the middle to the furthest point, mm. */
  readonly reach: number;
  /** Inside the contour, holes taken off, mm². */
  readonly area: number;
  /** Signed distance from the outlines, mm, negative inside. */
  readonly distance: Field;
  /** How far the field goes beyond the outlines' box, mm. */
  readonly pad: number;
  /** Places along the outlines at even distances: x, y, x, y … and for each outline where it begins and ends. */
  readonly rim: Float64Array;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Between the places along an outline, mm. */
export const RIM_SPACING = 0.8;
/** The finest grid of distances, mm, and how many places it has at most along a side. */
const FINEST = 0.5;
const MOST_PLACES = 120;
/** How far a flattened outline may lie off its contour, mm: gaps and margins are kept to twice that. */
const OUTLINE_OFF = 0.004;

/** @param gap that is to be kept between shapes, mm */
export function shapeOf(path: CutPath, gap: number): Shape {
  const outer = flatten(path, OUTLINE_OFF).filter((polygon) => doubleArea(polygon) > 0);
  const hull = convexHull(outer.flat());
  const [xs, ys] = [hull.map(([x]) => x), hull.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const middle: Point = [left + width / 2, top + height / 2];
  const centred = (points: readonly Point[]): Point[] =>
    points.map(([x, y]) => [x - middle[0], y - middle[1]]);
  const outlines = outer.map(centred);
  const pad = gap + 2;
  const ranges: [number, number][] = [];
  const rim: number[] = [];
  for (const outline of outlines) {
    const from = rim.length / 2;
    rim.push(...evenly(outline, RIM_SPACING).flat());
    ranges.push([from, rim.length / 2]);
  }
  return {
    middle,
    outlines,
    hull: centred(hull),
    reach: Math.max(...centred(hull).map(([x, y]) => Math.hypot(x, y))),
    area: areaOf(path),
    distance: distancesOf(outlines, width + 2 * pad, height + 2 * pad),
    pad,
    rim: Float64Array.from(rim),
    ranges,
  };
}

/** Points along a closed line, `spacing` apart at most, mm. */
function evenly(outline: Polygon, spacing: number): Point[] {
  return outline.flatMap(([x, y], i) => {
    const [nx, ny] = outline[(i + 1) % outline.length]!;
    const count = Math.ceil(Math.hypot(nx - x, ny - y) / spacing);
    return Array.from(
      { length: count },
      (_, k): Point => [x + ((nx - x) * k) / count, y + ((ny - y) * k) / count],
    );
  });
}

function distancesOf(outlines: readonly Polygon[], width: number, height: number): Field {
  const step = Math.max(FINEST, Math.max(width, height) / MOST_PLACES);
  const [columns, rows] = [Math.ceil(width / step) + 1, Math.ceil(height / step) + 1];
  const [x, y] = [(-(columns - 1) * step) / 2, (-(rows - 1) * step) / 2];
  return distancesFrom(outlines, { width: columns, height: rows, step, x, y });
}

/** The half sizes of the box around a turned shape, to each side of its middle, mm. */
export function extentOf(
  { hull }: Shape,
  turn: number,
): { left: number; right: number; top: number; bottom: number } {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (const [px, py] of hull) {
    const x = px * cos - py * sin;
    const y = px * sin + py * cos;
    left = Math.max(left, -x);
    right = Math.max(right, x);
    top = Math.max(top, -y);
    bottom = Math.max(bottom, y);
  }
  return { left, right, top, bottom };
}

/**
 * How much the rim of one shape comes too near another, as a sum along the rim of what is missing from the gap, mm².
 * A rim place further off than the gap lets as many be skipped as the line could need to come back. The nesting
 * spends its time here, so it is written without anything that must be allocated.
 */
function intrusion(a: Shape, at: Pose, b: Shape, bt: Pose, gap: number, limit: number): number {
  const { values, width, height, step, x: left, y: top } = b.distance;
  const { rim, ranges } = a;
  const cos = Math.cos(at.turn - bt.turn) / step;
  const sin = Math.sin(at.turn - bt.turn) / step;
  const bc = Math.cos(bt.turn);
  const bs = Math.sin(bt.turn);
  const dx = at.x - bt.x;
  const dy = at.y - bt.y;
  // In columns and rows of the other's grid.
  const ou = (dx * bc + dy * bs - left) / step;
  const ov = (dy * bc - dx * bs - top) / step;
  const right = width - 1;
  const bottom = height - 1;
  let sum = 0;
  for (let n = 0; n < ranges.length; n++) {
    const to = ranges[n]![1];
    for (let k = ranges[n]![0]; k < to; ) {
      const px = rim[2 * k]!;
      const py = rim[2 * k + 1]!;
      const u = ou + px * cos - py * sin;
      const v = ov + px * sin + py * cos;
      let distance: number;
      if (u < 0 || v < 0 || u >= right || v >= bottom) {
        const beyond = u < 0 || u >= right ? (u < 0 ? -u : u - right) : 0;
        const below = v < 0 || v >= bottom ? (v < 0 ? -v : v - bottom) : 0;
        distance = b.pad + (beyond > below ? beyond : below) * step;
      } else {
        const i = u | 0;
        const j = v | 0;
        const place = j * width + i;
        const s = u - i;
        const upper = values[place]! + (values[place + 1]! - values[place]!) * s;
        const lower = values[place + width]! + (values[place + width + 1]! - values[place + width]!) * s;
        distance = upper + (lower - upper) * (v - j);
      }
      const missing = gap - distance;
      if (missing > 0) {
        sum += missing * RIM_SPACING;
        if (sum > limit) return sum;
        k++;
      } else {
        k += 1 + ((-missing / RIM_SPACING) | 0);
      }
    }
  }
  return sum;
}

/**
 * How much two shapes come too near each other, mm²; 0 where the gap is kept.
 * @param limit above which the exact number does not matter
 */
export function overlapOf(
  a: Shape,
  at: Pose,
  b: Shape,
  bt: Pose,
  gap: number,
  limit = Number.POSITIVE_INFINITY,
): number {
  const reach = a.reach + b.reach + gap;
  const dx = at.x - bt.x;
  const dy = at.y - bt.y;
  if (dx * dx + dy * dy >= reach * reach) return 0;
  const sum = intrusion(a, at, b, bt, gap, limit);
  return sum > limit ? sum : sum + intrusion(b, bt, a, at, gap, limit - sum);
}
