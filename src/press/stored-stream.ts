import { readFileSync } from 'node:fs';
import { type PDFDict, PDFRawStream } from 'pdf-lib';

/** Bytes that wait in a file. */
export interface Stored {
  readonly path: string;
  readonly length: number;
}

const paths = new WeakMap<PDFRawStream, string>();

/**
 * A stream whose bytes stay in their file until they are asked for, each time anew: a document of many pictures takes
 * the memory of one.
 */
export function storedStream(dict: PDFDict, { path, length }: Stored): PDFRawStream {
  const stream = PDFRawStream.of(dict, new Uint8Array());
  Object.defineProperties(stream, {
    contents: { get: () => readFileSync(path) },
    getContentsSize: { value: () => length },
  });
  paths.set(stream, path);
  return stream;
}

/** The file that a stream's bytes wait in; `undefined` where they are in memory. */
export const fileOf = (object: object): string | undefined =>
  object instanceof PDFRawStream ? paths.get(object) : undefined;

/** What two streams of the same bytes have in common: their file, or the memory that they share. */
export const sourceOf = (stream: PDFRawStream): string | Uint8Array => paths.get(stream) ?? stream.contents;
