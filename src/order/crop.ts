import { type ArtworkWish, type BleedFill, type FocalPoint, USUAL_BLEED_FILL } from '../artwork/artwork.ts';
import type { Pictures } from '../catalogue/catalogue.ts';
import type { Order } from './order.ts';

/** Where a picture stands in its place: what of it is not said is found, or as close as it must be. */
export interface ChosenCrop {
  readonly focal?: FocalPoint | undefined;
  readonly zoom?: number | undefined;
}

/**
 * The crop of a picture in an order: as the order says, else as it was kept in the catalogue for this product.
 * @returns `null` where nobody chose one
 */
export function cropOf(
  { focal, zoom }: Pick<Order, 'focal' | 'zoom'>,
  product: string,
  id: string,
  catalogue: Pick<Pictures, 'crop'>,
): ChosenCrop | null {
  if (focal !== undefined || zoom !== undefined) return { focal, zoom };
  const kept = catalogue.crop(id, product);
  return kept && { focal: { x: kept.x, y: kept.y }, zoom: kept.zoom };
}

/** How the bleed of a picture in an order is filled: as the order says, else as it was kept in the catalogue for this product. */
export const bleedFillOf = (
  { bleedFill }: Pick<Order, 'bleedFill'>,
  product: string,
  id: string,
  catalogue: Pick<Pictures, 'bleedFill'>,
): BleedFill => bleedFill ?? catalogue.bleedFill(id, product) ?? USUAL_BLEED_FILL;

/** The crop as artwork is told of it. */
export const cropWish = ({ focal, zoom }: ChosenCrop): Pick<ArtworkWish, 'focal' | 'zoom'> => ({
  ...(focal && { focal }),
  ...(zoom !== undefined && zoom !== 1 && { zoom }),
});
