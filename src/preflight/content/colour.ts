import { PDFArray, type PDFDict, PDFHexString, PDFName, type PDFObject, PDFString } from 'pdf-lib';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { ColourFamily, ColourSpace, Ink, Paint } from '../model.ts';
import type { Operand } from './lexer.ts';

const MAX_DEPTH = 8;

const device = (family: ColourFamily, components: number): ColourSpace => ({
  family,
  components,
  names: [],
  base: null,
});

export const GRAY = device('DeviceGray', 1);
export const RGB = device('DeviceRGB', 3);
export const CMYK = device('DeviceCMYK', 4);
const PATTERN = device('Pattern', 0);

const DEVICES: Readonly<Record<string, ColourSpace>> = {
  DeviceGray: GRAY,
  DeviceRGB: RGB,
  DeviceCMYK: CMYK,
  Pattern: PATTERN,
};
/** What inline images may call them (ISO 32000-1, table 93); elsewhere these are names like any other. */
const SHORT: Readonly<Record<string, string>> = { G: 'DeviceGray', RGB: 'DeviceRGB', CMYK: 'DeviceCMYK' };

const DEFAULTS: Readonly<Record<string, string>> = {
  DeviceGray: 'DefaultGray',
  DeviceRGB: 'DefaultRGB',
  DeviceCMYK: 'DefaultCMYK',
};

export const PROCESS_INKS = ['Cyan', 'Magenta', 'Yellow', 'Black'] as const;

/** Reads colour spaces, each object once. */
export class ColourSpaces {
  readonly #pdf: Pdf;
  readonly #known = new Map<PDFObject, ColourSpace | null>();

  constructor(pdf: Pdf) {
    this.#pdf = pdf;
  }

  /** The space that content names: a device's, or one of the resources. */
  named(text: string, resources: PDFDict | null, depth = 0): ColourSpace | null {
    const known = DEVICES[text];
    if (known) return depth === 0 ? this.#standIn(known, resources) : known;
    const spaces = resources && this.#pdf.dict(resources.get(name('ColorSpace')));
    const found = spaces && this.#pdf.get(spaces, text);
    return found && depth < MAX_DEPTH ? this.read(found, resources, depth + 1) : null;
  }

  /** The space of an object; `null` where it is none. */
  read(object: PDFObject | undefined, resources: PDFDict | null, depth = 0): ColourSpace | null {
    const value = this.#pdf.deref(object);
    if (value instanceof PDFName) return this.named(value.decodeText(), resources, depth);
    if (!(value instanceof PDFArray) || depth > MAX_DEPTH) return null;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    // Stands against a space that names itself.
    this.#known.set(value, null);
    const space = this.#array(value, resources, depth + 1);
    this.#known.set(value, space);
    return space;
  }

  /** The space of an inline image's dictionary. */
  inline(operand: Operand | undefined, resources: PDFDict | null): ColourSpace | null {
    if (typeof operand === 'string') return this.named(SHORT[operand] ?? operand, resources);
    if (!Array.isArray(operand) || (operand[0] !== 'I' && operand[0] !== 'Indexed')) return null;
    const base = this.inline(operand[1], resources);
    const table = operand[3];
    return {
      family: 'Indexed',
      components: 1,
      names: [],
      base,
      ...(table instanceof Uint8Array ? { table } : {}),
    };
  }

