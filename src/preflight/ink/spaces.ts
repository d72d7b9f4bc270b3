import {
  PDFArray,
  type PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from 'pdf-lib';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { Conversion, Conversions } from './conversions.ts';
import {
  clamp,
  converted,
  DEVICE_CMYK,
  GREY,
  ICC_CMYK,
  type InkSpace,
  indexed,
  processIndex,
  spots,
} from './ink-space.ts';

/** What stands for a colour space in content streams and inline images (ISO 32000-1, table 93). */
const SHORT: Readonly<Record<string, string>> = {
  G: 'DeviceGray',
  RGB: 'DeviceRGB',
  CMYK: 'DeviceCMYK',
  I: 'Indexed',
  CalGray: 'DeviceGray',
};
const DEFAULTS: Readonly<Record<string, string>> = {
  DeviceGray: 'DefaultGray',
  DeviceRGB: 'DefaultRGB',
  DeviceCMYK: 'DefaultCMYK',
};
const MAX_DEPTH = 8;
/** PDF's own limit of colourants (ISO 32000-1, annex C). */
const MOST_COLOURANTS = 32;

/** Reads colour spaces as inks; each object once. */
export class InkSpaces {
  /** Spots in the order in which they were met. */
  readonly spots = new Set<string>();
  /** What was met that is counted through a profile, or not at all. */
  readonly notes = new Set<string>();
  readonly #pdf: Pdf;
  readonly #conversions: Conversions;
  readonly #known = new Map<PDFObject, InkSpace | null>();

  constructor(pdf: Pdf, conversions: Conversions) {
    this.#pdf = pdf;
    this.#conversions = conversions;
  }

  /** @returns `null` for a pattern space and for what cannot be read */
  read(object: PDFObject | undefined, resources: PDFDict | null, depth = 0): InkSpace | null {
    const pdf = this.#pdf;
    const value = pdf.deref(object);
    if (!value || depth > MAX_DEPTH) return null;
    if (value instanceof PDFName) return this.#named(value.decodeText(), resources, depth);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const space = value instanceof PDFArray ? this.#array(value, resources, depth) : null;
    this.#known.set(value, space);
    return space;
  }

  #named(short: string, resources: PDFDict | null, depth: number): InkSpace | null {
    const pdf = this.#pdf;
    const spaces = resources && pdf.dict(resources.get(name('ColorSpace')));
    // A short name is short in inline images alone: a space of the resources may have it for its own.
    const full = spaces?.has(name(short)) ? short : (SHORT[short] ?? short);
    const instead = DEFAULTS[full] && spaces ? pdf.get(spaces, DEFAULTS[full]) : undefined;
    if (instead) return this.read(instead, null, depth + 1);
    if (full === 'DeviceGray') return GREY;
    if (full === 'DeviceCMYK') return DEVICE_CMYK;
    if (full === 'DeviceRGB' || full === 'CalRGB') return this.#through('rgb');
    const own = spaces ? pdf.get(spaces, short) : undefined;
    return own === undefined ? null : this.read(own, resources, depth + 1);
  }

  #through(source: 'rgb' | 'lab'): InkSpace {
    const { assumed } = this.#conversions;
    const to = assumed ? `${assumed}, for want of an output intent` : "the output intent's profile";
    this.notes.add(`${source === 'rgb' ? 'RGB' : 'Lab'} colours are counted as converted through ${to}`);
    return converted(this.#conversions.plain(source));
  }

  #array(array: PDFArray, resources: PDFDict | null, depth: number): InkSpace | null {
    const pdf = this.#pdf;
    const family = nameOf(pdf.deref(array.get(0)));
    switch (family === null ? null : (SHORT[family] ?? family)) {
      case 'DeviceGray':
      case 'DeviceCMYK':
      case 'DeviceRGB':
        return this.#named(family!, resources, depth);
      case 'CalRGB':
        this.notes.add('calibrated RGB (CalRGB) is counted as if it were sRGB');
        return this.#through('rgb');
      case 'Lab':
        return this.#lab(array);
      case 'ICCBased':
        return this.#icc(array, resources, depth);
      case 'Separation':
        return this.#colourants([nameOf(pdf.deref(array.get(1)))]);
      case 'DeviceN':
        return this.#colourants(pdf.array(array.get(1)).map(nameOf));
      case 'Indexed':
        return this.#indexed(array, resources, depth);
      default:
        return null;
    }
  }

  #colourants(names: readonly (string | null)[]): InkSpace | null {
    if (names.length === 0 || names.length > MOST_COLOURANTS || names.some((ink) => ink === null))
      return null;
    const inks = names as string[];
    for (const ink of inks) {
      if (ink !== 'All' && ink !== 'None' && processIndex(ink) < 0) this.spots.add(ink);
    }
    return spots(inks);
  }

  #labRange(array: PDFArray): number[] {
    const dict = this.#pdf.dict(array.get(1));
    const range = dict ? this.#pdf.numbers(dict.get(name('Range'))) : [];
    return range.length === 4 ? range : [-100, 100, -100, 100];
  }

  /** In a drawing the components of Lab run over 0…1; the table's a and b over −128…127. */
  #lab(array: PDFArray): InkSpace {
    this.#through('lab');
    const [aMin = 0, aMax = 0, bMin = 0, bMax = 0] = this.#labRange(array);
    const conversion = this.#conversions.plain('lab');
    const unit = ([l = 0, a = 0, b = 0]: readonly number[]) =>
      [l / 100, (a + 128) / 255, (b + 128) / 255].map(clamp);
    const space = converted(conversion, unit);
    if (aMin === -128 && aMax === 127 && bMin === -128 && bMax === 127) return space;
    // Pictures give shares of the ranges: the table must be one over those.
    const scaled: Conversion = {
      ...conversion,
      table() {
        const values: number[] = [];
        const { nodes } = conversion;
        for (let i = 0; i < nodes ** 3; i++) {
          const at = (axis: number) => (Math.floor(i / nodes ** axis) % nodes) / (nodes - 1);
          values.push(
            ...conversion.of(unit([at(0) * 100, aMin + at(1) * (aMax - aMin), bMin + at(2) * (bMax - bMin)])),
          );
        }
        return Float64Array.from(values);
      },
    };
    return converted(scaled, unit);
  }

  #icc(array: PDFArray, resources: PDFDict | null, depth: number): InkSpace | null {
    const pdf = this.#pdf;
    const stream = pdf.streamOf(array.get(1));
    if (!stream) return null;
    const components = numberOf(pdf.get(stream.dict, 'N'));
    if (components === 1) return GREY;
    const conversion = this.#conversions.icc(pdf.bytes(stream));
    if (components === 4) {
      if (conversion === 'same' || conversion === 'pending') return ICC_CMYK;
      if (conversion === 'unusable' || conversion.components !== 4 || this.#conversions.assumed) {
        this.notes.add('ICC-based CMYK colours are counted as they stand, without their profile');
        return ICC_CMYK;
      }
      this.notes.add("ICC-based CMYK colours are counted as converted through the output intent's profile");
      return converted(conversion);
    }
    if (components !== 3) return this.read(stream.dict.get(name('Alternate')), resources, depth + 1);
    const usable = typeof conversion === 'object' && conversion.components === 3;
    const space = this.#through('rgb');
    return usable ? converted(conversion) : space;
  }

  #indexed(array: PDFArray, resources: PDFDict | null, depth: number): InkSpace | null {
    const pdf = this.#pdf;
    const base = this.read(array.get(1), resources, depth + 1);
    const highest = numberOf(pdf.deref(array.get(2)));
    const lookup = pdf.deref(array.get(3));
    if (!base || highest === null || !(highest >= 0 && highest <= 255)) return null;
    let table: Uint8Array = new Uint8Array(0);
    if (lookup instanceof PDFRawStream) table = pdf.bytes(lookup);
    else if (lookup instanceof PDFString || lookup instanceof PDFHexString) table = lookup.asBytes();
    const own = pdf.deref(array.get(1));
    const isLab = own instanceof PDFArray && nameOf(pdf.deref(own.get(0))) === 'Lab';
    const [aMin = 0, aMax = 0, bMin = 0, bMax = 0] = isLab ? this.#labRange(own) : [];
    const unscale = ([l = 0, a = 0, b = 0, ...rest]: number[]) =>
      isLab ? [l * 100, aMin + a * (aMax - aMin), bMin + b * (bMax - bMin)] : [l, a, b, ...rest];
    return indexed(base, highest, table.subarray(0, (highest + 1) * base.components), unscale);
  }
}
