import { PDFArray, type PDFDict, type PDFObject, type PDFRawStream } from 'pdf-lib';
import { type Operation, operations } from '../../press/content.ts';
import { name, nameOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import { kindOf } from './kinds.ts';

/** Streams within streams that are looked into, and how many of one. */
const MAX_DEPTH = 8;
const MAX_STREAMS = 1000;

/** Whether an inline image is in RGB, by its device's name or one of the resources'. */
export function isRgbInline(pdf: Pdf, { operands }: Operation, resources: PDFDict | null): boolean {
  const at = operands.findIndex((operand) => operand === '/CS' || operand === '/ColorSpace');
  const rest = at < 0 ? '' : operands.slice(at + 1).join(' ');
  if (/^(\[\s*)?(\/(I|Indexed)\s+)?\/(RGB|DeviceRGB)\b/.test(rest)) return true;
  const key = /^\/(\w+)/.exec(rest)?.[1];
  return key !== undefined && isRgb(pdf, pdf.dict(resources?.get(name('ColorSpace')))?.get(name(key)));
}

/** Whether anything in a stream that `--fix` does not write anew, a glyph's or a soft mask's, is in RGB. */
export function hasRgb(
  pdf: Pdf,
  stream: PDFRawStream,
  inherited: PDFDict | null,
  seen = new Set<PDFRawStream>(),
  depth = 0,
): boolean {
  if (seen.has(stream) || depth > MAX_DEPTH || seen.size > MAX_STREAMS) return false;
  seen.add(stream);
  const resources = pdf.dict(stream.dict.get(name('Resources'))) ?? inherited;
  const entry = (kind: string, key = '') =>
    pdf.dict(resources?.get(name(kind)))?.get(name(key.replace(/^\//, '')));
  for (const operation of operations(pdf.bytes(stream))) {
    const { operator, operands } = operation;
    const [key] = operands;
    if (operator === 'rg' || operator === 'RG') return true;
    if (operator === 'BI' && isRgbInline(pdf, operation, resources)) return true;
    if (operator === 'cs' || operator === 'CS') {
      if (isRgb(pdf, entry('ColorSpace', key) ?? name(key?.slice(1) ?? ''))) return true;
    }
    if (operator === 'sh' && isRgb(pdf, pdf.dict(entry('Shading', key))?.get(name('ColorSpace'))))
      return true;
    if (operator !== 'Do') continue;
    const inner = pdf.streamOf(entry('XObject', key));
    if (!inner) continue;
    if (nameOf(pdf.get(inner.dict, 'Subtype')) === 'Image') {
      if (isRgb(pdf, inner.dict.get(name('ColorSpace')))) return true;
    } else if (hasRgb(pdf, inner, resources, seen, depth + 1)) return true;
  }
  return false;
}

/** RGB, or a palette of it. */
function isRgb(pdf: Pdf, object: PDFObject | undefined): boolean {
  const space = pdf.deref(object);
  const isPalette = space instanceof PDFArray && nameOf(pdf.deref(space.get(0))) === 'Indexed';
  return kindOf(pdf, isPalette ? space.get(1) : space) === 'rgb';
}
