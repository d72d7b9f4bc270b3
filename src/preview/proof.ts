import type { PressColours } from '../colour/press-colours.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { mmToInch } from '../units.ts';
import { separate } from './separations.ts';

/** Resolution of a proof, px per inch: sharp on a screen at arm's length, a few hundred kB. */
export const PROOF_PPI = 150;

export interface ProofWish {
  /** The press file itself. */
  readonly pdf: Uint8Array;
  readonly geometry: Geometry;
  readonly colours: PressColours;
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
  const { width, height, cmyk } = await separate(pdf, PROOF_PPI, picturePpi);
  const { default: sharp } = await import('sharp');
  const sheet = sharp(colours.onScreen(cmyk), { raw: { width, height, channels: 3 } });
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
