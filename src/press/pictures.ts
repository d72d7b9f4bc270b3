import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflate } from 'node:zlib';
import pLimit from 'p-limit';
import * as z from 'zod';
import type { Artwork } from '../artwork/artwork.ts';
import { markUsed } from '../cache-limit.ts';
import type { PressColours } from '../colour/press-colours.ts';
import { hashOf, writeWhole } from '../files.ts';
import { JPEG_QUALITY, joinStrips, rowsPerStrip } from './cmyk-jpeg.ts';
import { LANES, startLanes, withLane } from './ink-lanes.ts';
import { withStrips } from './pixel-strips.ts';
import type { Stored } from './stored-stream.ts';

export { encodeCmyk, JPEG_QUALITY } from './cmyk-jpeg.ts';

/** Raised when the same artwork would come out with other bytes. */
const PICTURES_VERSION = 2;
/** Pictures of an order that are worked on at the same time: most orders have one large one at most. */
const PICTURES_AT_ONCE = 2;
/** Of zlib: beyond it a painting gets 2 % smaller for twice the time. */
const DEFLATE_LEVEL = 4;

/** An artwork in the file's colours, inks or sRGB: what goes into the PDF. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  /**
   * `jpeg`: a baseline JPEG without subsampling, the samples of a CMYK one inverted as Adobe does (255 = no ink).
   * `flate`: 8 bits a sample (255 = solid), deflated.
   */
  readonly encoding: 'jpeg' | 'flate';
  readonly data: Uint8Array | Stored;
  /** The alpha channel, deflated, 8 bits a pixel; `null` where the picture is opaque. */
  readonly alpha: Uint8Array | null;
  /** The most ink that a pixel was given, percent (400 = all four solid); 0 in sRGB. */
  readonly coverage: number;
}

export interface PictureOptions {
  /** Keeps every pixel as it was converted: about five times as large. */
  readonly lossless?: boolean;
}

/**
 * Converts an artwork into the inks of a press, in strips; the result is kept in the cache beside the artwork.
 * @param cacheDir the cache's folder; press pictures lie under `press/` in it
 */
export async function pressPicture(
  artwork: Artwork,
  colours: PressColours,
  cacheDir: string,
  { lossless = false }: PictureOptions = {},
): Promise<Picture & { readonly data: Stored }> {
  const encoding = lossless ? 'flate' : 'jpeg';
  const key = hashOf(artwork.key, colours.key, `${PICTURES_VERSION}:${lossless ? encoding : JPEG_QUALITY}`);
  const { widthPx, heightPx } = artwork;
  const paths = pathsOf(join(cacheDir, 'press', key.slice(0, 2), key));
  const converted =
    (await find(paths, artwork.hasAlpha)) ?? (await convert(artwork, colours, lossless, paths));
  return { widthPx, heightPx, encoding, ...converted };
}

/** A slot's artwork on its way into the file's colours: its size is known before they are. */
export interface PendingPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly encoded: Promise<Picture>;
}

/** Converts artworks, a few at a time, while the caller goes on. */
export function pressPictures(
  artworks: readonly Artwork[],
  ...how: [colours: PressColours, cacheDir: string, options?: PictureOptions]
): PendingPicture[] {
  return pending(artworks, (artwork) => pressPicture(artwork, ...how));
}

/** Encodes artworks, a few at a time, while the caller goes on; the same one twice is encoded once. */
export function pending(
  artworks: readonly Artwork[],
  encode: (artwork: Artwork) => Promise<Picture>,
): PendingPicture[] {
  const limit = pLimit(PICTURES_AT_ONCE);
  const known = new Map<string, Promise<Picture>>();
  return artworks.map((artwork) => {
    const encoded = known.get(artwork.key) ?? limit(() => encode(artwork));
    known.set(artwork.key, encoded);
    // A failure is met where the picture is wanted.
    encoded.catch(() => undefined);
    return { widthPx: artwork.widthPx, heightPx: artwork.heightPx, encoded };
  });
}

type Converted = Pick<Picture, 'alpha' | 'coverage'> & { readonly data: Stored };

const pathsOf = (stem: string) => ({ data: `${stem}.data`, alpha: `${stem}.alpha`, facts: `${stem}.json` });
type Paths = ReturnType<typeof pathsOf>;

/** What is kept beside a picture: its coverage, and checksums that tell a damaged entry from a whole one. */
const factsSchema = z.object({ coverage: z.number(), data: z.number(), alpha: z.number().nullable() });
const factsOf = ({ coverage, alpha }: Converted, crc: number): z.output<typeof factsSchema> => ({
  coverage,
  data: crc,
  alpha: alpha && crc32(alpha),
});

