import { PDFDict, type PDFDocument, PDFRawStream, PDFRef } from 'pdf-lib';
import { name, nameOf, Reader } from './pdf.ts';
import { sourceOf } from './stored-stream.ts';

/** The same picture in two places is one object: later ones are dropped, what refers to them refers to the first. */
export function mergeSamePictures(doc: PDFDocument): void {
  const { context } = doc;
  const reader = new Reader(context);
  // Masks first: pictures that are the same but for twin masks are the same.
  for (const isMask of [true, false]) {
    const first = new Map<string | Uint8Array, { ref: PDFRef; dict: string }>();
    const twins = new Map<string, PDFRef>();
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (!(object instanceof PDFRawStream) || nameOf(reader.get(object.dict, 'Subtype')) !== 'Image')
        continue;
      if (isMask === object.dict.has(name('SMask'))) continue;
      const dict = object.dict.toString();
      const source = sourceOf(object);
      const known = first.get(source);
      if (known?.dict === dict) twins.set(ref.toString(), known.ref);
      else if (!known) first.set(source, { ref, dict });
    }
    if (twins.size > 0) redirect(reader, twins);
  }
}

function redirect(reader: Reader, twins: ReadonlyMap<string, PDFRef>): void {
  const within = (dict: PDFDict): void => {
    for (const [key, value] of dict.entries()) {
      if (value instanceof PDFDict) within(value);
      else if (value instanceof PDFRef) {
        const other = twins.get(value.toString());
        if (other) dict.set(key, other);
      }
    }
  };
  for (const [, object] of reader.context.enumerateIndirectObjects()) {
    const dict = reader.dict(object);
    if (dict) within(dict);
  }
}
