import type { PDFDict, PDFObject } from 'pdf-lib';
import type { PressColours } from '../colour/press-colours.ts';
import { convertRgb, type Mode } from './inks.ts';
import { name, nameOf, type Reader } from './pdf.ts';

/**
 * A soft mask in light instead of colour. A mask that Chromium reads through a transfer function, always the
 * negative, is drawn in the negative instead: PDF/X has no transfer functions, and MuPDF ignores them.
 * @param convertForm converts what the mask draws
 */
export function softMask(
  reader: Reader,
  colours: PressColours,
  mask: PDFDict,
  convertForm: (form: PDFObject, mode: Mode) => PDFObject,
): PDFDict {
  const { context } = reader;
  const luminosity = nameOf(reader.get(mask, 'S')) === 'Luminosity';
  const negative = mask.has(name('TR')) && nameOf(reader.get(mask, 'TR')) !== 'Identity';
  const converted = reader.copy(mask);
  converted.delete(name('TR'));
  const mode: Mode = luminosity ? (negative ? 'dark' : 'light') : 'shape';
  converted.set(name('G'), convertForm(mask.get(name('G'))!, mode));
  if (luminosity) {
    const backdrop = reader.numbers(mask.get(name('BC')));
    if (backdrop.length === 3 || negative) {
      const rgb = backdrop.length === 3 ? backdrop : [0, 0, 0];
      converted.set(name('BC'), context.obj(convertRgb(colours, rgb, mode)));
    }
  } else if (negative) {
    // Black shapes on white: light is left where nothing covers.
    converted.set(name('S'), name('Luminosity'));
    converted.set(name('BC'), context.obj([1]));
  }
  return converted;
}
