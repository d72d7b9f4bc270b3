import type { Sharp } from 'sharp';

/** Quality of the CMYK JPEGs, 1…100; without chroma subsampling. */
export const JPEG_QUALITY = 95;
/** A block of the encoder, px each way: without subsampling it is also the unit that restarts count in. */
const BLOCK = 8;
/** Blocks between two restarts at most (ITU-T T.81, B.2.4.4: 16 bits). */
const MOST_BLOCKS = 0xffff;
/** Pixels encoded in one go: about four megabytes of inks. */
const STRIP_PIXELS = 1 << 20;

/** Rows of the strips that `joinStrips` takes: whole blocks, about a megapixel. */
export function rowsPerStrip(widthPx: number): number {
  const across = Math.ceil(widthPx / BLOCK);
  const down = Math.min(MOST_BLOCKS / across, STRIP_PIXELS / (widthPx * BLOCK));
  return BLOCK * Math.max(1, Math.floor(down));
}

/** Encodes 8-bit CMYK samples (255 = solid ink) as a JPEG without subsampling. */
export function encodeCmyk(samples: Uint8Array, widthPx: number, heightPx: number): Promise<Buffer> {
  const tiff = CmykTiff.of(widthPx, heightPx);
  tiff.samples.set(samples);
  return tiff.toJpeg();
}

/** Bytes before the samples, which begin at a multiple of four: a directory of ten entries, and what does not fit into them. */
const TIFF_HEADER = 8 + 2 + 10 * 12 + 4 + 8 + 2;

/** Raw CMYK in the smallest TIFF there is: sharp takes raw four-channel data as RGBA, a TIFF says what it is. */
export class CmykTiff {
  /** To be filled with the inks, four bytes a pixel, 255 = solid. */
  readonly samples: Uint8Array;
  readonly #file: Buffer;

  private constructor(file: Buffer) {
    this.#file = file;
    this.samples = file.subarray(TIFF_HEADER);
  }

  /** Bytes that a picture of this size takes. */
  static bytes(width: number, height: number): number {
    return TIFF_HEADER + width * height * 4;
  }

  /** @param memory as large as `bytes` says or larger, and used by nobody else meanwhile */
  static of(
    width: number,
    height: number,
    memory = new SharedArrayBuffer(CmykTiff.bytes(width, height)),
  ): CmykTiff {
    const [SHORT, LONG] = [3, 4];
    const size = width * height * 4;
    const entries: [tag: number, type: number, count: number, value: number][] = [
      [256, LONG, 1, width],
      [257, LONG, 1, height],
      [258, SHORT, 4, 0], // BitsPerSample: four shorts behind the directory
      [259, SHORT, 1, 1], // no compression
      [262, SHORT, 1, 5], // separated
      [273, LONG, 1, 0], // StripOffsets
      [277, SHORT, 1, 4], // SamplesPerPixel
      [278, LONG, 1, height], // RowsPerStrip
      [279, LONG, 1, size], // StripByteCounts
      [284, SHORT, 1, 1], // interleaved
    ];
    const bitsAt = 8 + 2 + entries.length * 12 + 4;
    const file = Buffer.from(memory, 0, TIFF_HEADER + size);
    file.fill(0, 0, TIFF_HEADER);
    file.write('II*\0', 'latin1');
    file.writeUInt32LE(8, 4);
    file.writeUInt16LE(entries.length, 8);
    for (const [i, [tag, type, count, value]] of entries.entries()) {
      const at = 10 + i * 12;
      file.writeUInt16LE(tag, at);
      file.writeUInt16LE(type, at + 2);
      file.writeUInt32LE(count, at + 4);
      const known = tag === 258 ? bitsAt : tag === 273 ? TIFF_HEADER : value;
      if (type === SHORT && count === 1) file.writeUInt16LE(known, at + 8);
      else file.writeUInt32LE(known, at + 8);
    }
    for (let i = 0; i < 4; i++) file.writeUInt16LE(8, bitsAt + i * 2);
    return new CmykTiff(file);
  }

  /** A baseline JPEG with the standard code tables, its samples inverted as Adobe does (255 = no ink). */
  async toJpeg(): Promise<Buffer> {
    const { default: sharp } = await import('sharp');
    const picture: Sharp = sharp(this.#file, { limitInputPixels: false });
    return (
      picture
        .pipelineColourspace('cmyk')
        .toColourspace('cmyk')
        // Optimised code tables would differ from strip to strip, and the encoder would hold the whole picture.
        .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false })
        .toBuffer()
    );
  }
}

const [SOI, EOI, SOS, SOF0, DRI, RST0] = [0xd8, 0xd9, 0xda, 0xc0, 0xdd, 0xd0];

/** A baseline JPEG taken apart: the segments before its scan, and the scan's coded data. */
interface Parts {
  readonly head: Buffer;
  /** The scan's own header. */
  readonly scan: Buffer;
  readonly data: Buffer;
}

function partsOf(jpeg: Buffer): Parts {
  if (jpeg[1] !== SOI) throw new Error('not a JPEG');
  let at = 2;
  while (jpeg[at] === 0xff && jpeg[at + 1] !== SOS) at += 2 + jpeg.readUInt16BE(at + 2);
  const dataAt = at + 2 + jpeg.readUInt16BE(at + 2);
  if (jpeg[at + 1] !== SOS || jpeg[jpeg.length - 1] !== EOI) throw new Error('not a whole baseline JPEG');
  return {
    head: jpeg.subarray(0, at),
    scan: jpeg.subarray(at, dataAt),
    data: jpeg.subarray(dataAt, jpeg.length - 2),
  };
}

/** Writes the number of rows into the frame header (ITU-T T.81, B.2.2). */
function setHeight(head: Buffer, heightPx: number): Buffer {
  const copy = Buffer.from(head);
  let at = 2;
  while (copy[at + 1] !== SOF0) at += 2 + copy.readUInt16BE(at + 2);
  copy.writeUInt16BE(heightPx, at + 5);
  return copy;
}

/**
 * Joins JPEGs of the strips of a picture into the JPEG of the whole, without coding anything again: between strips
 * stands a restart marker (ITU-T T.81, B.2.1), behind which a decoder begins afresh, as the encoder did. So a picture of
 * any size is encoded on all cores in the memory of a few strips.
 * @param strips from the top; each `rowsPerStrip` high, but for the last
 * @returns the pieces of the file, as they come
 */
export async function* joinStrips(
  strips: AsyncIterable<Buffer>,
  widthPx: number,
  heightPx: number,
): AsyncGenerator<Buffer> {
  const rows = rowsPerStrip(widthPx);
  let whole: Buffer | undefined;
  let restarts = 0;
  for await (const strip of strips) {
    const { head, scan, data } = partsOf(strip);
    const own = setHeight(head, heightPx);
    if (!whole) {
      whole = own;
      yield whole;
      if (heightPx > rows) {
        const interval = Buffer.from([0xff, DRI, 0, 4, 0, 0]);
        interval.writeUInt16BE((Math.ceil(widthPx / BLOCK) * rows) / BLOCK, 4);
        yield interval;
      }
      yield scan;
    } else {
      if (!own.equals(whole)) throw new Error('the strips are coded differently');
      yield Buffer.from([0xff, RST0 + (restarts++ % 8)]);
    }
    yield data;
  }
  yield Buffer.from([0xff, EOI]);
}
