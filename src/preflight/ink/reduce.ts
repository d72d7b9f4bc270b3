import { createInflate, constants as zlib } from 'node:zlib';
import { PDFArray, type PDFRawStream } from 'pdf-lib';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';

/** Pixels that a picture keeps: as many as a page is drawn with. */
export const ENOUGH_PX = 1_000_000;
/** Pixels of decoded pictures that a page holds before those that are small enough are left to PDFium, for memory. */
export const MOST_DECODED_PX = 20_000_000;
/** Pixels up to which a picture is left to PDFium, which takes 0.5 µs for each in each drawing. */
const FEW_PX = 50_000;
/** Bytes of a picture's pixels that are gone through at most. */
const MOST_BYTES = 2 ** 31;
/** Pixels that PDFium is given to decode at most: it holds them all at once. */
export const MOST_NATIVE_PX = 150_000_000;

/** A picture decoded and, where it was large, made smaller, 8 bits a component, its samples as they stood in the file (before `Decode`). */
export interface Reduced {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

/**
 * Decodes a picture of three or more components before it is drawn, made smaller where it is large, without ever holding
 * it whole: means over the page stay, and drawing it for each plate becomes cheap. Others PDFium draws as quickly as they
 * are.
 * @param components of its colour space
 * @returns `null` where it is small enough, or of a kind that PDFium decodes itself
 */
export async function reducePicture(
  pdf: Pdf,
  stream: PDFRawStream,
  components: number,
): Promise<Reduced | null> {
  const { dict } = stream;
  const number = (key: string) => numberOf(pdf.get(dict, key)) ?? 0;
  const [width, height] = [number('Width'), number('Height')];
  if (components < 3 || width * height <= FEW_PX || number('BitsPerComponent') !== 8) return null;
  // Colour keys compare samples, and a matte needs a mask of the same size.
  if (pdf.get(dict, 'Mask') instanceof PDFArray) return null;
  if (pdf.dict(dict.get(name('SMask')))?.has(name('Matte'))) return null;
  const filter = pdf.get(dict, 'Filter');
  const filters = filter instanceof PDFArray ? pdf.array(filter).map(nameOf) : [nameOf(filter)];
  const factor = Math.max(1, Math.ceil(Math.sqrt((width * height) / ENOUGH_PX)));
  const [only] = filters;
  if (filters.length === 1 && only === 'DCTDecode') return reduceJpeg(stream.contents, components, factor);
  if (filters.length === 1 && only === 'FlateDecode' && width * height * components < MOST_BYTES) {
    const parms = pdf.dict(pdf.get(dict, 'DecodeParms'));
    const predictor = (parms && numberOf(pdf.get(parms, 'Predictor'))) ?? 1;
    const rows = new RowMeans(width, height, components, factor, predictor);
    await inflateInto(rows, stream.contents);
    return rows.done();
  }
  return null;
}

async function reduceJpeg(bytes: Uint8Array, components: number, factor: number): Promise<Reduced | null> {
  const { default: sharp } = await import('sharp');
  try {
    const jpeg = sharp(bytes, { limitInputPixels: false, ignoreIcc: true, failOn: 'none' });
    const { width, height, channels } = await jpeg.metadata();
    if (channels !== components || components > 4) return null;
    const size = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
    const inks = components === 4;
    const { data, info } = await (inks ? jpeg.pipelineColourspace('cmyk').toColourspace('cmyk') : jpeg)
      .resize({ ...size, fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== components) return null;
    // libvips turns over CMYK that bears Adobe's marker; `Decode` wants it as it stood in the file.
    if (inks && hasAdobeMarker(bytes)) for (let i = 0; i < data.length; i++) data[i] = 255 - data[i]!;
    return { width: info.width, height: info.height, samples: data };
  } catch {
    return null;
  }
}

/** Whether a JPEG has an APP14 segment of Adobe's before its picture (ITU T.872, 6.5.3). */
function hasAdobeMarker(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xda) return false;
    if (marker === 0xee && Buffer.from(bytes.subarray(at + 4, at + 9)).toString('latin1') === 'Adobe')
      return true;
    at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
  }
  return false;
}

