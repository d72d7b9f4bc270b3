import type { Plates } from '../judges/index.ts';

/** A place on a raster, px. */
export type Pixel = readonly [x: number, y: number];

/** Every pixel for which something holds. */
export function pixelsWhere({ width, height }: Plates, holds: (at: number) => boolean): Pixel[] {
  const found: Pixel[] = [];
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) if (holds(at)) found.push([x, y]);
  return found;
}

/** Whether process ink covers a pixel by more than so much, of 255. */
export const hasInk =
  ({ C, M, Y, K }: Plates, least = 0) =>
  (at: number): boolean =>
    Math.max(C[at]!, M[at]!, Y[at]!, K[at]!) > least;

/** The pixels of an area that have one outside it beside them. */
export function rimOf(plates: Plates, isIn: (at: number) => boolean): Pixel[] {
  const { width, height } = plates;
  return pixelsWhere(plates, (at) => {
    if (!isIn(at)) return false;
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return true;
    return !isIn(at - 1) || !isIn(at + 1) || !isIn(at - width) || !isIn(at + width);
  });
}

/** The distance from a pixel to the nearest of some, px: every pair is looked at. */
export function nearestTo([x, y]: Pixel, others: readonly Pixel[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [ox, oy] of others) least = Math.min(least, (ox - x) ** 2 + (oy - y) ** 2);
  return Math.sqrt(least);
}

/** Every nth. */
export const some = <T>(list: readonly T[], n: number): T[] => list.filter((_, i) => i % n === 0);

/** The parts of an area that do not touch, also not at corners. */
export function partsOf(plates: Plates, isIn: (at: number) => boolean): Pixel[][] {
  const { width, height } = plates;
  const seen = new Uint8Array(width * height);
  const parts: Pixel[][] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !isIn(start)) continue;
    const part: Pixel[] = [];
    const stack = [start];
    seen[start] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      part.push([x, y]);
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          const next = j * width + i;
          if (seen[next] || !isIn(next)) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

/** The box around some pixels, px. */
export function boxOf(pixels: readonly Pixel[]) {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const [x, y] of pixels) {
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  return { left, top, right, bottom };
}
