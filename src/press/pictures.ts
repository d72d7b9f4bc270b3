import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Artwork } from '../artwork/artwork.ts';
import type { PressColours } from '../colour/press-colours.ts';
import { hashOf, writeWhole } from '../files.ts';

/** Quality of the CMYK JPEGs, 1…100; without chroma subsampling. */
export const JPEG_QUALITY = 95;
/** Raised when the same artwork would come out with other bytes. */
const PICTURES_VERSION = 1;

/** An artwork in press colour: what goes into the PDF. */
export interface PressPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** A baseline CMYK JPEG; its samples are stored inverted, as Adobe does (255 = no ink). */
  readonly jpeg: Uint8Array;
  /** The alpha channel, deflated, 8 bits a pixel; `null` where the picture is opaque. */
  readonly alpha: Uint8Array | null;
}

/**
 * Converts an artwork into the inks of a press; the result is kept in the cache beside the artwork.
 * @param cacheDir the cache's folder; press pictures lie under `press/` in it
 */
export async function pressPicture(
  artwork: Artwork,
  colours: PressColours,
  cacheDir: string,
): Promise<PressPicture> {
  const key = hashOf(artwork.key, colours.key, `${PICTURES_VERSION}:${JPEG_QUALITY}`);
  const jpegPath = join(cacheDir, 'press', key.slice(0, 2), `${key}.jpg`);
  const alphaPath = jpegPath.replace(/jpg$/, 'alpha');
  const { widthPx, heightPx, hasAlpha } = artwork;
  // The JPEG is renamed into place last: where it is, the alpha is too.
  const cached = await readFile(jpegPath).catch(() => null);
  const cachedAlpha = cached && hasAlpha ? await readFile(alphaPath).catch(() => null) : null;
  if (cached && (!hasAlpha || cachedAlpha)) return { widthPx, heightPx, jpeg: cached, alpha: cachedAlpha };

  const { default: sharp } = await import('sharp');
  const source = sharp(artwork.path, { limitInputPixels: false });
  const { icc } = await source.metadata();
  const rgb = await sharp(artwork.path, { limitInputPixels: false }).removeAlpha().raw().toBuffer();
  const transform = await colours.pictures(icc ?? null);
  const jpeg = await encodeCmyk(transform.run(rgb), widthPx, heightPx);
  const alpha = hasAlpha
    ? deflateSync(
        await sharp(artwork.path, { limitInputPixels: false }).extractChannel('alpha').raw().toBuffer(),
      )
    : null;
  if (alpha) await writeWhole(alphaPath, (path) => writeFile(path, alpha));
  await writeWhole(jpegPath, (path) => writeFile(path, jpeg));
  return { widthPx, heightPx, jpeg, alpha };
}

/** Encodes 8-bit CMYK samples (255 = solid ink) as a JPEG without subsampling. */
export async function encodeCmyk(samples: Uint8Array, widthPx: number, heightPx: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  // Without `optimiseCoding` the encoder streams: a fifth of the memory, a few percent larger.
  return sharp(cmykTiff(samples, widthPx, heightPx), { limitInputPixels: false })
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
}

/** Raw CMYK in the smallest TIFF there is: sharp takes raw four-channel data as RGBA, a TIFF says what it is. */
function cmykTiff(samples: Uint8Array, width: number, height: number): Buffer {
  const [SHORT, LONG] = [3, 4];
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 4, 0], // BitsPerSample: four shorts behind the directory
    [259, SHORT, 1, 1], // no compression
    [262, SHORT, 1, 5], // separated
    [273, LONG, 1, 0], // StripOffsets
    [277, SHORT, 1, 4], // SamplesPerPixel
    [278, LONG, 1, height], // RowsPerStrip
    [279, LONG, 1, samples.length], // StripByteCounts
    [284, SHORT, 1, 1], // interleaved
  ];
  const bitsAt = 8 + 2 + entries.length * 12 + 4;
  const header = Buffer.alloc(bitsAt + 8);
  header.write('II*\0', 'latin1');
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(entries.length, 8);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + i * 12;
    header.writeUInt16LE(tag, at);
    header.writeUInt16LE(type, at + 2);
    header.writeUInt32LE(count, at + 4);
    const known = tag === 258 ? bitsAt : tag === 273 ? header.length : value;
    if (type === SHORT && count === 1) header.writeUInt16LE(known, at + 8);
    else header.writeUInt32LE(known, at + 8);
  }
  for (let i = 0; i < 4; i++) header.writeUInt16LE(8, bitsAt + i * 2);
  return Buffer.concat([header, samples]);
}
