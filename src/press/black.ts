import type { Cmyk } from '../colour/press-colours.ts';
import type { Extent } from './extents.ts';

/** How neutral colours, black above all, are printed. */
export const BLACKS = ['k', 'rich', 'profile'] as const;
export type Black = (typeof BLACKS)[number];

/** Black type below this size overprints, pt (Ghent Workgroup 2022, R0009). */
const TYPE_BELOW_PT = 12;
/** Black lines below this width overprint, pt (Ghent Workgroup 2022, R0010). */
const LINE_BELOW_PT = 2;
/**
 * Black ink from this share on overprints: below it what shines through is seen. Prepress programs that overprint
 * black by themselves start here too.
 */
const BLACK_FROM = 0.95;
/** Black areas of 10 mm and more in both directions are printed with rich black, pt. */
export const RICH_FROM_PT = 28.35;

/**
 * Whether a colour is painted over what lies below it, so that no paper shows where the plates do not meet: small
 * black type and thin black lines, whether a stroke or a filled bar.
 */
export function overprints([c = 0, m = 0, y = 0, k = 0]: readonly number[], extent: Extent): boolean {
  return c + m + y === 0 && k >= BLACK_FROM && extent.size < (extent.isType ? TYPE_BELOW_PT : LINE_BELOW_PT);
}

/**
 * A rich black within the ink limit: black stays solid, the others make way evenly.
 * @param percent C, M, Y, K
 * @param inkLimit total area coverage, percent; `null` for none
 * @returns inks 0…1
 */
export function richBlackWithin(percent: readonly number[], inkLimit: number | null): Cmyk {
  const [c = 0, m = 0, y = 0, k = 0] = percent;
  const colour = c + m + y;
  const room = Math.max(0, (inkLimit ?? 400) - k);
  const share = colour > room ? room / colour : 1;
  // Rounded down, so that rounding never goes over the limit.
  const [C, M, Y] = [c, m, y].map((v) => Math.floor(v * share * 100) / 1e4) as [number, number, number];
  return [C, M, Y, k / 100];
}
