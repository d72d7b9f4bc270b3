import type { Picture } from '../artwork/artwork.ts';
import { paletteOf } from '../artwork/palette.ts';
import type { Pictures } from '../catalogue/catalogue.ts';
import type { ImageRecord } from '../catalogue/image.ts';
import { type PictureFacts, pictureFacts } from '../layout/picture-facts.ts';

/** A picture of an order: what artwork is made from, and what the template is told of it. */
export interface OrderedPicture {
  readonly original: Picture;
  readonly facts: PictureFacts;
}

/** Looks at each picture of an order, one after the other; the same one twice is looked at once. */
export async function lookAt(
  images: readonly ImageRecord[],
  catalogue: Pick<Pictures, 'originalPath'>,
  cacheDir: string,
): Promise<OrderedPicture[]> {
  const pictures: OrderedPicture[] = [];
  for (const image of images) {
    const original = { path: catalogue.originalPath(image), sha256: image.sha256 };
    pictures.push({ original, facts: pictureFacts(image, await paletteOf(original, cacheDir)) });
  }
  return pictures;
}
