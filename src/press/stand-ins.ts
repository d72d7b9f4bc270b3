import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artwork } from '../artwork/artwork.ts';
import { markUsed } from '../cache-limit.ts';
import { hashOf, writeWhole } from '../files.ts';

/** Longest side of a stand-in, px: enough for a page's looks, small enough for the browser. */
const STAND_IN_PX = 512;
const MARK = 'printcat:';

/** Raised when the same artwork's stand-in would look otherwise. */
const STAND_IN_VERSION = 1;

/** An artwork made small, kept beside it in the cache. */
async function small(artwork: Artwork, cacheDir: string): Promise<Buffer> {
  const key = hashOf(artwork.key, { version: STAND_IN_VERSION });
  const path = join(cacheDir, 'stand-ins', `${key}.jpg`);
  const kept = await readFile(path).catch(() => null);
  // A file that was cut off has no end-of-image marker.
  if (kept && kept.length > 4 && kept.readUInt16BE(kept.length - 2) === 0xffd9) {
    await markUsed(path);
    return kept;
  }
  const { default: sharp } = await import('sharp');
  const jpeg = await sharp(artwork.path, { limitInputPixels: false })
    .resize(STAND_IN_PX, STAND_IN_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .jpeg({ quality: 70 })
    .toBuffer();
  await writeWhole(path, (temporary) => writeFile(temporary, jpeg));
  return jpeg;
}

/**
 * A stand-in (FPO, "for position only"): a small JPEG of the artwork that the browser prints in its place.
 * Chromium passes JPEG bytes through untouched, so the comment in it names the picture in the printed PDF.
 * @param index position of the artwork among the sheet's slots
 * @param cacheDir the cache's folder; stand-ins lie under `stand-ins/` in it
 */
export async function standIn(artwork: Artwork, index: number, cacheDir: string): Promise<Buffer> {
  const jpeg = await small(artwork, cacheDir);
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
