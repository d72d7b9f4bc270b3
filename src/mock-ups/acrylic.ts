import type { KeychainMockUp } from '../products/mock-up.ts';
import { coverage, ringsOf } from './outline.ts';
import { LEAST_ALPHA } from './raster.ts';

/** What clear acrylic adds of its own, and how much of it. */
const TINT = [238, 245, 247] as const;
const OWN = (LEAST_ALPHA * 1.6) / 255;

/**
 * Makes a printed page what it is on clear acrylic: as it is where white ink lies under it, a stained glass elsewhere,
 * nothing outside of the cut.
 * @param data RGBA, not multiplied, of the whole page as printed on white
 */
export function layOnAcrylic(
  data: Uint8ClampedArray,
  width: number,
  height: number,
  { front, outline, white }: KeychainMockUp,
): void {
  const inside = coverage(width, height, front.box, ringsOf(outline));
  const covered = white === null ? null : coverage(width, height, front.box, ringsOf(white));
  for (let i = 0; i < inside.length; i++) {
    const at = i * 4;
    const solid = covered?.[i] ?? 0;
    // Ink on white is the same as ink on clear with white behind: what white is in it is the ground's to give.
    const ink = 1 - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) / 255;
    const print = solid + (1 - solid) * ink;
    const alpha = print + (1 - print) * OWN;
    for (let c = 0; c < 3; c++) {
      const stained = data[at + c]! - 255 * (1 - ink);
      const sum = data[at + c]! * solid + stained * (1 - solid) + TINT[c]! * (1 - print) * OWN;
      data[at + c] = sum / alpha;
    }
    data[at + 3] = 255 * alpha * inside[i]!;
  }
}
