import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFRawStream } from 'pdf-lib';
import { operations } from './content.ts';
import { name, nameOf, numberOf, Reader } from './pdf.ts';

/** What the content streams of a file do, as far as a standard may forbid it. */
export interface ContentFacts {
  /** Device spaces set by operators, and the names given to `cs` and `CS`. */
  readonly spaces: ReadonlySet<string>;
  /** Tags of marked content: `OC` is a layer's. */
  readonly tags: ReadonlySet<string>;
}

/** A document taken apart once, for all requirements to look at. */
export interface Inspection {
  readonly doc: PDFDocument;
  readonly reader: Reader;
  /** Every dictionary, also those inside others and those of streams. */
  readonly dicts: readonly PDFDict[];
  readonly pages: readonly PDFDict[];
  /** The document information dictionary. */
  readonly info: PDFDict | null;
  /** Read when it is first asked for: every operator of the file is looked at. */
  content(): ContentFacts;
}

export function inspect(doc: PDFDocument): Inspection {
  const reader = new Reader(doc.context);
  const dicts = [...dictionaries(reader)];
  let content: ContentFacts | undefined;
  return {
    doc,
    reader,
    dicts,
    pages: doc.getPages().map((page) => page.node),
    info: reader.dict(doc.context.trailerInfo.Info),
    content() {
      content ??= contentFacts(reader, contentStreams(reader, doc, dicts));
      return content;
    },
  };
}

/** Every dictionary of the document, also those inside others. */
function* dictionaries(reader: Reader): Generator<PDFDict> {
  const inside = function* (object: PDFObject | null): Generator<PDFDict> {
    if (object instanceof PDFArray) for (const item of object.asArray()) yield* inside(item);
    if (!(object instanceof PDFDict)) return;
    yield object;
    for (const [, value] of object.entries()) yield* inside(value);
  };
  for (const [, object] of reader.context.enumerateIndirectObjects()) {
    yield* inside(reader.dict(object) ?? object);
  }
}

/** Every stream that holds operators: of pages, forms, patterns and drawn glyphs. */
function contentStreams(reader: Reader, doc: PDFDocument, dicts: readonly PDFDict[]): Set<PDFRawStream> {
  const found = new Set<PDFRawStream>();
  const add = (object: PDFObject | undefined): void => {
    const value = reader.deref(object);
    if (value instanceof PDFArray) value.asArray().forEach(add);
    else if (value instanceof PDFRawStream) found.add(value);
  };
  for (const page of doc.getPages()) add(page.node.get(name('Contents')));
  for (const [, object] of reader.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream)) continue;
    const tiling = numberOf(reader.get(object.dict, 'PatternType')) === 1;
    if (tiling || nameOf(reader.get(object.dict, 'Subtype')) === 'Form') found.add(object);
  }
  for (const dict of dicts) {
    for (const [, glyph] of reader.dict(dict.get(name('CharProcs')))?.entries() ?? []) add(glyph);
  }
  return found;
}

/** The device space that each colour operator sets (ISO 32000-1, table 74). */
const DEVICE: Readonly<Record<string, string>> = {
  ...{ g: 'DeviceGray', G: 'DeviceGray', rg: 'DeviceRGB', RG: 'DeviceRGB', k: 'DeviceCMYK', K: 'DeviceCMYK' },
};
/** Abbreviations in inline images (ISO 32000-1, table 94). */
const SHORT: Readonly<Record<string, string>> = { G: 'DeviceGray', RGB: 'DeviceRGB', CMYK: 'DeviceCMYK' };

function contentFacts(reader: Reader, streams: Iterable<PDFRawStream>): ContentFacts {
  const spaces = new Set<string>();
  const tags = new Set<string>();
  for (const stream of streams) {
    for (const { operator, operands } of operations(reader.bytes(stream))) {
      const device = DEVICE[operator];
      if (device) spaces.add(device);
      else if (operator === 'cs' || operator === 'CS') spaces.add(operands[0]?.slice(1) ?? '');
      else if (operator === 'BDC' || operator === 'BMC') tags.add(operands[0]?.slice(1) ?? '');
      else if (operator === 'BI') {
        const at = operands.findIndex((token) => token === '/CS' || token === '/ColorSpace');
        const space = at === -1 ? undefined : operands[at + 1]?.slice(1);
        if (space) spaces.add(SHORT[space] ?? space);
      }
    }
  }
  return { spaces, tags };
}
