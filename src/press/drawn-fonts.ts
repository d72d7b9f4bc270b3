import type { PDFDict, PDFObject } from 'pdf-lib';
import { name, type Reader } from './pdf.ts';
import { Resources } from './resources.ts';

/**
 * A font whose glyphs are drawn by operators (Type 3), with every glyph converted.
 * @param convert converts a glyph's operators with the font's resources
 */
export function drawnFont(
  reader: Reader,
  font: PDFDict,
  convert: (glyph: Uint8Array, resources: PDFObject | undefined) => { content: Buffer; resources: PDFDict },
): PDFDict {
  const dict = reader.copy(font);
  const glyphs = reader.context.obj({}) as PDFDict;
  const resources = new Resources(reader, null);
  for (const [glyph, drawing] of reader.dict(font.get(name('CharProcs')))?.entries() ?? []) {
    const made = convert(reader.bytes(reader.stream(drawing)), font.get(name('Resources')));
    resources.merge(made.resources);
    glyphs.set(glyph, reader.context.register(reader.context.flateStream(made.content)));
  }
  dict.set(name('CharProcs'), glyphs);
  if (font.has(name('Resources'))) dict.set(name('Resources'), resources.target);
  return dict;
}
