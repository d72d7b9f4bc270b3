import type { OutputColours } from '../press/output-colours.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { mmToInch } from '../units.ts';
import { drawScreen, type Screen } from './screen.ts';
import { separate } from './separations.ts';

/** Resolution of a proof, px per inch: sharp on a screen at arm's length, a few hundred kB. */
export const PROOF_PPI = 150;

export interface ProofWish {
  /** The press file itself. */
  readonly pdf: Uint8Array;
  readonly geometry: Geometry;
  readonly colours: OutputColours;
  /** Resolution of its pictures, px per inch. */
  readonly picturePpi: number;
  /** A transparent PNG of the whole sheet, drawn over it; without one the proof ends at the trim. */
  readonly overlay?: Uint8Array;
}

/** The size of a proof of the whole sheet, px. */
export function proofSize(geometry: Geometry): { width: number; height: number } {
  const { media } = pageBoxes(geometry);
  const px = (mm: number) => Math.round(mmToInch(mm) * PROOF_PPI);
  return { width: px(media.width), height: px(media.height) };
}

/**
 * The product as printed, as a PNG in sRGB: the press file's own plates through the press profile.
 * Cut at the trim; with an overlay the whole sheet.
 */
export async function proof({ pdf, geometry, colours, picturePpi, overlay }: ProofWish): Promise<Buffer> {
  const { width, height, rgb } = await seen(pdf, colours, picturePpi);
  const { default: sharp } = await import('sharp');
  const sheet = sharp(rgb, { raw: { width, height, channels: 3 } });
  if (overlay) {
    const fitted = await sharp(overlay).resize(width, height, { fit: 'fill' }).toBuffer();
    sheet.composite([{ input: fitted }]);
  } else {
    const { trim } = pageBoxes(geometry);
    const px = (mm: number) => Math.round(mmToInch(mm) * PROOF_PPI);
    const left = px(trim.x);
    const top = px(trim.y);
    sheet.extract({
      left,
      top,
      width: Math.min(px(trim.width), width - left),
      height: Math.min(px(trim.height), height - top),
    });
  }
  return sheet
    .withMetadata({ density: PROOF_PPI })
    .withIccProfile('srgb')
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** The whole sheet: inks through the profile, an RGB file as it is. */
async function seen(pdf: Uint8Array, colours: OutputColours, picturePpi: number): Promise<Screen> {
  if (colours.space === 'rgb') return drawScreen(pdf, PROOF_PPI);
  const { width, height, cmyk } = await separate(pdf, PROOF_PPI, picturePpi);
  return { width, height, rgb: colours.onScreen(cmyk) };
}
