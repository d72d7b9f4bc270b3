import { type Built, type BuiltPage, buildPdf } from './pdf-builder.ts';

/** The head of an ICC profile and nothing else (ICC.1, 7.2): what the rules on output intents read. */
export function profileHead({
  space = 'CMYK',
  kind = 'prtr',
  major = 2,
  signature = 'acsp',
} = {}): Uint8Array {
  const bytes = Buffer.alloc(132);
  bytes.writeUInt32BE(132, 0);
  bytes[8] = major;
  bytes.write(kind, 12, 'latin1');
  bytes.write(space.padEnd(4), 16, 'latin1');
  bytes.write('Lab ', 20, 'latin1');
  bytes.write(signature, 36, 'latin1');
  return bytes;
}

const XMP_PROPERTIES: Readonly<Record<string, string>> = {
  'dc:title': '<rdf:Alt><rdf:li xml:lang="x-default">Cat</rdf:li></rdf:Alt>',
  'xmp:CreateDate': '2026-01-01T00:00:00Z',
  'xmp:ModifyDate': '2026-01-01T00:00:00Z',
  'xmp:MetadataDate': '2026-01-01T00:00:00Z',
  'xmpMM:DocumentID': 'uuid:1',
  'xmpMM:VersionID': '1',
  'xmpMM:RenditionClass': 'default',
  'pdf:Trapped': 'False',
  'pdfxid:GTS_PDFXVersion': 'PDF/X-4',
};

/** An XMP packet with these properties in place of the right ones; `null` leaves one out. */
export function xmp(changes: Readonly<Record<string, string | null>> = {}): string {
  const properties = Object.entries({ ...XMP_PROPERTIES, ...changes })
    .filter(([, value]) => value !== null)
    .map(([tag, value]) => `<${tag}>${value}</${tag}>`);
  return [
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"',
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">',
    ...properties,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
  ].join('\n');
}

export interface PdfX extends Partial<BuiltPage>, Omit<Built, 'pages'> {
  readonly pages?: readonly Partial<BuiltPage>[];
  /** Entries of the document information. */
  readonly info?: string;
  /** The XMP packet; `null` for none. */
  readonly packet?: string | null;
  /** The output intents: an array of dictionaries, whose profile is object 92. */
  readonly intents?: string;
  readonly profile?: Uint8Array;
  /** The profile's entries. */
  readonly components?: number;
  readonly id?: string;
}

const DATES = '/CreationDate (D:20260101000000Z) /ModDate (D:20260101000000Z)';
export const INTENT =
  '<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39) /RegistryName (http://www.color.org) /Info (Coated) /DestOutputProfile 92 0 R >>';
/** 3 mm of bleed around 180 pt, within a sheet of 200 pt. */
export const BOXES = '/TrimBox [10 10 190 190] /BleedBox [1.5 1.5 198.5 198.5]';
const GROUND = '0.2 0 0 0 k 0 0 200 200 re f';

/** A file as each standard wants it, raw, with the changes that a test makes. */
export function pdfX(standard: 'x4' | 'x1a', changes: PdfX = {}): Uint8Array {
  const x4 = standard === 'x4';
  const claim = x4
    ? '/GTS_PDFXVersion (PDF/X-4)'
    : '/GTS_PDFXVersion (PDF/X-1:2001) /GTS_PDFXConformance (PDF/X-1a:2001)';
  const {
    info = `/Title (Cat) ${DATES} /Trapped /False ${claim}`,
    packet = x4 ? xmp() : null,
    intents = `[${INTENT}]`,
    profile = profileHead(),
    components = 4,
    id = '/ID [<0123456789ABCDEF> <0123456789ABCDEF>]',
    pages = [changes],
    catalog = '',
    objects = {},
    trailer = '',
    version = x4 ? '1.6' : '1.3',
  } = changes;
  return buildPdf({
    version,
    pages: pages.map(({ content = GROUND, entries = BOXES, ...page }) => ({ ...page, content, entries })),
    catalog: `/OutputIntents ${intents} ${packet === null ? '' : '/Metadata 91 0 R'} ${catalog}`,
    trailer: `/Info 90 0 R ${id} ${trailer}`,
    objects: {
      90: `<< ${info} >>`,
      ...(packet === null ? {} : { 91: { dict: '/Type /Metadata /Subtype /XML', data: packet } }),
      92: { dict: `/N ${components}`, data: profile },
      ...objects,
    },
  });
}
