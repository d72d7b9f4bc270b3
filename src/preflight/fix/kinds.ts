import { PDFArray, PDFName, type PDFObject } from 'pdf-lib';
import { nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';

/** How colours in force are dealt with: RGB becomes inks, lines in spots may be dielines and keep their width. */
export type Kind = 'rgb' | 'spot' | 'other';

/** What is done with colours of a space. CalRGB has a light of its own and stays. */
export function kindOf(pdf: Pdf, object: PDFObject | undefined): Kind {
  const value = pdf.deref(object);
  if (value instanceof PDFName) return value.decodeText() === 'DeviceRGB' ? 'rgb' : 'other';
  if (!(value instanceof PDFArray)) return 'other';
  const family = nameOf(pdf.deref(value.get(0)));
  if (family === 'Separation' || family === 'DeviceN') return 'spot';
  if (family === 'DeviceRGB') return 'rgb';
  if (family !== 'ICCBased') return 'other';
  const profile = pdf.dict(value.get(1));
  return profile && numberOf(pdf.get(profile, 'N')) === 3 ? 'rgb' : 'other';
}
