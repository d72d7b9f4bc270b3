import { PDFArray, PDFDict, type PDFObject } from 'pdf-lib';
import type { Inspection } from './inspection.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import type { Edition } from './standards.ts';

/** Device spaces of each kind of file; a page's resources may give names to others, which are looked at there. */
const ALLOWED = {
  cmyk: ['DeviceCMYK', 'DeviceGray'],
  rgb: ['DeviceRGB', 'DeviceGray'],
} as const satisfies Record<Edition['space'], readonly string[]>;

const DEVICE_LIKE = ['DeviceCMYK', 'DeviceRGB', 'DeviceGray'];

/** Every colour space of a file that is not of its kind, by its family's name. */
export function spaceFaults({ reader, dicts, content }: Inspection, kind: Edition['space']): string[] {
  const found = new Set<string>();
  const check = (space: PDFObject | undefined): void => {
    for (const family of families(reader, space)) if (!isAllowed(family, kind)) found.add(family);
  };
  for (const dict of dicts) {
    const entry = reader.deref(dict.get(name('ColorSpace')));
    // In resources it is a list of spaces by name, in images and gradients a space.
    if (entry instanceof PDFDict) for (const [, space] of entry.entries()) check(space);
    else check(entry);
    if (nameOf(reader.get(dict, 'S')) === 'Transparency') check(dict.get(name('CS')));
  }
  for (const used of content().spaces) {
    if (DEVICE_LIKE.includes(used) && !isAllowed(used, kind)) found.add(used);
  }
  return [...found].map((family) => `colours in ${family}`);
}

function isAllowed(family: string, kind: Edition['space']): boolean {
  if (family === 'Pattern' || family === 'Indexed') return true;
  if (kind === 'cmyk' && (family === 'Separation' || family === 'DeviceN')) return true;
  return (ALLOWED[kind] as readonly string[]).includes(family);
}

/** The families of a space and of those that it is based on (ISO 32000-1, 8.6). */
function families(reader: Reader, object: PDFObject | undefined): string[] {
  const space = reader.deref(object);
  const device = nameOf(space);
  if (device) return [device];
  if (!(space instanceof PDFArray)) return [];
  const family = nameOf(reader.deref(space.get(0))) ?? 'an unknown space';
  const at =
    family === 'Indexed' || family === 'Pattern'
      ? 1
      : family === 'Separation' || family === 'DeviceN'
        ? 2
        : 0;
  const base = at > 0 && at < space.size() ? families(reader, space.get(at)) : [];
  if (family !== 'ICCBased') return [family, ...base];
  const components = numberOf(reader.get(reader.dict(space.get(1))!, 'N'));
  return [`ICCBased (${components} components)`];
}