/** Feeds inflated data as it comes; data that ends early or is damaged ends there. */
async function inflateInto(rows: RowMeans, bytes: Uint8Array): Promise<void> {
  const inflate = createInflate({ finishFlush: zlib.Z_SYNC_FLUSH, chunkSize: 1 << 18 });
  inflate.end(bytes);
  try {
    for await (const chunk of inflate) {
      if (!rows.take(chunk as Buffer)) break;
    }
  } catch {
    // What came before the damage is kept; the rest stays without ink, and the reader of the file reports it.
  } finally {
    inflate.destroy();
  }
}

/** Means over squares of `factor` pixels, from rows that come in pieces, their predictor undone on the way. */
class RowMeans {
  readonly #row: Uint8Array;
  readonly #above: Uint8Array;
  readonly #sums: Float64Array;
  readonly #samples: Uint8Array;
  readonly #size: { width: number; height: number };
  #filter: number;
  #filled = 0;
  #rows = 0;
  #summed = 0;
  readonly #width: number;
  readonly #height: number;
  readonly #components: number;
  readonly #factor: number;
  readonly #predictor: number;

  constructor(width: number, height: number, components: number, factor: number, predictor: number) {
    this.#width = width;
    this.#height = height;
    this.#components = components;
    this.#factor = factor;
    this.#predictor = predictor;
    this.#row = new Uint8Array(width * components);
    this.#above = new Uint8Array(width * components);
    this.#size = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
    this.#sums = new Float64Array(this.#size.width * components);
    this.#samples = new Uint8Array(this.#size.width * this.#size.height * components).fill(255);
    this.#filter = this.#isPng ? -1 : 0;
  }

  get #isPng(): boolean {
    return this.#predictor >= 10;
  }

  /** @returns whether more is wanted */
  take(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length && this.#rows < this.#height) {
      if (this.#filter < 0) {
        this.#filter = chunk[at++]!;
        continue;
      }
      const count = Math.min(chunk.length - at, this.#row.length - this.#filled);
      this.#row.set(chunk.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === this.#row.length) this.#finishRow();
    }
    return this.#rows < this.#height;
  }

  done(): Reduced {
    if (this.#summed > 0) this.#finishMeans();
    return { ...this.#size, samples: this.#samples };
  }

  #finishRow(): void {
    const row = this.#row;
    const n = this.#components;
    if (this.#isPng) unfilter(row, this.#above, this.#filter, n);
    else if (this.#predictor === 2) for (let i = n; i < row.length; i++) row[i] = row[i]! + row[i - n]!;
    for (let x = 0; x < this.#width; x++) {
      const to = Math.floor(x / this.#factor) * n;
      for (let j = 0; j < n; j++) this.#sums[to + j]! += row[x * n + j]!;
    }
    this.#above.set(row);
    this.#filled = 0;
    this.#filter = this.#isPng ? -1 : 0;
    this.#rows++;
    if (++this.#summed === this.#factor) this.#finishMeans();
  }

  #finishMeans(): void {
    const n = this.#components;
    const { width } = this.#size;
    const line = Math.ceil(this.#rows / this.#factor) - 1;
    for (let x = 0; x < width; x++) {
      const columns = Math.min(this.#factor, this.#width - x * this.#factor);
      for (let j = 0; j < n; j++) {
        const mean = this.#sums[x * n + j]! / (columns * this.#summed);
        this.#samples[(line * width + x) * n + j] = Math.round(mean);
      }
    }
    this.#sums.fill(0);
    this.#summed = 0;
  }
}

/** Undoes one row's PNG filter in place (PNG, 9.2). */
function unfilter(row: Uint8Array, above: Uint8Array, filter: number, n: number): void {
  for (let i = 0; i < row.length; i++) {
    const left = i >= n ? row[i - n]! : 0;
    const up = above[i]!;
    const corner = i >= n ? above[i - n]! : 0;
    let guess = 0;
    if (filter === 1) guess = left;
    else if (filter === 2) guess = up;
    else if (filter === 3) guess = (left + up) >> 1;
    else if (filter === 4) {
      const estimate = left + up - corner;
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
      guess = a <= b && a <= c ? left : b <= c ? up : corner;
    }
    row[i] = row[i]! + guess;
  }
}
