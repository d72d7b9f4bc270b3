import { escapeMarkup } from '../markup.ts';

/** What a PDF says of itself, in its information dictionary and in XMP alike. */
export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  /** Creation and modification date; taken from the order, not from the clock: same input, same bytes. */
  readonly date: Date;
  readonly producer: string;
  /** IPTC DigitalSourceType of the pictures, where it is known: an origin is never stripped silently. */
  readonly digitalSourceType: string | null;
}

/** A 128-bit identifier, hexadecimal, in the form of a UUID. */
export const asUuid = (hex: string): string =>
  `uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')}`;

export const isoDate = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/**
 * The XMP packet that PDF/X-4 asks for (ISO 15930-7:2010, 6.15).
 * @param id 32 hexadecimal digits, the same as in the trailer
 * @param version GTS_PDFXVersion; `null` for a file that is no PDF/X
 */
export function xmpPacket(facts: DocumentFacts, id: string, version: string | null): string {
  const date = isoDate(facts.date);
  const creator = facts.author
    ? `<dc:creator><rdf:Seq><rdf:li>${escapeMarkup(facts.author)}</rdf:li></rdf:Seq></dc:creator>`
    : '';
  const source = facts.digitalSourceType
    ? `<Iptc4xmpExt:DigitalSourceType>${escapeMarkup(facts.digitalSourceType)}</Iptc4xmpExt:DigitalSourceType>`
    : '';
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"',
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
    '<dc:format>application/pdf</dc:format>',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeMarkup(facts.title)}</rdf:li></rdf:Alt></dc:title>`,
    creator,
    `<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>`,
    `<xmp:MetadataDate>${date}</xmp:MetadataDate><xmp:CreatorTool>${escapeMarkup(facts.producer)}</xmp:CreatorTool>`,
    `<xmpMM:DocumentID>${asUuid(id)}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>`,
    '<xmpMM:RenditionClass>default</xmpMM:RenditionClass>',
    `<pdf:Producer>${escapeMarkup(facts.producer)}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>`,
    version === null ? '' : `<pdfxid:GTS_PDFXVersion>${version}</pdfxid:GTS_PDFXVersion>`,
    source,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n');
}