/** Looks a picture up; one that is not whole is as good as none. */
async function find(paths: Paths, hasAlpha: boolean): Promise<Converted | null> {
  try {
    const facts = factsSchema.parse(JSON.parse(await readFile(paths.facts, 'utf8')));
    const [data, alpha] = await Promise.all([readFile(paths.data), hasAlpha ? readFile(paths.alpha) : null]);
    const found = { data: { path: paths.data, length: data.length }, alpha, coverage: facts.coverage };
    const { data: sum, alpha: alphaSum } = factsOf(found, crc32(data));
    if (sum !== facts.data || alphaSum !== facts.alpha) return null;
    await markUsed(paths.data);
    return found;
  } catch {
    return null;
  }
}

async function convert(
  { path, widthPx, heightPx, hasAlpha }: Artwork,
  colours: PressColours,
  lossless: boolean,
  paths: Paths,
): Promise<Converted> {
  const rows = Math.min(rowsPerStrip(widthPx), heightPx);
  const count = Math.ceil(heightPx / rows);
  startLanes(count);
  // The table comes while the picture is decoded; where it cannot, the first strip says so.
  const table = profileOf(path).then((icc) => colours.pictureTable(icc));
  table.catch(() => undefined);
  const transparency = hasAlpha ? new Deflating() : null;
  const written = { length: 0, crc: 0 };
  let coverage = 0;
  await writeWhole(paths.data, async (temporary) => {
    await withStrips({ path, scratch: `${temporary}.tif` }, async (strips) => {
      const strip = (i: number): Promise<StripInInks> =>
        withLane(async (lane) => {
          const height = Math.min(rows, heightPx - i * rows);
          const pixels = lane.memory(height * strips.rowBytes);
          await strips.read(i * rows, pixels);
          const inks = await lane.inks(await table, pixels, strips.channels, { width: widthPx, height });
          coverage = Math.max(coverage, inks.coverage);
          return {
            data: lossless ? Buffer.from(inks.tiff.samples) : await inks.tiff.toJpeg(),
            alpha: hasAlpha ? everyFourth(pixels) : null,
          };
        });
      async function* inks(): AsyncGenerator<Buffer> {
        for await (const { data, alpha } of inOrder(count, LANES, strip)) {
          if (alpha) await transparency?.write(alpha);
          yield data;
        }
      }
      const file = createWriteStream(temporary);
      const measure = (parts: AsyncIterable<Uint8Array>) => measured(parts, written);
      if (lossless) await pipeline(inks, createDeflate({ level: DEFLATE_LEVEL }), measure, file);
      else await pipeline(joinStrips(inks(), widthPx, heightPx), measure, file);
    });
  });
  const alpha = transparency && (await transparency.end());
  if (alpha) await writeWhole(paths.alpha, (temporary) => writeFile(temporary, alpha));
  const converted = { data: { path: paths.data, length: written.length }, alpha, coverage };
  const facts = JSON.stringify(factsOf(converted, written.crc));
  await writeWhole(paths.facts, (temporary) => writeFile(temporary, facts));
  return converted;
}

/** Passes on what is written, and keeps its length and checksum. */
async function* measured(
  parts: AsyncIterable<Uint8Array>,
  written: { length: number; crc: number },
): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    written.length += part.length;
    written.crc = crc32(part, written.crc);
    yield part;
  }
}

async function profileOf(path: string): Promise<Uint8Array | null> {
  const { default: sharp } = await import('sharp');
  return (await sharp(path, { limitInputPixels: false }).metadata()).icc ?? null;
}

interface StripInInks {
  /** A JPEG, or the inks as they are. */
  readonly data: Buffer;
  readonly alpha: Uint8Array | null;
}

/** Does a numbered work, `atOnce` of it at a time, and gives the results in order. */
async function* inOrder<T>(
  count: number,
  atOnce: number,
  work: (i: number) => Promise<T>,
): AsyncGenerator<T> {
  const jobs: Promise<T>[] = [];
  for (let i = 0; i < count; i++) {
    if (jobs.length === atOnce) yield await jobs.shift()!;
    const job = work(i);
    // Its failure is met where the job is awaited, which may be later.
    job.catch(() => undefined);
    jobs.push(job);
  }
  for (const job of jobs) yield await job;
}

function everyFourth(rgba: Uint8Array): Uint8Array {
  const alpha = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < alpha.length; i++) alpha[i] = rgba[4 * i + 3]!;
  return alpha;
}

/** Deflates what comes in, piece by piece. */
class Deflating {
  readonly #deflate = createDeflate({ level: DEFLATE_LEVEL });
  readonly #parts: Buffer[] = [];

  constructor() {
    this.#deflate.on('data', (part: Buffer) => this.#parts.push(part));
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#deflate.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  end(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#deflate.on('error', reject).on('end', () => resolve(Buffer.concat(this.#parts)));
      this.#deflate.end();
    });
  }
}
