import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { markUsed } from '../cache-limit.ts';
import { hashOf, writeWhole } from '../files.ts';
import type { Artwork, ArtworkWish } from './artwork.ts';

/** Goes up whenever the same wish gives other pixels than before: older entries are then no longer found. */
export const ARTWORK_VERSION = 2;

/** Content key: the original's bytes, the wish, what enlarges, and this program's way of doing it. */
export const artworkKey = ({ picture, ...wish }: ArtworkWish, enlarger: string): string =>
  hashOf({
    version: ARTWORK_VERSION,
    sha256: picture.sha256,
    enlarger,
    size: [wish.size.width, wish.size.height],
    bleed: [wish.bleed.top, wish.bleed.right, wish.bleed.bottom, wish.bleed.left],
    ppi: wish.ppi,
    bleedFill: wish.bleedFill,
    focal: wish.focal ? [wish.focal.x, wish.focal.y] : null,
    upscaler: wish.upscaler,
    ...(wish.zoom !== undefined && wish.zoom !== 1 && { zoom: wish.zoom }),
    ...(wish.tone !== undefined && { tone: wish.tone }),
  });

/** What is known of an artwork besides its pixels. */
export type ArtworkFacts = Omit<Artwork, 'path' | 'key' | 'cached'>;

/** The file beside the pixels: their facts, and how to tell that the pixels are whole. */
const entrySchema = z.object({
  bytes: z.number(),
  crc32: z.number(),
  facts: z.object({
    widthPx: z.number(),
    heightPx: z.number(),
    hasAlpha: z.boolean(),
    sourcePpi: z.number(),
    factor: z.number(),
    method: z.string(),
    warnings: z.array(z.string()),
  }),
});

const pixelsPath = (folder: string, key: string): string => join(folder, `${key}.png`);
const entryPath = (folder: string, key: string): string => join(folder, `${key}.json`);

/**
 * Looks an artwork up. An entry that is not whole (an interrupted copy, a bad disk) is as good as none.
 * @param folder the cache's folder for artwork
 */
export async function findArtwork(folder: string, key: string): Promise<Artwork | null> {
  const path = pixelsPath(folder, key);
  try {
    const entry = entrySchema.parse(JSON.parse(await readFile(entryPath(folder, key), 'utf8')));
    const pixels = await readFile(path);
    if (pixels.length !== entry.bytes || crc32(pixels) !== entry.crc32) return null;
    await markUsed(path);
    return { path, key, cached: true, ...entry.facts };
  } catch {
    return null;
  }
}

/**
 * Keeps an artwork. Pixels come first and their facts last, each file whole, so that a reader in another process
 * finds all of it or nothing; two that make the same artwork write the same bytes.
 */
export async function keepArtwork(
  folder: string,
  key: string,
  pixels: Buffer,
  facts: ArtworkFacts,
): Promise<Artwork> {
  const path = pixelsPath(folder, key);
  await writeWhole(path, (temporary) => writeFile(temporary, pixels));
  return keepFacts(folder, key, { bytes: pixels.length, crc32: crc32(pixels), facts });
}

/**
 * Keeps an artwork that is written piece by piece, and may be larger than memory.
 * @param write makes the PNG at the path that it is given, whole or not at all
 */
export async function keepWritten(
  folder: string,
  key: string,
  facts: ArtworkFacts,
  write: (path: string) => Promise<unknown>,
): Promise<Artwork> {
  const path = pixelsPath(folder, key);
  await write(path);
  let [bytes, sum] = [0, 0];
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += part.length;
    sum = crc32(part, sum);
  }
  return keepFacts(folder, key, { bytes, crc32: sum, facts });
}

async function keepFacts(
  folder: string,
  key: string,
  { facts, ...whole }: { bytes: number; crc32: number; facts: ArtworkFacts },
): Promise<Artwork> {
  const entry: z.output<typeof entrySchema> = {
    ...whole,
    facts: { ...facts, warnings: [...facts.warnings] },
  };
  await writeWhole(entryPath(folder, key), (temporary) => writeFile(temporary, JSON.stringify(entry)));
  return { path: pixelsPath(folder, key), key, cached: false, ...facts };
}