  #standIn(space: ColourSpace, resources: PDFDict | null): ColourSpace {
    const key = DEFAULTS[space.family];
    const spaces = key && resources && this.#pdf.dict(resources.get(name('ColorSpace')));
    const found = spaces && this.#pdf.get(spaces, key);
    const standIn = found ? this.read(found, null, 1) : null;
    return standIn && standIn.components === space.components
      ? { ...standIn, standsFor: space.family as 'DeviceGray' | 'DeviceRGB' | 'DeviceCMYK' }
      : space;
  }

  #array(array: PDFArray, resources: PDFDict | null, depth: number): ColourSpace | null {
    const pdf = this.#pdf;
    const family = nameOf(pdf.deref(array.get(0)));
    const part = (index: number) => (index < array.size() ? pdf.deref(array.get(index)) : undefined);
    const nested = (index: number) => this.read(part(index), resources, depth);
    switch (family) {
      case 'CalGray':
        return device('CalGray', 1);
      case 'CalRGB':
        return device('CalRGB', 3);
      case 'Lab': {
        const dict = pdf.dict(part(1));
        const range = dict ? pdf.numbers(pdf.get(dict, 'Range')) : [];
        return { ...device('Lab', 3), range: range.length === 4 ? range : [-100, 100, -100, 100] };
      }
      case 'ICCBased': {
        const dict = pdf.dict(part(1));
        const components = (dict && numberOf(pdf.get(dict, 'N'))) ?? 0;
        const alternate = dict && pdf.get(dict, 'Alternate');
        return {
          ...device('ICCBased', components),
          base: alternate ? this.read(alternate, resources, depth) : null,
        };
      }
      case 'Indexed':
      case 'I': {
        const table = this.#table(part(3));
        return { ...device('Indexed', 1), base: nested(1), ...(table ? { table } : {}) };
      }
      case 'Separation':
        return {
          family,
          components: 1,
          names: [nameOf(part(1)) ?? ''],
          base: nested(2),
          tint: part(3),
        };
      case 'DeviceN': {
        const names = pdf
          .array(part(1))
          .slice(0, 64)
          .map((item) => nameOf(item) ?? '');
        const attributes = pdf.dict(part(4));
        const process = attributes && pdf.dict(attributes.get(name('Process')));
        const processNames = process
          ? pdf.array(process.get(name('Components'))).map((item) => nameOf(item) ?? '')
          : [];
        return {
          family,
          components: names.length,
          names,
          base: nested(2),
          tint: part(3),
          ...(processNames.length > 0 ? { process: processNames } : {}),
        };
      }
      case 'Pattern':
        return { ...PATTERN, base: array.size() > 1 ? nested(1) : null };
      default:
        return family === null ? null : (DEVICES[family] ?? null);
    }
  }

  #table(object: PDFObject | undefined): Uint8Array | null {
    if (object instanceof PDFString || object instanceof PDFHexString) return object.asBytes();
    const stream = this.#pdf.streamOf(object);
    return stream ? this.#pdf.decode(stream).bytes : null;
  }
}

/** The colour that a space begins with (ISO 32000-1, 8.6.3 and following). */
export function initialColour(space: ColourSpace): number[] {
  if (space.family === 'DeviceCMYK') return [0, 0, 0, 1];
  if (space.family === 'Separation' || space.family === 'DeviceN') return space.names.map(() => 1);
  return Array.from({ length: Math.min(space.components, 32) }, () => 0);
}

export const paint = (
  space: ColourSpace,
  components: readonly number[],
  pattern: Paint['pattern'] = null,
): Paint => ({ space, components, pattern, inks: pattern ? null : inksOf(space, components) });

/** The inks that a colour names itself, those of tint 0 too; `null` where only a profile could tell. */
export function inksOf(space: ColourSpace, components: readonly number[]): readonly Ink[] | null {
  const tint = (index: number) => Math.min(1, Math.max(0, components[index] ?? 0));
  switch (space.family) {
    case 'DeviceGray':
      return [{ name: 'Black', tint: 1 - tint(0) }];
    case 'DeviceCMYK':
      return PROCESS_INKS.map((name, i) => ({ name, tint: tint(i) }));
    case 'Separation':
    case 'DeviceN':
      return space.names
        .map((colorant, i) => ({ name: colorant, tint: tint(i) }))
        .filter(({ name: colorant }) => colorant !== 'None');
    case 'Indexed':
      return space.base && space.table ? inksOf(space.base, indexedColour(space, components[0] ?? 0)) : null;
    default:
      return null;
  }
}

/** The base's components of an Indexed colour. */
export function indexedColour({ base, table }: ColourSpace, index: number): number[] {
  const n = base?.components ?? 0;
  const from = Math.max(0, Math.round(index)) * n;
  return Array.from({ length: n }, (_, i) => (table?.[from + i] ?? 0) / 255);
}
