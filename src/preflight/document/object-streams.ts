import { type PDFContext, PDFInvalidObject, PDFObjectParser, PDFRawStream, PDFRef } from 'pdf-lib';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import { Pdf } from './pdf.ts';

/** Objects that one stream may hold. */
const MAX_OBJECTS = 100_000;

/**
 * Reads object streams (ISO 32000-1, 7.5.7) that hold something unreadable object by object: pdf-lib gives up the
 * whole stream, other readers lose the one object.
 * @returns the streams that were read so, with the objects of each that cannot be read
 */
export function salvageObjectStreams(context: PDFContext): ReadonlyMap<PDFRef, readonly PDFRef[]> {
  const salvaged = new Map<PDFRef, readonly PDFRef[]>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFInvalidObject)) continue;
    const bytes = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(bytes, 0);
    const stream = parsed(context, bytes);
    if (!(stream instanceof PDFRawStream) || nameOf(stream.dict.get(name('Type'))) !== 'ObjStm') continue;
    const lost = readObjects(context, stream);
    if (lost) salvaged.set(ref, lost);
  }
  return salvaged;
}

function parsed(context: PDFContext, bytes: Uint8Array) {
  try {
    return PDFObjectParser.forBytes(bytes, context).parseObject();
  } catch {
    return null;
  }
}

/** @returns what could not be read; `null` where the stream says nothing that can be followed */
function readObjects(context: PDFContext, stream: PDFRawStream): PDFRef[] | null {
  const pdf = new Pdf(context, { file: new Uint8Array(0), version: null, encrypted: false });
  const { bytes } = pdf.decode(stream);
  const first = numberOf(pdf.get(stream.dict, 'First')) ?? 0;
  const count = numberOf(pdf.get(stream.dict, 'N')) ?? 0;
  const numbers = Buffer.from(bytes.subarray(0, first)).toString('latin1').trim().split(/\s+/).map(Number);
  if (!(first > 0 && count > 0 && count <= MAX_OBJECTS) || numbers.some((n) => !Number.isSafeInteger(n))) {
    return null;
  }
  const lost: PDFRef[] = [];
  for (let i = 0; i < Math.min(count, Math.floor(numbers.length / 2)); i++) {
    const ref = PDFRef.of(numbers[2 * i]!, 0);
    if (context.lookup(ref)) continue;
    const object = parsed(context, bytes.subarray(first + numbers[2 * i + 1]!));
    if (object) context.assign(ref, object);
    else lost.push(ref);
  }
  return lost;
}
