import { deflateSync, inflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from 'pdf-lib';
import { PrintcatError } from '../errors.ts';

/** Short names for what this stage does all the time with PDF objects. */
export const name = (text: string): PDFName => PDFName.of(text);

export const nameOf = (object: PDFObject | undefined): string | null =>
  object instanceof PDFName ? object.decodeText() : null;

export const numberOf = (object: PDFObject | undefined): number | null =>
  object instanceof PDFNumber ? object.asNumber() : null;

/** A deflated stream with the dictionary's entries. */
export function packed(
  context: PDFContext,
  bytes: Uint8Array,
  entries: Record<string, PDFObject | string | number> = {},
): PDFRawStream {
  const dict = context.obj({ ...entries, Filter: 'FlateDecode' });
  return PDFRawStream.of(dict, deflateSync(bytes));
}

/** Objects of one document, with references followed. */
export class Reader {
  readonly context: PDFContext;

  constructor(context: PDFContext) {
    this.context = context;
  }

  deref(object: PDFObject | undefined): PDFObject | undefined {
    return object instanceof PDFRef ? this.context.lookup(object) : object;
  }

  /** The dictionary behind an object: its own or its stream's. */
  dict(object: PDFObject | undefined): PDFDict | null {
    const value = this.deref(object);
    if (value instanceof PDFDict) return value;
    return value instanceof PDFRawStream ? value.dict : null;
  }

  get(dict: PDFDict, key: string): PDFObject | undefined {
    return this.deref(dict.get(name(key)));
  }

  numbers(object: PDFObject | undefined): number[] {
    const value = this.deref(object);
    if (!(value instanceof PDFArray)) return [];
    return value.asArray().map((item) => numberOf(this.deref(item)) ?? 0);
  }

  stream(object: PDFObject | undefined): PDFRawStream {
    const value = this.deref(object);
    if (value instanceof PDFRawStream) return value;
    throw new PrintcatError('The printed page is damaged: a stream is missing');
  }

  /** A stream's decoded bytes; only what Chromium writes: none or Flate without a predictor. */
  bytes(stream: PDFRawStream): Uint8Array {
    const filter = this.get(stream.dict, 'Filter');
    const names =
      filter instanceof PDFArray ? filter.asArray().map((f) => nameOf(this.deref(f))) : [nameOf(filter)];
    const wanted = names.filter((n) => n !== null);
    if (wanted.length === 0) return stream.contents;
    if (wanted.length === 1 && wanted[0] === 'FlateDecode' && !this.get(stream.dict, 'DecodeParms')) {
      return inflateSync(stream.contents);
    }
    throw new PrintcatError(`The printed page has a stream of an unexpected form (${wanted.join(', ')})`);
  }

  /** A page's content streams, decoded. */
  contents(page: PDFDict): Uint8Array[] {
    const contents = this.get(page, 'Contents');
    const list = contents instanceof PDFArray ? contents.asArray() : [contents];
    return list.map((item) => this.bytes(this.stream(item)));
  }

  /** A copy of a dictionary whose entries can be changed without touching the original. */
  copy(dict: PDFDict): PDFDict {
    const copy = this.context.obj({}) as PDFDict;
    for (const [key, value] of dict.entries()) copy.set(key, value);
    return copy;
  }
}
