import { deflateSync } from 'node:zlib';
import { PDFArray, type PDFDict, type PDFDocument, type PDFRef } from 'pdf-lib';
import { PrintcatError } from '../errors.ts';
import { name, nameOf, packed, Reader } from '../press/pdf.ts';
import type { PrintedFor } from '../press/pdfx.ts';
import { marks, toPdfBox } from '../press/press.ts';
import { STANDARD_NAMES, STANDARDS, type Standard } from '../press/standards.ts';
import { textOf } from '../press/structure-faults.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { mmToPt } from '../units.ts';

/** What a finished press file says of itself. */
export interface PressFileFacts {
  readonly standard: Standard;
  readonly printedFor: PrintedFor;
}

const damaged = (what: string): PrintcatError => new PrintcatError(`The press file is damaged: ${what}`);

/**
 * Reads which standard a press file was written to, and for which printing condition.
 * @throws PrintcatError for a file that is not of press's making
 */
export function pressFileFacts(doc: PDFDocument): PressFileFacts {
  const reader = new Reader(doc.context);
  const info = reader.dict(doc.context.trailerInfo.Info);
  const version = textOf(reader, info, 'GTS_PDFXVersion');
  const standard = STANDARD_NAMES.find((key) => STANDARDS[key].version === version);
  const intents = reader.deref(doc.catalog.get(name('OutputIntents')));
  const intent = intents instanceof PDFArray ? reader.dict(intents.get(0)) : null;
  const identifier = textOf(reader, intent, 'OutputConditionIdentifier');
  if (!standard || !intent || identifier === null) throw damaged('it names no standard or no condition');
  const printedFor: PrintedFor = {
    identifier,
    info: textOf(reader, intent, 'Info') ?? identifier,
    registry: textOf(reader, intent, 'RegistryName'),
    space: STANDARDS[standard].space,
    profile: deflateSync(reader.bytes(reader.stream(intent.get(name('DestOutputProfile'))))),
  };
  return { standard, printedFor };
}

/**
 * The pages of a press file as forms in the same document, so that their inks, layers and pictures stay what they are.
 * Each is cut off at its bleed: the file's own marks and slug do not come along. A form is no transparency group of its
 * own: it lies on blank paper, and a group around it would keep overprint in.
 */
export function pagesAsForms(doc: PDFDocument, geometry: Geometry, space: PrintedFor['space']): PDFRef[] {
  const reader = new Reader(doc.context);
  const boxes = pageBoxes(geometry);
  const bleed = toPdfBox(boxes.bleed, mmToPt(boxes.media.height));
  const pages = doc.getPages();
  if (pages.length !== geometry.pages.length) {
    throw damaged(`it has ${pages.length} pages, the product ${geometry.pages.length}`);
  }
  return pages.map(({ node }, i) => {
    const contents = reader.get(node, 'Contents');
    const parts = contents instanceof PDFArray ? contents.asArray() : [contents];
    const content = Buffer.concat(
      parts.flatMap((part) => [reader.bytes(reader.stream(part)), Buffer.from('\n')]),
    );
    const art = withoutEnd(content, Buffer.from(marks(geometry, geometry.pages[i]!, space)));
    const form = packed(doc.context, art, { Type: 'XObject', Subtype: 'Form' });
    form.dict.set(name('BBox'), doc.context.obj(bleed.map((pt) => Math.round(pt * 1e4) / 1e4)));
    const resources = node.Resources();
    if (resources) form.dict.set(name('Resources'), resources);
    return doc.context.register(form);
  });
}

/**
 * Content without what it ends in, where it does. A clip alone would leave a row of dots on screens: marks that touch the
 * bleed share their last pixels with it.
 */
function withoutEnd(content: Buffer, end: Buffer): Buffer {
  const at = end.length === 0 ? -1 : content.lastIndexOf(end);
  const isLast = at >= 0 && content.toString('latin1', at + end.length).trim() === '';
  return isLast ? content.subarray(0, at) : content;
}

/** The transparency group of a press file's pages, which its sheets take over; `null` where they have none. */
export function pageGroup(doc: PDFDocument): PDFDict | null {
  const reader = new Reader(doc.context);
  const group = reader.dict(doc.getPages()[0]!.node.get(name('Group')));
  return group && nameOf(reader.get(group, 'S')) === 'Transparency' ? group : null;
}
