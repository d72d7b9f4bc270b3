import { PDFDict, type PDFDocument } from 'pdf-lib';
import { PrintcatError } from '../errors.ts';
import { name, nameOf, numberOf, Reader } from './pdf.ts';

/** What makes an object let others show through, in words; empty where it is opaque. */
function seeThrough(reader: Reader, dict: PDFDict): string[] {
  const found: string[] = [];
  const get = (key: string) => reader.get(dict, key);
  const alpha = Math.min(numberOf(get('ca')) ?? 1, numberOf(get('CA')) ?? 1);
  if (alpha < 1) found.push(`something at ${Math.round(alpha * 100)} % opacity`);
  const blend = nameOf(get('BM'));
  if (blend && blend !== 'Normal' && blend !== 'Compatible') found.push(`the blend mode ${blend}`);
  const mask = get('SMask');
  const isState = dict.has(name('ca')) || dict.has(name('BM')) || nameOf(get('Type')) === 'ExtGState';
  if (mask instanceof PDFDict && isState) found.push('a soft mask');
  else if (mask && nameOf(get('Subtype')) === 'Image') found.push('a picture with transparent parts');
  return found;
}

/** Keys that only a transparent page needs; on an opaque one they say nothing. */
const STATE_KEYS = ['ca', 'CA', 'BM', 'SMask', 'AIS'];

/**
 * Makes sure that nothing in a document lets anything show through, and removes the groups and settings that
 * are then without meaning. PDF 1.3 knows none of them.
 * @param standard the standard's name, for the error
 * @throws PrintcatError with everything that shows through
 */
export function requireOpaque(doc: PDFDocument, standard: string): void {
  const reader = new Reader(doc.context);
  const dicts = [...dictionaries(reader)];
  const found = [...new Set(dicts.flatMap((dict) => seeThrough(reader, dict)))];
  if (found.length > 0) {
    throw new PrintcatError(`${standard} allows no transparency, but the page has ${found.join(', ')}`, {
      hint: 'Use --standard x4, or a template and a picture without transparency.',
    });
  }
  for (const dict of dicts) {
    const group = reader.dict(dict.get(name('Group')));
    if (group && nameOf(reader.get(group, 'S')) === 'Transparency') dict.delete(name('Group'));
    const isState = nameOf(reader.get(dict, 'Type')) === 'ExtGState' || dict.has(name('ca'));
    if (isState) for (const key of STATE_KEYS) dict.delete(name(key));
  }
}

/** Every dictionary of the document, also those inside others. */
function* dictionaries(reader: Reader): Generator<PDFDict> {
  const inside = function* (dict: PDFDict): Generator<PDFDict> {
    yield dict;
    for (const [, value] of dict.entries()) if (value instanceof PDFDict) yield* inside(value);
  };
  for (const [, object] of reader.context.enumerateIndirectObjects()) {
    const dict = reader.dict(object);
    if (dict) yield* inside(dict);
  }
}
