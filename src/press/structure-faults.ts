import { type PDFArray, type PDFDict, PDFHexString, PDFString } from 'pdf-lib';
import type { Inspection } from './inspection.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import type { Edition } from './standards.ts';

/** A text string of a dictionary; `null` where it is none. */
export const textOf = (reader: Reader, dict: PDFDict | null, key: string): string | null => {
  const value = dict ? reader.get(dict, key) : undefined;
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null;
};

function outputIntents({ doc, reader }: Inspection): PDFDict[] {
  const list = reader.deref(doc.catalog.get(name('OutputIntents')));
  const items = list && 'asArray' in list ? (list as PDFArray).asArray() : [];
  return items.map((item) => reader.dict(item)).filter((dict) => dict !== null);
}

/** What is wrong with the output intent itself. */
export function outputIntentFaults(file: Inspection, { version }: Edition): string[] {
  const { reader } = file;
  const intents = outputIntents(file);
  const [intent] = intents;
  if (!intent || intents.length > 1) return [`${intents.length} output intents instead of one`];
  const wanted = version === null ? 'GTS_PDFA1' : 'GTS_PDFX';
  const kind = nameOf(reader.get(intent, 'S'));
  const explained = ['RegistryName', 'Info'].some((key) => textOf(reader, intent, key));
  return [
    ...(kind === wanted ? [] : [`an output intent ${kind} instead of ${wanted}`]),
    ...(textOf(reader, intent, 'OutputConditionIdentifier') ? [] : ['an output intent without a condition']),
    ...(explained ? [] : ['a condition that is neither registered nor explained']),
  ];
}

/** What is wrong with the profile of the output intent. */
export function profileFaults(file: Inspection, { space, icc, version }: Edition): string[] {
  const { reader } = file;
  const [intent] = outputIntents(file);
  if (!intent) return [];
  const reference = intent.get(name('DestOutputProfile'));
  if (!reference) return ['an output intent without a profile'];
  const stream = reader.stream(reference);
  const bytes = Buffer.from(reader.bytes(stream));
  const [wantedSpace, components] = space === 'cmyk' ? (['CMYK', 4] as const) : (['RGB ', 3] as const);
  const [major, kind, colours] = [
    bytes[8] ?? 0,
    bytes.toString('latin1', 12, 16),
    bytes.toString('latin1', 16, 20),
  ];
  return [
    ...(colours === wantedSpace && numberOf(reader.get(stream.dict, 'N')) === components
      ? []
      : [`a profile for ${colours.trim()} instead of ${wantedSpace.trim()}`]),
    ...(version === null || kind === 'prtr' ? [] : [`a profile of class ${kind} instead of prtr`]),
    ...(major <= icc ? [] : [`a profile of ICC version ${major}, newer than ${icc}`]),
  ];
}

/** What is wrong with a page's boxes. */
export function boxFaults(reader: Reader, page: PDFDict): string[] {
  const box = (key: string) => reader.numbers(page.get(name(key)));
  const [media, bleed, trim] = [box('MediaBox'), box('BleedBox'), box('TrimBox')];
  if (media.length !== 4 || trim.length !== 4) return ['lacks its media or trim box'];
  const outer = bleed.length === 4 ? bleed : media;
  const slack = 1e-3;
  const within = ([a = 0, b = 0, c = 0, d = 0]: number[], [x = 0, y = 0, u = 0, v = 0]: number[]) =>
    a >= x - slack && b >= y - slack && c <= u + slack && d <= v + slack;
  return [
    ...(within(trim, outer) ? [] : ['has a trim box that leaves the bleed box']),
    ...(within(outer, media) ? [] : ['has a bleed box that leaves the media box']),
    ...(page.has(name('ArtBox')) ? ['has an art box beside the trim box'] : []),
    ...(page.has(name('CropBox')) && !within(trim, box('CropBox'))
      ? ['has a crop box that cuts the trim box']
      : []),
  ];
}
