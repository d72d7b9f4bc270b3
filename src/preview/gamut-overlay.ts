import { FAR_OUT, OUT_OF_GAMUT, QUARTERS } from '../colour/gamut.ts';
import { luminosity } from '../press/inks.ts';
import type { Box, Size } from '../units.ts';

/** How much of a page, or of all pages together, the press cannot reach. */
export interface GamutFinding {
  /** Of the trimmed area, 0…1. */
  readonly share: number;
  /** What counts as out of reach, ΔE2000. */
  readonly threshold: number;
  /** The largest distance, ΔE2000. */
  readonly most: number;
}

/** Counts the pixels of the trimmed page that are out of gamut. */
export function shareOut(distance: Uint8Array, { width }: Size, trim: Box): GamutFinding {
  let out = 0;
  let most = 0;
  for (let y = trim.y; y < trim.y + trim.height; y++) {
    for (const found of distance.subarray(y * width + trim.x, y * width + trim.x + trim.width)) {
      if (found > OUT_OF_GAMUT * QUARTERS) out++;
      if (found > most) most = found;
    }
  }
  return { share: out / (trim.width * trim.height), threshold: OUT_OF_GAMUT, most: most / QUARTERS };
}

/** Pages of one size together: the share of their whole area, the largest distance on any. */
export const allTogether = (pages: readonly GamutFinding[]): GamutFinding => ({
  share: pages.reduce((sum, { share }) => sum + share, 0) / pages.length,
  threshold: OUT_OF_GAMUT,
  most: Math.max(...pages.map(({ most }) => most)),
});

/** Magenta, which stands out on a page that is grey otherwise. */
const MARK = [230, 0, 126] as const;
/** How much of the mark the first colours out of gamut get, and those that are far out. */
const [FAINTEST, STRONGEST] = [0.45, 1];
/** How far the rest of the page is lightened towards white. */
const PALE = 0.45;

/** The page in pale grey, and on it, in magenta, what is out of gamut: the stronger, the further out. */
export function marked(rgb: Uint8Array, distance: Uint8Array): Uint8Array {
  const shown = new Uint8Array(rgb.length);
  for (let pixel = 0; pixel < distance.length; pixel++) {
    const at = 3 * pixel;
    const grey = luminosity(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!);
    const pale = grey + (255 - grey) * PALE;
    const out = distance[pixel]! / QUARTERS;
    const far = Math.min(1, (out - OUT_OF_GAMUT) / (FAR_OUT - OUT_OF_GAMUT));
    const mark = out > OUT_OF_GAMUT ? FAINTEST + (STRONGEST - FAINTEST) * far : 0;
    for (let c = 0; c < 3; c++) shown[at + c] = Math.round(pale + (MARK[c]! - pale) * mark);
  }
  return shown;
}
