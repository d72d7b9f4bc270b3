import { PDFArray, type PDFContext, type PDFDict, type PDFObject, PDFRawStream, PDFRef } from 'pdf-lib';
import type { Matrix } from '../../press/matrix.ts';
import { nameOf, numberOf, Reader } from '../../press/pdf.ts';
import type { Box } from '../../units.ts';
import type { PageFacts } from '../model.ts';
import { ascii85, asciiHex, type Decoded, flate, lzw, runLength, unpredict } from './filters.ts';

/** Bytes that one stream may unpack to, and all streams of a run together. */
const STREAM_LIMIT = 128 * 2 ** 20;
const TOTAL_LIMIT = 2 ** 30;
/** Filters one behind the other; more is a bomb. */
const MAX_FILTERS = 8;
/** References to references that are followed. */
const MAX_HOPS = 16;

/** Damage that is noted. */
const MAX_DAMAGE = 1000;

/** Something wrong in the file's structure that reading went on from. */
export interface Damage {
  readonly what: string;
  /** From 1; `null` for the file. */
  readonly page: number | null;
}

/** A page: its facts, and where it stands in the file. */
export interface PdfPage extends PageFacts {
  readonly dict: PDFDict;
  /** The page's own or inherited. */
  readonly resources: PDFDict | null;
  /** From default user space (pt, y upwards) to mm on the page as shown. */
  readonly toMm: Matrix;
  /** What is printed: the BleedBox, else the TrimBox, else the CropBox, else the MediaBox. */
  readonly printed: Box;
}

/** Filters whose data is a picture; a stream is decoded up to them. */
const PICTURE_FILTERS = ['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode'];

/** What a stream decodes to; `picture` names the picture's filter where one is left to undo. */
export interface StreamData extends Decoded {
  readonly picture: string | null;
}

/** An open PDF: its objects, with bounds on what a hostile file can ask for. */
export class Pdf extends Reader {
  /** The file as it came. */
  readonly file: Uint8Array;
  readonly catalog: PDFDict | null;
  /** `1.6`, of the header; see `effectiveVersion`. */
  readonly version: string | null;
  /** Whether the file is encrypted; it was opened all the same. */
  readonly encrypted: boolean;
  readonly pages: PdfPage[] = [];
  readonly damage: Damage[] = [];
  #unpacked = 0;

  constructor(context: PDFContext, facts: { file: Uint8Array; version: string | null; encrypted: boolean }) {
    super(context);
    this.file = facts.file;
    this.version = facts.version;
    this.encrypted = facts.encrypted;
    this.catalog = this.dict(context.trailerInfo.Root);
  }

  /** Notes damage, once for each page. */
  damaged(what: string, page: number | null = null): void {
    if (this.damage.length < MAX_DAMAGE && !this.damage.some((d) => d.what === what && d.page === page)) {
      this.damage.push({ what, page });
    }
  }

  /** Whether something of a page could not be read, as far as damage was noted. */
  isDamaged(page: number): boolean {
    return this.damage.length >= MAX_DAMAGE || this.damage.some((damage) => damage.page === page);
  }

  override deref(object: PDFObject | undefined): PDFObject | undefined {
    let value = object;
    for (let hops = 0; value instanceof PDFRef && hops < MAX_HOPS; hops++) value = this.context.lookup(value);
    return value instanceof PDFRef ? undefined : value;
  }

  /** The items of an array, references followed; empty for anything else. */
  array(object: PDFObject | undefined): (PDFObject | undefined)[] {
    const value = this.deref(object);
    return value instanceof PDFArray ? value.asArray().map((item) => this.deref(item)) : [];
  }

  /** `12 0 R` of a reference, `null` for an object that stands in its place. */
  reference(object: PDFObject | undefined): string | null {
    return object instanceof PDFRef ? object.toString() : null;
  }

  /** The stream behind an object, or `null`. */
  streamOf(object: PDFObject | undefined): PDFRawStream | null {
    const value = this.deref(object);
    return value instanceof PDFRawStream ? value : null;
  }

  /** A stream's bytes without its filters, as far as they are no picture's. */
  decode(stream: PDFRawStream): StreamData {
    return this.unpack(
      stream.contents,
      this.get(stream.dict, 'Filter') ?? this.get(stream.dict, 'F'),
      this.get(stream.dict, 'DecodeParms') ?? this.get(stream.dict, 'DP'),
    );
  }

  override bytes(stream: PDFRawStream): Uint8Array {
    return this.decode(stream).bytes;
  }

  /**
   * Undoes filters one by one, within bounds.
   * @param filter a name or an array of names
   * @param parameters a dictionary or an array of them
   */
  unpack(contents: Uint8Array, filter: PDFObject | undefined, parameters: PDFObject | undefined): StreamData {
    const names = filter instanceof PDFArray ? this.array(filter).map(nameOf) : [nameOf(filter)];
    const filters = names.filter((n) => n !== null);
    if (filters.length > MAX_FILTERS) {
      return { bytes: new Uint8Array(0), problem: `has ${filters.length} filters`, picture: null };
    }
    let bytes = contents;
    let problem: string | null = null;
    for (const [i, name] of filters.entries()) {
      if (PICTURE_FILTERS.includes(name)) return { bytes, problem, picture: name };
      const parms = parameters instanceof PDFArray ? parameters.get(i) : parameters;
      const step = this.#undo(name, bytes, this.dict(parms));
      bytes = step.bytes;
      problem ??= step.problem;
      this.#unpacked += bytes.length;
    }
    return { bytes, problem, picture: null };
  }

  #undo(filter: string, bytes: Uint8Array, parms: PDFDict | null): Decoded {
    const limit = Math.min(STREAM_LIMIT, TOTAL_LIMIT - this.#unpacked);
    if (limit <= 0) {
      return { bytes: new Uint8Array(0), problem: 'was not unpacked: the file holds more than 1 GB' };
    }
    const parameter = (key: string, otherwise: number) =>
      (parms && numberOf(this.get(parms, key))) ?? otherwise;
    const prediction = (decoded: Decoded): Decoded => {
      const straight = unpredict(decoded.bytes, {
        predictor: parameter('Predictor', 1),
        colors: parameter('Colors', 1),
        bits: parameter('BitsPerComponent', 8),
        columns: parameter('Columns', 1),
      });
      return { bytes: straight.bytes, problem: decoded.problem ?? straight.problem };
    };
    switch (filter) {
      case 'FlateDecode':
      case 'Fl':
        return prediction(flate(bytes, limit));
      case 'LZWDecode':
      case 'LZW':
        return prediction(lzw(bytes, limit, parameter('EarlyChange', 1)));
      case 'ASCIIHexDecode':
      case 'AHx':
        return asciiHex(bytes);
      case 'ASCII85Decode':
      case 'A85':
        return ascii85(bytes);
      case 'RunLengthDecode':
      case 'RL':
        return runLength(bytes, limit);
      case 'Crypt':
        return { bytes, problem: null };
      default:
        return { bytes: new Uint8Array(0), problem: `has an unknown filter, ${filter}` };
    }
  }
}
