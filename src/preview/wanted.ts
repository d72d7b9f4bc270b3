import type { Artwork } from '../artwork/artwork.ts';
import { screenColours } from '../colour/screen-colours.ts';
import { pending } from '../press/pictures.ts';
import { type PressJob, press } from '../press/press.ts';
import { rgbPicture } from '../press/rgb-pictures.ts';
import { withoutDielines } from '../products/geometry.ts';
import { PROOF_PPI } from './proof.ts';

/**
 * The pages as their author saw them, in sRGB: the same print of the browser as the press file's, never converted into inks.
 * @param picturePpi resolution of the artworks on the product, px per inch
 */
export async function wantedPages(
  artworks: readonly Artwork[],
  job: Pick<PressJob, 'printed' | 'geometry' | 'facts'>,
  picturePpi: number,
): Promise<Uint8Array> {
  const share = Math.min(1, PROOF_PPI / picturePpi);
  const pictures = pending(artworks, (artwork) =>
    rgbPicture(artwork, { atMost: Math.ceil(Math.max(artwork.widthPx, artwork.heightPx) * share) }),
  );
  const geometry = withoutDielines(job.geometry);
  const { pdf } = await press({
    ...{ ...job, geometry, pictures, colours: await screenColours() },
    standard: 'rgb',
  });
  return pdf;
}
