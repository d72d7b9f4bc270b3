import type { ImageRecord } from '../catalogue/image.ts';
import type { DocumentFacts } from '../press/xmp.ts';
import { PRODUCER } from '../version.ts';
import { dateOf } from './naming.ts';

/**
 * What the press file says of itself.
 * @param images the order's pictures, the main one first: the file has its date, and the first origin that is known
 */
export const documentFacts = (
  images: readonly ImageRecord[],
  fields: Readonly<Record<string, string>>,
): DocumentFacts => ({
  title: fields.title || images[0]!.id,
  author: fields.author ?? '',
  date: dateOf(images[0]!),
  producer: PRODUCER,
  digitalSourceType: images.map(({ file }) => file.digitalSourceType).find((type) => type !== null) ?? null,
});
