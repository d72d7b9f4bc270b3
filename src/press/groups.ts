import { type PDFObject, PDFRawStream } from 'pdf-lib';
import { operations } from './content.ts';
import type { Place, Plates } from './laying.ts';
import { name, nameOf, type Reader } from './pdf.ts';
import { veil } from './transparency.ts';

/**
 * How opaque a see-through group is laid down: as much more as the heaviest of its colours needs to be right
 * over paper. One with pictures or exact colours in it stays as it is: their inks are what they are.
 */
export function groupOpacity(
  reader: Reader,
  { colours, exact }: Plates,
  form: PDFRawStream,
  alpha: number,
  { mode, group }: Place,
): number {
  if (mode !== 'inks' || alpha >= 1 || alpha * group.shown <= 0) return alpha;
  const convert = (r: number, g: number, b: number) => colours.rgb(r, g, b);
  let laid = alpha;
  for (const { operator, operands } of operations(reader.bytes(form))) {
    if (operator === 'Do' || (['scn', 'SCN'].includes(operator) && exact.size > 0)) return alpha;
    if (operator !== 'rg' && operator !== 'RG') continue;
    const rgb = operands.map(Number);
    if (exact.at(rgb)) return alpha;
    laid = Math.max(laid, veil(rgb, alpha, group, convert).alpha);
  }
  return laid;
}

/** Whether anything in a form is blended with what lies below it. */
export function blends(reader: Reader, form: PDFRawStream): boolean {
  const resources = reader.dict(form.dict.get(name('Resources')));
  const entries = (kind: string) => reader.dict(resources?.get(name(kind)))?.values() ?? [];
  const isBlended = (value: PDFObject) => {
    const mode = nameOf(reader.get(reader.dict(value)!, 'BM'));
    return mode !== null && mode !== 'Normal';
  };
  if (entries('ExtGState').some(isBlended)) return true;
  return [...entries('XObject'), ...entries('Pattern')]
    .map((value) => reader.deref(value))
    .some((value) => value instanceof PDFRawStream && blends(reader, value));
}
