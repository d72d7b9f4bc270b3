import { PDFArray, PDFDict } from 'pdf-lib';
import { apply } from '../../../press/matrix.ts';
import { name, nameOf, numberOf } from '../../../press/pdf.ts';
import { type Box, intersect } from '../../../units.ts';
import { textOf } from '../../content/layers.ts';
import type { PdfPage } from '../../document/pdf.ts';
import type { Place, Rule } from '../../model.ts';
import { error, everywhere } from '../levels.ts';
import { aboutEntries, byStandard } from './objects.ts';

const EVERY_PLACE: readonly Place[] = ['art', 'slug', 'step', 'hidden', 'mask'];

export const fonts: Rule = {
  id: 'PX-FONT',
  clause: 'ISO 15930-1:2001, -4:2003, -7:2010; ISO 32000-1, 9.9',
  title: 'All fonts are embedded',
  hint: 'Embed the font, or convert the type to outlines: the printer’s machine puts another in its place.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    sees: EVERY_PLACE,
    text({ page, box, font }) {
      if (font.embedded) return;
      report({
        page: page.number,
        box,
        message:
          font.type === 'none' ? 'Type is set in a font that is missing' : `${font.name} is not embedded`,
        object: font.name,
        key: font.name,
      });
    },
  }),
};

/** Annotations that are part of the printing trade (ISO 32000-1, 14.11.3 and 14.11.6). */
const OF_THE_TRADE = ['TrapNet', 'PrinterMark'];

export const annotations: Rule = {
  id: 'PX-ANNOT',
  clause: 'ISO 15930-1:2001, -4:2003, -7:2010; ISO 32000-1, 12.5',
  title: 'No annotation lies within the bleed',
  hint: 'Remove comments, links and fields, or move them off the printed area.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    document(pdf) {
      for (const page of pdf.pages) {
        for (const item of pdf.array(page.dict.get(name('Annots')))) {
          if (!(item instanceof PDFDict)) continue;
          const subtype = nameOf(pdf.get(item, 'Subtype')) ?? 'unknown';
          if (OF_THE_TRADE.includes(subtype)) continue;
          const box = boxOf(page, pdf.numbers(item.get(name('Rect'))));
          if (box && !intersect(box, page.printed)) continue;
          const message = `There is an annotation (${subtype})`;
          report({ page: page.number, box, message, key: subtype });
        }
      }
    },
  }),
};

/** An annotation's rectangle, mm on the page; `null` where it is none. */
function boxOf({ toMm }: PdfPage, rect: readonly number[]): Box | null {
  if (rect.length !== 4) return null;
  const [ax, ay] = apply(toMm, [rect[0]!, rect[1]!]);
  const [bx, by] = apply(toMm, [rect[2]!, rect[3]!]);
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) };
}

export const layers: Rule = {
  id: 'PX-LAYERS',
  clause: 'ISO 15930-7:2010; ISO 15930-1:2001, -4:2003; ISO 32000-1, 8.11',
  title: 'Layers have a named default that does not switch by itself',
  hint: 'Export without layers, or by a program that writes PDF/X-4 with layers.',
  levels: everywhere('error'),
  check: ({ report, profile: { base } }) => ({
    document(pdf) {
      const properties = pdf.dict(pdf.catalog?.get(name('OCProperties')));
      if (!properties) return;
      if (base === 'x1a') return report({ message: 'There are layers, which PDF/X-1a does not know' });
      const usual = pdf.dict(properties.get(name('D')));
      if (!usual) return report({ message: 'The layers have no default', key: 'D' });
      const others = pdf.array(properties.get(name('Configs'))).map((item) => pdf.dict(item));
      for (const configuration of [usual, ...others]) {
        if (!configuration) continue;
        if (!textOf(pdf.get(configuration, 'Name'))) {
          report({ message: 'A configuration of the layers has no name', key: 'Name' });
        }
        if (configuration.has(name('AS'))) {
          report({ message: 'Layers switch by themselves (AS)', key: 'AS' });
        }
      }
    },
  }),
};

export const packing: Rule = aboutEntries({
  id: 'PX-FILTER',
  clause: 'ISO 15930-1:2001, -4:2003; ISO 32000-1, 7.4',
  title: 'Nothing is packed in a way that PDF/X-1a does not allow',
  hint: 'Export as PDF/X-1a with JPEG or ZIP compression.',
  levels: byStandard({ x1a: error() }),
  wrong(pdf, { dict }) {
    const filter = pdf.get(dict, 'Filter');
    const filters = filter instanceof PDFArray ? pdf.array(filter).map(nameOf) : [nameOf(filter)];
    const deep =
      nameOf(pdf.get(dict, 'Subtype')) === 'Image' && numberOf(pdf.get(dict, 'BitsPerComponent')) === 16;
    return [
      ...filters
        .filter((used) => used && ['LZWDecode', 'LZW', 'JPXDecode', 'JBIG2Decode', 'Crypt'].includes(used))
        .map((used) => `A stream is packed by ${used}`),
      ...(deep ? ['An image has 16 bits a component'] : []),
    ];
  },
});
