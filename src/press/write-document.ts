import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  PDFCrossRefSection,
  type PDFDocument,
  type PDFObject,
  PDFRawStream,
  PDFTrailer,
  PDFTrailerDict,
} from 'pdf-lib';
import { fileOf } from './stored-stream.ts';

/** Takes the bytes of a file piece by piece. */
export type Sink = (bytes: Uint8Array) => Promise<unknown>;

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

function bytesOf(object: Pick<PDFObject, 'sizeInBytes' | 'copyBytesInto'>): Uint8Array {
  const bytes = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return bytes;
}

/**
 * Writes a document object by object, with a plain cross-reference table (ISO 32000-1, 7.5.4), so that no more than one
 * object is held in memory at a time.
 * @returns the file's length, bytes
 */
export async function writeDocument({ context }: PDFDocument, sink: Sink): Promise<number> {
  let at = 0;
  const write = async (bytes: Uint8Array) => {
    at += bytes.length;
    await sink(bytes);
  };
  await write(Buffer.concat([bytesOf(context.header), ascii('\n\n')]));
  const table = PDFCrossRefSection.create();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    table.addEntry(ref, at);
    await write(ascii(`${ref.objectNumber} ${ref.generationNumber} obj\n`));
    const file = fileOf(object);
    if (file) await writeStored(object as PDFRawStream, file, write);
    else if (object instanceof PDFRawStream) await writeStream(object, write);
    else await write(bytesOf(object));
    await write(ascii('\nendobj\n\n'));
  }
  const { Root, Info, ID } = context.trailerInfo;
  const trailer = context.obj({ Size: context.largestObjectNumber + 1, Root, Info, ID });
  const start = at;
  await write(bytesOf(table));
  await write(Buffer.concat([ascii('\n'), bytesOf(PDFTrailerDict.of(trailer)), ascii('\n\n')]));
  await write(bytesOf(PDFTrailer.forLastCrossRefSectionOffset(start)));
  return at;
}

/** A stream from memory: its bytes as they are, which pdf-lib would copy one by one. */
async function writeStream(stream: PDFRawStream, write: Sink): Promise<void> {
  await writeHead(stream, write);
  await write(stream.contents);
  await write(ascii('\nendstream'));
}

/** A stream from its file, a piece at a time. */
async function writeStored(stream: PDFRawStream, path: string, write: Sink): Promise<void> {
  await writeHead(stream, write);
  for await (const piece of createReadStream(path)) await write(piece);
  await write(ascii('\nendstream'));
}

async function writeHead(stream: PDFRawStream, write: Sink): Promise<void> {
  stream.updateDict();
  await write(bytesOf(stream.dict));
  await write(ascii('\nstream\n'));
}

/** The whole document in memory. */
export async function documentBytes(doc: PDFDocument): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  await writeDocument(doc, async (bytes) => parts.push(bytes));
  return Buffer.concat(parts);
}

/** A document that was written into a file. */
export interface WrittenFile {
  readonly bytes: number;
  /** Checksum, hexadecimal. */
  readonly sha256: string;
}

/** Writes a document into a file, which must not be there. */
export async function writeDocumentTo(path: string, doc: PDFDocument): Promise<WrittenFile> {
  const file = await open(path, 'wx');
  try {
    const hash = createHash('sha256');
    const bytes = await writeDocument(doc, (part) => {
      hash.update(part);
      return file.write(part);
    });
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
