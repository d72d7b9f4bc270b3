import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflate } from 'node:zlib';
import * as z from 'zod';
import type { Artwork } from '../artwork/artwork.ts';
import type { PressColours } from '../colour/press-colours.ts';
import { hashOf, writeWhole } from '../files.ts';
import { CmykTiff, JPEG_QUALITY, joinStrips, rowsPerStrip } from './cmyk-jpeg.ts';
import { withStrips } from './pixel-strips.ts';

export { encodeCmyk, JPEG_QUALITY } from './cmyk-jpeg.ts';

/** Raised when the same artwork would come out with other bytes. */
const PICTURES_VERSION = 2;
/** Strips that are encoded at the same time. */
const AT_ONCE = 3;
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
  readonly data: Uint8Array;
  /** The alpha channel, deflated, 8 bits a pixel; `null` where the picture is opaque. */
  readonly alpha: Uint8Array | null;
}

/** An artwork in the inks of a press. */
export interface PressPicture extends Picture {
  /** The most ink that a pixel was given, percent (400 = all four solid). */
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
): Promise<PressPicture> {
  const encoding = lossless ? 'flate' : 'jpeg';
  const key = hashOf(artwork.key, colours.key, `${PICTURES_VERSION}:${lossless ? encoding : JPEG_QUALITY}`);
  const { widthPx, heightPx } = artwork;
  const paths = pathsOf(join(cacheDir, 'press', key.slice(0, 2), key));
  const converted =
    (await find(paths, artwork.hasAlpha)) ?? (await convert(artwork, colours, lossless, paths));
  return { widthPx, heightPx, encoding, ...converted };
}

type Converted = Pick<PressPicture, 'data' | 'alpha' | 'coverage'>;

const pathsOf = (stem: string) => ({ data: `${stem}.data`, alpha: `${stem}.alpha`, facts: `${stem}.json` });
type Paths = ReturnType<typeof pathsOf>;

/** What is kept beside a picture: its coverage, and checksums that tell a damaged entry from a whole one. */
const factsSchema = z.object({ coverage: z.number(), data: z.number(), alpha: z.number().nullable() });
const factsOf = ({ coverage, data, alpha }: Converted): z.output<typeof factsSchema> => ({
  coverage,
  data: crc32(data),
  alpha: alpha && crc32(alpha),
});

/** Looks a picture up; one that is not whole is as good as none. */
async function find(paths: Paths, hasAlpha: boolean): Promise<Converted | null> {
  try {
    const facts = factsSchema.parse(JSON.parse(await readFile(paths.facts, 'utf8')));
    const [data, alpha] = await Promise.all([readFile(paths.data), hasAlpha ? readFile(paths.alpha) : null]);
    const found = { data, alpha, coverage: facts.coverage };
    const { data: sum, alpha: alphaSum } = factsOf(found);
    return sum === facts.data && alphaSum === facts.alpha ? found : null;
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
  let coverage = 0;
  const transparency = hasAlpha ? new Deflating() : null;
  await writeWhole(paths.data, async (temporary) => {
    const rows = rowsPerStrip(widthPx);
    const source = { path, rows, scratch: `${temporary}.tif` };
    await withStrips(source, colours, async ({ channels, converter, strips }) => {
      /** The picture's inks strip by strip; every memory is taken again when all of the others have been. */
      async function* inks(): AsyncGenerator<CmykTiff> {
        const memories = Array.from({ length: AT_ONCE }, () =>
          CmykTiff.of(widthPx, Math.min(rows, heightPx)),
        );
        let turn = 0;
        for await (const { rows: height, pixels } of strips) {
          const own = memories[turn++ % AT_ONCE]!;
          const tiff = height === own.rows ? own : CmykTiff.of(widthPx, height);
          converter.run(pixels, channels, tiff.samples);
          await transparency?.write(everyFourth(pixels));
          yield tiff;
        }
      }
      const file = createWriteStream(temporary);
      if (lossless) await pipeline(inks, samplesOf, createDeflate({ level: DEFLATE_LEVEL }), file);
      else await pipeline(joinStrips(jpegsOf(inks()), widthPx, heightPx), file);
      coverage = converter.coverage;
    });
  });
  const alpha = transparency && (await transparency.end());
  if (alpha) await writeWhole(paths.alpha, (temporary) => writeFile(temporary, alpha));
  const converted = { data: await readFile(paths.data), alpha, coverage };
  const facts = JSON.stringify(factsOf(converted));
  await writeWhole(paths.facts, (temporary) => writeFile(temporary, facts));
  return converted;
}

async function* samplesOf(strips: AsyncIterable<CmykTiff>): AsyncGenerator<Uint8Array> {
  for await (const { samples } of strips) yield samples;
}

/** Encodes a few strips side by side; none is taken before the memory of an earlier one is free. */
async function* jpegsOf(strips: AsyncIterable<CmykTiff>): AsyncGenerator<Buffer> {
  const jobs: Promise<Buffer>[] = [];
  for await (const strip of strips) {
    const job = strip.toJpeg();
    // Its failure is met where the job is awaited, which may be later.
    job.catch(() => undefined);
    jobs.push(job);
    if (jobs.length === AT_ONCE) yield await jobs.shift()!;
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
