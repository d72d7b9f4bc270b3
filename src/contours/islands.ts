import { signedDistance } from './distance.ts';
import { edgeOf, linesOf } from './edge.ts';
import { type Field, joined, mapField } from './field.ts';
import type { Point } from './path.ts';
import { distanceToSegment } from './polygon.ts';
import { closed } from './smooth.ts';

/** The separate parts of an area. */
export interface Parts {
  /** For each place the number of its part, from 1; 0 where there is none. */
  readonly label: Int32Array;
  readonly count: number;
}

/** Tells apart what hangs together by sides. */
export function partsOf({ values, width, height }: Field, isIn: (value: number) => boolean): Parts {
  const label = new Int32Array(values.length);
  const stack = new Int32Array(values.length);
  let count = 0;
  for (let start = 0; start < values.length; start++) {
    if (label[start] || !isIn(values[start]!)) continue;
    count++;
    let top = 0;
    const visit = (at: number): void => {
      if (label[at] || !isIn(values[at]!)) return;
      label[at] = count;
      stack[top++] = at;
    };
    visit(start);
    while (top > 0) {
      const at = stack[--top]!;
      const column = at % width;
      if (column > 0) visit(at - 1);
      if (column + 1 < width) visit(at + 1);
      if (at >= width) visit(at - width);
      if (at + width < width * height) visit(at + width);
    }
  }
  return { label, count };
}

/** The area without its holes: whatever cannot be reached from the rim of the field belongs to it. */
export function withoutHoles(field: Field): Field {
  const { label } = partsOf(field, (value) => value >= 0);
  const rim = label[0]!;
  return mapField(field, (value, i) =>
    value >= 0 && label[i] !== rim ? -Math.max(value, field.step) : value,
  );
}

/** Specks this near to each other or to something larger are one with it, mm: a hair that breaks into dashes stays. */
const TOGETHER = 0.5;

/**
 * The art without dirt.
 * @param distance signed distances from the art's edge, mm
 * @param least area of what is kept, mm²
 * @returns the signed distances from what is kept, and how many specks were left out
 */
export function withoutSpecks(distance: Field, least: number): { art: Field; dropped: number } {
  const { label, count } = partsOf(distance, (value) => value < TOGETHER / 2);
  const held = new Float64Array(count + 1);
  for (let i = 0; i < label.length; i++) {
    // Half of a place on the edge: so a hair thinner than the grid counts too.
    const share = Math.min(1, Math.max(0, 0.5 - distance.values[i]! / distance.step));
    held[label[i]!]! += share * distance.step ** 2;
  }
  const isSpeck = (part: number): boolean => part > 0 && held[part]! < least;
  const dropped = held.reduce((sum, _, part) => sum + (isSpeck(part) ? 1 : 0), 0);
  if (dropped === 0) return { art: distance, dropped };
  const kept = mapField(distance, (value, i) =>
    isSpeck(label[i]!) ? Math.max(distance.step, -value) : value,
  );
  return { art: signedDistance(kept), dropped };
}

interface Bridge {
  readonly from: Point;
  readonly to: Point;
  readonly length: number;
}

/** The shortest way between two sets of points. */
function shortest(ours: readonly Point[], theirs: readonly Point[]): Bridge {
  let best: Bridge = { from: ours[0]!, to: theirs[0]!, length: Number.POSITIVE_INFINITY };
  for (const from of ours) {
    for (const to of theirs) {
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (length < best.length) best = { from, to, length };
    }
  }
  return best;
}

/** How many points of a part's outline are looked at for its bridges: to a fraction of a percent of its size. */
const OUTLINE_POINTS = 400;

/** A long bridge is wider than a short one, by a share of its length: a stick would break, and looks like one. */
const WIDE = 0.3;
/** Radius with which a bridge runs out into a part, in widths of the bridge. */
const FLARE = 1.4;

/**
 * The area with all its parts joined by bridges, the shortest that do it (Prim's spanning tree). They run out into the
 * parts in wide curves.
 * @param width of a short bridge, mm
 */
export function bridged(area: Field, width: number): Field {
  const outlines = linesOf(edgeOf(withoutHoles(area))).map((line) => {
    const every = Math.ceil(line.length / OUTLINE_POINTS);
    return line.filter((_, i) => i % every === 0);
  });
  const apart = outlines.slice(1).map((outline) => ({ outline, way: shortest(outlines[0]!, outline) }));
  const ways: Bridge[] = [];
  while (apart.length > 0) {
    const nearest = apart.reduce((best, part) => (part.way.length < best.way.length ? part : best));
    ways.push(nearest.way);
    apart.splice(apart.indexOf(nearest), 1);
    for (const part of apart) {
      const way = shortest(nearest.outline, part.outline);
      if (way.length < part.way.length) part.way = way;
    }
  }
  const strips = ways.map((way) => {
    const half = Math.max(width, WIDE * way.length) / 2;
    return { strip: strip(area, way, half), near: strip(area, way, half + 1.5 * FLARE * width) };
  });
  const straight = signedDistance(strips.reduce((all, { strip }) => joined(all, strip), area));
  const flared = closed(straight, FLARE * width);
  return strips.reduce(
    (all, { strip, near }) => joined(all, flareOf(strip, near, straight, flared)),
    straight,
  );
}

/** What the curves beside one bridge add: other gaps near it that a wide closing fills as well stay as they are. */
function flareOf(strip: Field, near: Field, straight: Field, flared: Field): Field {
  const added = mapField(near, (value, i) => Math.max(value, flared.values[i]!, -straight.values[i]!));
  const { label, count } = partsOf(added, (value) => value < 0);
  const isBeside = new Uint8Array(count + 1);
  for (let i = 0; i < label.length; i++) if (strip.values[i]! < 2 * strip.step) isBeside[label[i]!] = 1;
  return mapField(near, (value, i) =>
    label[i] && isBeside[label[i]!] ? Math.max(value, flared.values[i]!) : strip.step,
  );
}

/** A straight strip with round ends that reaches as far into both parts as it is wide on either side. */
function strip(grid: Field, { from, to, length }: Bridge, half: number): Field {
  const [dx, dy] = length > 0 ? [(to[0] - from[0]) / length, (to[1] - from[1]) / length] : [1, 0];
  const a: Point = [from[0] - dx * half, from[1] - dy * half];
  const b: Point = [to[0] + dx * half, to[1] + dy * half];
  const { width, step, x, y } = grid;
  return mapField(
    grid,
    (_, i) => distanceToSegment([x + (i % width) * step, y + Math.floor(i / width) * step], a, b) - half,
  );
}
