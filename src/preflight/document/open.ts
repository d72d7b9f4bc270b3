import type { PDFRef } from 'pdf-lib';
import { PrintcatError } from '../../errors.ts';
import { nameOf } from '../../press/pdf.ts';
import { withoutJunk } from './junk.ts';
import { salvageObjectStreams } from './object-streams.ts';
import { readPages } from './pages.ts';
import { Pdf } from './pdf.ts';

/** The file is a PDF, but it cannot be opened: what is wrong goes into a finding. */
export class UnreadablePdf extends Error {}

/**
 * Opens any PDF, damaged and encrypted ones too, and reads its pages' facts.
 * @param password the user's or the owner's; the empty one opens what only restricts
 * @throws PrintcatError for what is no PDF; UnreadablePdf for one that needs a password or cannot be parsed
 */
export async function openPdf(file: Uint8Array, password = ''): Promise<Pdf> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const start = bytes.subarray(0, 1024).indexOf('%PDF-');
  if (start < 0) {
    throw new PrintcatError('Expected a PDF but received a file that does not begin as one', {
      hint: 'A PDF begins with %PDF-; export the artwork as PDF and try again.',
    });
  }
  const { PDFDocument, PDFInvalidObject, ParseSpeeds } = await import('pdf-lib');
  const document = await PDFDocument.load(withoutJunk(bytes), {
    ignoreEncryption: true,
    updateMetadata: false,
    parseSpeed: ParseSpeeds.Fastest,
    password,
  }).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (/password/i.test(message)) throw new UnreadablePdf('The file is encrypted and needs a password');
    // pdf-lib's own words are for those who parse; where it stopped is for everybody.
    const offset = /offset=(\d+)/.exec(message)?.[1];
    throw new UnreadablePdf(`The file cannot be read${offset ? `: it is damaged at byte ${offset}` : ''}`);
  });
  const { context } = document;
  const encrypted = context.isDecrypted || context.trailerInfo.Encrypt !== undefined;
  // What is encrypted has been decrypted while it was read, and cannot be read once more.
  const salvaged = encrypted ? new Map<PDFRef, readonly PDFRef[]>() : salvageObjectStreams(context);
  const header = /^%PDF-(\d+\.\d+)/.exec(bytes.toString('latin1', start, start + 16))?.[1] ?? null;
  const pdf = new Pdf(context, { file, version: header, encrypted });
  if (encrypted && !context.isDecrypted) {
    throw new UnreadablePdf('The file is encrypted in a way that cannot be opened');
  }
  if (start > 0) pdf.damaged(`There are ${start} bytes in front of the PDF's header`);
  checkEnd(pdf, bytes);
  const invalid = context
    .enumerateIndirectObjects()
    .filter(([, object]) => object instanceof PDFInvalidObject)
    .flatMap(([ref]) => salvaged.get(ref) ?? [ref]);
  if (invalid.length > 0) {
    pdf.damaged(`${invalid.length} object${invalid.length > 1 ? 's' : ''} cannot be read (${invalid[0]})`);
  }
  if (!pdf.catalog || nameOf(pdf.get(pdf.catalog, 'Type')) !== 'Catalog') {
    pdf.damaged('The document catalogue is missing');
  }
  pdf.pages.push(...readPages(pdf));
  return pdf;
}

/** The version that counts: the catalogue's where it is later than the header's (ISO 32000-1, 7.5.2). */
export function effectiveVersion(pdf: Pdf): string | null {
  const own = pdf.catalog && nameOf(pdf.get(pdf.catalog, 'Version'));
  return own && /^\d\.\d$/.test(own) && (pdf.version === null || own > pdf.version) ? own : pdf.version;
}

/** `startxref` must lead to a cross-reference table or stream; pdf-lib does not care, other readers do. */
function checkEnd(pdf: Pdf, bytes: Buffer): void {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 2048));
  const offset = /startxref\s+(\d+)\s*(?![\s\S]*startxref)/.exec(tail)?.[1];
  if (offset === undefined) {
    pdf.damaged('The file ends early: it has no startxref at its end');
    return;
  }
  const at = bytes.toString('latin1', Number(offset), Number(offset) + 24);
  if (!/^\s*(xref|\d+\s+\d+\s+obj)/.test(at)) {
    pdf.damaged('The cross-reference table is not where startxref says');
  }
}
