import { type Point, pointAt } from '../contours/path.ts';
import type { Box } from '../units.ts';

/** A closed line, mm; the last place is joined to the first. */
export type Ring = readonly (readonly [x: number, y: number])[];

/** Straight pieces for a curve. */
const PIECES = 24;

/** Lines of an SVG path of cubic curves, as `toSvgData` writes it. */
export function ringsOf(path: string): Ring[] {
  return path
    .split('Z')
    .filter((part) => part.startsWith('M'))
    .map((part) => {
      const numbers = (part.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
      const ring: Point[] = [];
      const place = (i: number) => [numbers[i]!, numbers[i + 1]!] as const;
      for (let i = 0; i + 7 < numbers.length; i += 6) {
        const cubic = { from: place(i), control1: place(i + 2), control2: place(i + 4), to: place(i + 6) };
        for (let k = 0; k < PIECES; k++) ring.push(pointAt(cubic, k / PIECES));
      }
      return ring;
    });
}

/** Where a level line is inside rings (even-odd): from and to, in turns, upwards. */
export function crossings(rings: readonly Ring[], y: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [ax, ay] = ring[i]!;
      const [bx, by] = ring[(i + 1) % ring.length]!;
      if (ay <= y === by <= y) continue;
      found.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
    }
  }
  return found.sort((a, b) => a - b);
}

/** Lines looked at in each row of pixels. */
const LINES = 4;

/**
 * How much of each pixel lies inside of rings, 0–1.
 * @param box what of the page the pixels show, mm
 */
export function coverage(width: number, height: number, box: Box, rings: readonly Ring[]): Float32Array {
  const cover = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let line = 0; line < LINES; line++) {
      const y = box.y + ((row + (line + 0.5) / LINES) * box.height) / height;
      const found = crossings(rings, y).map((x) => ((x - box.x) / box.width) * width);
      for (let i = 0; i + 1 < found.length; i += 2) {
        const [from, to] = [Math.max(0, found[i]!), Math.min(width, found[i + 1]!)];
        for (let x = Math.floor(from); x < to; x++) {
          cover[row * width + x]! += Math.max(0, Math.min(x + 1, to) - Math.max(x, from)) / LINES;
        }
      }
    }
  }
  return cover;
}

/** Takes away from RGBA pixels what lies outside of rings. @param box what of the page the pixels show, mm */
export function cutOut(
  data: Uint8ClampedArray,
  width: number,
  height: number,
  box: Box,
  rings: readonly Ring[],
): void {
  coverage(width, height, box, rings).forEach((cover, i) => {
    data[i * 4 + 3]! *= cover;
  });
}
