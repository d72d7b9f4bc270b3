import type { Box, Size } from '../units.ts';

/** A rectangle that was packed. */
export interface Packed extends Box {
  /** Which of the sizes. */
  readonly index: number;
  /** Whether it lies on its side, by a quarter turn. */
  readonly turned: boolean;
}

/** How good a free place is for a rectangle: the two numbers in order, less is better (Jylänki 2010). */
type Rule = (free: Box, placed: Box) => readonly [number, number];

const RULES: readonly Rule[] = [
  // Best short side, best long side, best area, bottom left.
  (free, { width, height }) => sorted(free.width - width, free.height - height),
  (free, { width, height }) => reversed(sorted(free.width - width, free.height - height)),
  (free, { width, height }) => [
    free.width * free.height - width * height,
    Math.min(free.width - width, free.height - height),
  ],
  (free, placed) => [placed.y + placed.height, free.x],
];

const sorted = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
const reversed = ([a, b]: readonly [number, number]): [number, number] => [b, a];

/** Orders in which rectangles are packed, the largest first by one measure or another. */
const ORDERS: readonly ((size: Size) => number)[] = [
  ({ width, height }) => width * height,
  ({ width, height }) => Math.max(width, height),
  ({ width, height }) => Math.min(width, height),
  ({ width, height }) => width + height,
  ({ height }) => height,
  ({ width }) => width,
];

/**
 * Packs rectangles without overlap, each upright or on its side: MaxRects of Jylänki ("A Thousand Ways to Pack the
 * Bin", 2010), all its rules in several orders, of which the best is taken: the one that packs most of the area, and
 * of these the one on the shortest length.
 * @param room mm
 * @param gap between rectangles, mm
 * @param mayTurn whether a rectangle may lie on its side
 */
export function packRectangles(sizes: readonly Size[], room: Size, gap: number, mayTurn = true): Packed[] {
  const all = sizes.map((_, i) => i);
  const usual = ORDERS.map((of) => all.toSorted((a, b) => of(sizes[b]!) - of(sizes[a]!) || a - b));
  const tries = usual.flatMap((order) =>
    RULES.map((rule) => packed(sizes, order, { room, gap, mayTurn }, rule)),
  );
  return tries.reduce((best, other) => (isBetter(other, best) ? other : best));
}

/** How much of the room's length is taken, mm. */
export const lengthOf = (packing: readonly Packed[]): number =>
  packing.reduce((length, { y, height }) => Math.max(length, y + height), 0);

const areaOf = (packing: readonly Packed[]): number =>
  packing.reduce((sum, { width, height }) => sum + width * height, 0);

function isBetter(a: readonly Packed[], b: readonly Packed[]): boolean {
  const more = areaOf(a) - areaOf(b);
  return Math.abs(more) > 1e-6 ? more > 0 : lengthOf(a) < lengthOf(b) - 1e-9;
}

/** Every rectangle has the gap to its right and below it, and so has the room. */
function packed(
  sizes: readonly Size[],
  order: readonly number[],
  { room, gap, mayTurn }: { readonly room: Size; readonly gap: number; readonly mayTurn: boolean },
  rule: Rule,
): Packed[] {
  let free: Box[] = [{ x: 0, y: 0, width: room.width + gap, height: room.height + gap }];
  const packing: Packed[] = [];
  for (const index of order) {
    const { width, height } = sizes[index]!;
    let best: { placed: Packed; score: readonly [number, number] } | null = null;
    for (const turned of mayTurn ? [false, true] : [false]) {
      const size = { width: (turned ? height : width) + gap, height: (turned ? width : height) + gap };
      for (const place of free) {
        if (size.width > place.width + 1e-9 || size.height > place.height + 1e-9) continue;
        const placed = { index, turned, x: place.x, y: place.y, ...size };
        const score = rule(place, placed);
        if (!best || score[0] < best.score[0] || (score[0] === best.score[0] && score[1] < best.score[1])) {
          best = { placed, score };
        }
      }
    }
    if (!best) continue;
    const { placed } = best;
    free = withoutInner(free.flatMap((place) => rest(place, placed)));
    packing.push({ ...placed, width: placed.width - gap, height: placed.height - gap });
  }
  return packing;
}

/** The largest rectangles that are left of a free one; they may overlap. */
function rest(free: Box, taken: Box): Box[] {
  const [right, bottom] = [free.x + free.width, free.y + free.height];
  const [takenRight, takenBottom] = [taken.x + taken.width, taken.y + taken.height];
  if (taken.x >= right || takenRight <= free.x || taken.y >= bottom || takenBottom <= free.y) return [free];
  return [
    { ...free, width: taken.x - free.x },
    { ...free, x: takenRight, width: right - takenRight },
    { ...free, height: taken.y - free.y },
    { ...free, y: takenBottom, height: bottom - takenBottom },
  ].filter(({ width, height }) => width > 1e-9 && height > 1e-9);
}

const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const withoutInner = (boxes: readonly Box[]): Box[] =>
  boxes.filter(
    (box, i) =>
      !boxes.some((other, j) => j !== i && isInside(box, other) && (j < i || !isInside(other, box))),
  );
