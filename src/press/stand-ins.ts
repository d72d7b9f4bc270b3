import type { Artwork } from '../artwork/artwork.ts';

/** Longest side of a stand-in, px: enough for a page's looks, small enough for the browser. */
const STAND_IN_PX = 512;
const MARK = 'printcat:';

/**
 * A stand-in (FPO, "for position only"): a small JPEG of the artwork that the browser prints in its place.
 * Chromium passes JPEG bytes through untouched, so the comment in it names the picture in the printed PDF.
 * @param index position of the artwork among the sheet's slots
 */
export async function standIn(artwork: Artwork, index: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const jpeg = await sharp(artwork.path, { limitInputPixels: false })
    .resize(STAND_IN_PX, STAND_IN_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .jpeg({ quality: 70 })
    .toBuffer();
  const comment = Buffer.from(`${MARK}${index};`);
  const segment = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  // Behind the start-of-image marker.
  return Buffer.concat([jpeg.subarray(0, 2), segment, comment, jpeg.subarray(2)]);
}

/** The index that a stand-in carries, or `null` for any other JPEG. */
export function standInIndex(jpeg: Uint8Array): number | null {
  const head = Buffer.from(jpeg.buffer, jpeg.byteOffset, Math.min(64, jpeg.length)).toString('latin1');
  const match = new RegExp(`${MARK}(\\d+);`).exec(head);
  return match ? Number(match[1]) : null;
}
