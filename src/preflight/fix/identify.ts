import { PDFHexString, PDFName, type PDFObject, PDFString } from 'pdf-lib';
import { name, nameOf } from '../../press/pdf.ts';
import { contentId } from '../../press/pdfx.ts';
import { STANDARDS } from '../../press/standards.ts';
import { xmpPacket } from '../../press/xmp.ts';
import type { Pdf } from '../document/pdf.ts';
import { outputProfile } from '../ink/page-plates.ts';
import type { Changes } from './changes.ts';

const text = (object: PDFObject | undefined): string | null =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : null;

/** Says whether the file is trapped, where it does not, and gives it an identifier where it has none. */
export function fixTrailer(pdf: Pdf, changes: Changes): void {
  const { context } = pdf;
  let info = pdf.dict(context.trailerInfo.Info);
  if (!info) {
    info = context.obj({});
    context.trailerInfo.Info = context.register(info);
  }
  if (!['True', 'False'].includes(nameOf(pdf.get(info, 'Trapped')) ?? '')) {
    info.set(name('Trapped'), PDFName.of('False'));
    changes.add('Trapped set to False');
  }
  if (pdf.array(context.trailerInfo.ID).length !== 2) {
    const id = PDFHexString.of(contentId(pdf).toUpperCase());
    context.trailerInfo.ID = context.obj([id, id]);
    changes.add('File identifier added');
  }
}

/**
 * Calls the file PDF/X-4 in its XMP and its document information; what the XMP holds besides is kept.
 * @returns why it cannot, or `null` where it was done
 */
export function identify(pdf: Pdf): string | null {
  const { context, catalog } = pdf;
  const info = pdf.dict(context.trailerInfo.Info);
  if (!catalog || !info) return 'the document catalogue is missing';
  if (!outputProfile(pdf)) return 'it has no output intent for a CMYK press';
  const { version } = STANDARDS.x4;
  const stream = pdf.streamOf(catalog.get(name('Metadata')));
  let packet: string;
  if (stream) {
    packet = Buffer.from(pdf.bytes(stream)).toString('utf8');
    if (!packet.includes('</rdf:RDF>')) return 'its XMP cannot be read';
    packet = packet.replace(
      '</rdf:RDF>',
      `<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><pdfxid:GTS_PDFXVersion>${version}</pdfxid:GTS_PDFXVersion></rdf:Description></rdf:RDF>`,
    );
  } else {
    const created = pdf.get(info, 'CreationDate') ?? pdf.get(info, 'ModDate');
    const date = created instanceof PDFString || created instanceof PDFHexString ? dateOf(created) : null;
    if (!date) return 'it does not say when it was made';
    const facts = {
      title: text(pdf.get(info, 'Title')) ?? '',
      author: text(pdf.get(info, 'Author')) ?? '',
      producer: text(pdf.get(info, 'Producer')) ?? '',
      date,
      digitalSourceType: null,
    };
    packet = xmpPacket(facts, contentId(pdf), version);
  }
  const metadata = context.stream(Buffer.from(packet, 'utf8'), { Type: 'Metadata', Subtype: 'XML' });
  catalog.set(name('Metadata'), context.register(metadata));
  info.set(name('GTS_PDFXVersion'), PDFString.of(version));
  return null;
}

function dateOf(object: PDFString | PDFHexString): Date | null {
  try {
    return object.decodeDate();
  } catch {
    return null;
  }
}
