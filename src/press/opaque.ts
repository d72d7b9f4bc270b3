import { PDFDict, type PDFDocument } from 'pdf-lib';
import { inspect } from './inspection.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';

/** What makes an object let others show through, in words; empty where it is opaque. */
export function seeThrough(reader: Reader, dict: PDFDict): string[] {
  const found: string[] = [];
  const get = (key: string) => reader.get(dict, key);
  const alpha = Math.min(numberOf(get('ca')) ?? 1, numberOf(get('CA')) ?? 1);
  if (alpha < 1) found.push(`something at ${Math.round(alpha * 100)} % opacity`);
  const blend = nameOf(get('BM'));
  if (blend && blend !== 'Normal' && blend !== 'Compatible') found.push(`the blend mode ${blend}`);
  const mask = get('SMask');
  const isImage = nameOf(get('Subtype')) === 'Image';
  if (mask && isImage) found.push('a picture with transparent parts');
  else if (mask instanceof PDFDict) found.push('a soft mask');
  const group = reader.dict(dict.get(name('Group')));
  if (group && nameOf(reader.get(group, 'S')) === 'Transparency') found.push('a transparency group');
  return found;
}

/** Whether an entry of a graphics state says nothing on an opaque page. */
function isIdle(reader: Reader, dict: PDFDict, key: string): boolean {
  const value = reader.get(dict, key);
  if (key === 'ca' || key === 'CA') return numberOf(value) === 1;
  if (key === 'BM') return ['Normal', 'Compatible'].includes(nameOf(value) ?? '');
  return key === 'AIS' || nameOf(value) === 'None';
}

/**
 * Removes the groups and settings that only a transparent page needs, where nothing shows through anything; PDF 1.3
 * knows none of them. What does let something show through is left for the standard's requirements to find.
 */
export function dropIdleTransparency(doc: PDFDocument): void {
  const { reader, dicts } = inspect(doc);
  const isGroup = (reason: string) => reason === 'a transparency group';
  if (dicts.some((dict) => seeThrough(reader, dict).some((reason) => !isGroup(reason)))) return;
  for (const dict of dicts) {
    if (seeThrough(reader, dict).some(isGroup)) dict.delete(name('Group'));
    const isState =
      nameOf(reader.get(dict, 'Type')) === 'ExtGState' || dict.has(name('ca')) || dict.has(name('BM'));
    if (!isState) continue;
    for (const key of ['ca', 'CA', 'BM', 'SMask', 'AIS']) {
      if (dict.has(name(key)) && isIdle(reader, dict, key)) dict.delete(name(key));
    }
  }
}
