import { PDFArray, type PDFDict, type PDFDocument } from 'pdf-lib';
import { name, nameOf, Reader } from './pdf.ts';

/** A font of the press file. */
export interface FontUse {
  /** PostScript name without the subset's tag. */
  readonly name: string;
  /** `Type0`, `Type3`, … */
  readonly type: string;
  readonly embedded: boolean;
}

/** The fonts of a document, by name. */
export function fontsOf(doc: PDFDocument): FontUse[] {
  const reader = new Reader(doc.context);
  const found = new Map<string, FontUse>();
  for (const [, object] of doc.context.enumerateIndirectObjects()) {
    const dict = reader.dict(object);
    if (!dict || nameOf(reader.get(dict, 'Type')) !== 'Font') continue;
    const type = nameOf(reader.get(dict, 'Subtype')) ?? 'unknown';
    if (type.startsWith('CIDFont')) continue;
    const base = nameOf(reader.get(dict, 'BaseFont')) ?? '(drawn glyphs)';
    const plain = base.replace(/^[A-Z]{6}\+/, '');
    found.set(`${plain} ${type}`, {
      name: plain,
      type,
      embedded: type === 'Type3' || isEmbedded(reader, dict),
    });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isEmbedded(reader: Reader, font: PDFDict): boolean {
  const descendants = reader.get(font, 'DescendantFonts');
  const holder = descendants instanceof PDFArray ? reader.dict(descendants.get(0)) : font;
  const descriptor = holder && reader.dict(holder.get(name('FontDescriptor')));
  return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(name(key)) ?? false);
}
