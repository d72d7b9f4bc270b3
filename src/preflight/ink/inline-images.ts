import { type PDFDict, type PDFObject, PDFObjectParser, PDFRawStream } from 'pdf-lib';
import type { Operation } from '../../press/content.ts';
import { name } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';

/** What inline images may write for short (ISO 32000-1, tables 93 and 94). */
const KEYS: Readonly<Record<string, string>> = {
  BPC: 'BitsPerComponent',
  CS: 'ColorSpace',
  D: 'Decode',
  DP: 'DecodeParms',
  F: 'Filter',
  H: 'Height',
  IM: 'ImageMask',
  W: 'Width',
};
const SPACES: Readonly<Record<string, string>> = {
  '/G': 'DeviceGray',
  '/RGB': 'DeviceRGB',
  '/CMYK': 'DeviceCMYK',
};
const FILTERS: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
  CCF: 'CCITTFaxDecode',
  DCT: 'DCTDecode',
};

/** An inline image as a stream of its own; `null` where its dictionary cannot be read. */
export function inlineImageStream(pdf: Pdf, { operands, data }: Operation): PDFRawStream | null {
  if (!data) return null;
  let parsed: PDFObject;
  try {
    const source = Buffer.from(`<< ${operands.join(' ')} >>`, 'latin1');
    parsed = PDFObjectParser.forBytes(source, pdf.context).parseObject();
  } catch {
    return null;
  }
  const short = pdf.dict(parsed);
  if (!short) return null;
  const dict = pdf.context.obj({ Type: 'XObject', Subtype: 'Image' }) as PDFDict;
  for (const [key, value] of short.entries()) {
    const text = key.decodeText();
    dict.set(name(KEYS[text] ?? text), value);
  }
  const space = SPACES[String(dict.get(name('ColorSpace')))];
  if (space) dict.set(name('ColorSpace'), name(space));
  const filter = dict.get(name('Filter'));
  if (filter) {
    const full = String(filter).replace(/\/(\w+)/g, (_, text: string) => `/${FILTERS[text] ?? text}`);
    dict.set(
      name('Filter'),
      PDFObjectParser.forBytes(Buffer.from(full, 'latin1'), pdf.context).parseObject(),
    );
  }
  return PDFRawStream.of(dict, data);
}
