import { createHash } from 'node:crypto';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHeader,
  PDFHexString,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import type { Condition } from '../colour/conditions.ts';
import { dropIdleTransparency } from './opaque.ts';
import { name } from './pdf.ts';
import { requireStandard } from './requirements.ts';
import { type Edition, STANDARDS, type Standard } from './standards.ts';
import { type DocumentFacts, isoDate, xmpPacket } from './xmp.ts';

/** A text string; what is not plain is written in hexadecimal, where parentheses and backslashes mean nothing. */
const textString = (text: string): PDFObject =>
  /^[\w .,:/+-]*$/.test(text) ? PDFString.of(text) : PDFHexString.fromText(text);

const pdfDate = (date: Date): string => `D:${isoDate(date).replace(/\D/g, '')}Z`;

/** The condition that a file is made for, with its profile, deflated. */
export interface PrintedFor extends Condition {
  readonly space: Edition['space'];
  readonly profile: Uint8Array;
}

/**
 * Makes a converted document a file of its standard: output intent with the profile, document information, XMP,
 * file identifiers; removes what Chromium adds and print has no use for.
 * @throws PrintcatError with everything in which the document is not of its standard
 */
export function finishPdfX(
  doc: PDFDocument,
  { profile, space, identifier, info, registry }: PrintedFor,
  facts: DocumentFacts,
  standard: Standard,
): void {
  const edition: Edition = STANDARDS[standard];
  const { context, catalog } = doc;
  for (const [key] of catalog.entries()) {
    if (!['Type', 'Pages', 'OCProperties'].includes(key.decodeText())) catalog.delete(key);
  }
  const output = PDFRawStream.of(
    context.obj({ N: space === 'cmyk' ? 4 : 3, Filter: 'FlateDecode' }),
    profile,
  );
  const intent = context.obj({
    Type: 'OutputIntent',
    // The one of the registered kinds that a display's profile may stand in; it makes no claim to PDF/A by itself.
    S: edition.version === null ? 'GTS_PDFA1' : 'GTS_PDFX',
    OutputConditionIdentifier: textString(identifier),
    Info: PDFHexString.fromText(info),
    DestOutputProfile: context.register(output),
  });
  if (registry) intent.set(name('RegistryName'), PDFString.of(registry));
  catalog.set(name('OutputIntents'), context.obj([intent]));

  const date = PDFString.of(pdfDate(facts.date));
  const information = context.obj({
    Title: PDFHexString.fromText(facts.title),
    Creator: PDFString.of(facts.producer),
    Producer: PDFString.of(facts.producer),
    CreationDate: date,
    ModDate: date,
    Trapped: 'False',
  });
  if (edition.version) information.set(name('GTS_PDFXVersion'), PDFString.of(edition.version));
  if (edition.conformance) {
    information.set(name('GTS_PDFXConformance'), PDFString.of(edition.conformance));
  }
  if (facts.author) information.set(name('Author'), PDFHexString.fromText(facts.author));
  context.trailerInfo.Info = context.register(information);
  delete context.trailerInfo.Encrypt;
  removeUnreachable(doc);
  if (!edition.live) dropIdleTransparency(doc);

  const id = contentId(doc);
  if (edition.xmp) {
    const packet = Buffer.from(xmpPacket(facts, id, edition.version), 'utf8');
    const metadata = context.stream(packet, { Type: 'Metadata', Subtype: 'XML' });
    catalog.set(name('Metadata'), context.register(metadata));
  }
  const identifierString = PDFHexString.of(id.toUpperCase());
  context.trailerInfo.ID = context.obj([identifierString, identifierString]);
  context.header = PDFHeader.forVersion(...edition.pdf);
  requireStandard(doc, edition);
}

/** Drops every object that the page does not lead to: stand-ins and RGB originals must not stay in the file. */
export function removeUnreachable({ context }: Pick<PDFDocument, 'context'>): void {
  const live = new Set<string>();
  const queue: (PDFObject | undefined)[] = [context.trailerInfo.Root, context.trailerInfo.Info];
  for (let object = queue.pop(); object !== undefined || queue.length > 0; object = queue.pop()) {
    if (object instanceof PDFRef) {
      const key = object.toString();
      if (live.has(key)) continue;
      live.add(key);
      queue.push(context.lookup(object));
    } else if (object instanceof PDFDict) {
      queue.push(...object.entries().map(([, value]) => value));
    } else if (object instanceof PDFArray) {
      queue.push(...object.asArray());
    } else if (object instanceof PDFStream) {
      queue.push(object.dict);
    }
  }
  for (const [ref] of context.enumerateIndirectObjects()) if (!live.has(ref.toString())) context.delete(ref);
}

/** 128 bits of a hash over every object, hexadecimal: the same content, the same identifier. */
export function contentId({ context }: Pick<PDFDocument, 'context'>): string {
  const hash = createHash('sha256');
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    hash.update(ref.toString());
    if (object instanceof PDFRawStream) hash.update(object.dict.toString()).update(object.contents);
    else hash.update(object.toString());
  }
  return hash.digest('hex').slice(0, 32);
}
