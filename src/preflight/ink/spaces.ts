import {
  PDFArray,
  type PDFContext,
  type PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from 'pdf-lib';
import { sampledFunction } from '../../press/inks.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { Conversion, Conversions } from './conversions.ts';
import { channelPlates, channelsOf, type Drawing, deviceOf, LIGHT, PROCESS } from './plates.ts';

/** A colour space as the plates see it. */
export interface InkSpace {
  readonly components: number;
  /** The colour that selecting the space sets (ISO 32000-1, 8.6.5.1). */
  readonly initial: readonly number[];
  /** The plates that a colour in it paints where it overprints; `all` is registration, none is `None`. */
  readonly plates: readonly string[] | 'all';
  /** Whether it is DeviceCMYK itself, whose zeros overprint in mode 1. */
  readonly isDeviceCmyk: boolean;
  /** Whether it is process inks, which a soft mask reads as light in our own way; others it reads as they are. */
  readonly isCmyk: boolean;
  /** The ink, 0…1, that a colour puts on a plate. */
  ink(colour: readonly number[], plate: string): number;
  /** What stands in its place in a drawing, whose device colours it has as alternate. */
  standIn(context: PDFContext, plates: Drawing): PDFObject;
}

const clamp = (value: number | undefined): number => Math.min(1, Math.max(0, value ?? 0));

/** A tint transformation that takes components as they are or turned over: 1 − component, `null` stays white. */
function pick(context: PDFContext, inputs: number, of: readonly (number | null)[]): PDFObject {
  const outputs = of.map((input, j) => (input === null ? '1' : `${inputs - 1 - input + j} index 1 exch sub`));
  const clear = `${inputs + of.length} ${of.length} roll${' pop'.repeat(inputs)}`;
  const dict = context.obj({
    FunctionType: 4,
    Domain: Array.from({ length: inputs }, () => [0, 1]).flat(),
    Range: of.flatMap(() => [0, 1]),
  });
  return context.register(PDFRawStream.of(dict, Buffer.from(`{ ${outputs.join(' ')} ${clear} }`)));
}

/** From DeviceCMYK to the light of a screen: red is 1 − min(1, c + k) (ISO 32000-1, 10.3.5). */
function lightTint(context: PDFContext): PDFObject {
  const dict = context.obj({ FunctionType: 4, Domain: [0, 1, 0, 1, 0, 1, 0, 1], Range: [0, 1, 0, 1, 0, 1] });
  const light = 'add dup 1 gt { pop 1 } if 1 exch sub';
  // c m y k: each turn takes the component from the depth where it then lies, with k from where that then lies.
  const program = `{ 3 index 1 index ${light} 3 index 2 index ${light} 3 index 3 index ${light} 7 3 roll pop pop pop pop }`;
  return context.register(PDFRawStream.of(dict, Buffer.from(program)));
}

const linear = (context: PDFContext, c0: readonly number[], c1: readonly number[]): PDFObject =>
  context.obj({ FunctionType: 2, Domain: [0, 1], N: 1, C0: [...c0], C1: [...c1] });

/** DeviceN with names that mean nothing: its tint transformation does it all. */
const standInN = (context: PDFContext, components: number, plates: Drawing, tint: PDFObject): PDFObject =>
  context.obj([
    name('DeviceN'),
    context.obj(Array.from({ length: components }, (_, i) => name(`Ink${i}`))),
    name(deviceOf(plates)),
    tint,
  ]);

export const GREY: InkSpace = {
  components: 1,
  initial: [0],
  plates: PROCESS,
  isDeviceCmyk: false,
  isCmyk: false,
  ink: ([grey], plate) => (plate === 'Black' || LIGHT.includes(plate) ? 1 - clamp(grey) : 0),
  standIn(context, plates) {
    const c1 = channelPlates(plates).map(() => 1);
    const c0 = channelPlates(plates).map((plate) => (plate === 'Black' ? 0 : 1));
    return context.obj([name('Separation'), name('Ink'), name(deviceOf(plates)), linear(context, c0, c1)]);
  },
};

const processIndex = (plate: string | null): number => PROCESS.indexOf(plate as (typeof PROCESS)[number]);

const cmyk = (isDeviceCmyk: boolean): InkSpace => ({
  components: 4,
  initial: [0, 0, 0, 1],
  plates: PROCESS,
  isDeviceCmyk,
  isCmyk: true,
  ink(colour, plate) {
    const light = LIGHT.indexOf(plate);
    if (light >= 0) return clamp((colour[light] ?? 0) + (colour[3] ?? 0));
    return processIndex(plate) < 0 ? 0 : clamp(colour[processIndex(plate)]);
  },
  standIn(context, plates) {
    if (plates === LIGHT) return standInN(context, 4, plates, lightTint(context));
    const of = channelPlates(plates).map((plate) => (processIndex(plate) < 0 ? null : processIndex(plate)));
    return standInN(context, 4, plates, pick(context, 4, of));
  },
});
const DEVICE_CMYK = cmyk(true);
const ICC_CMYK = cmyk(false);

/** A space that a conversion turns into inks. @param unit brings a colour's components to 0…1 */
const converted = (
  conversion: Conversion,
  unit: (colour: readonly number[]) => readonly number[] = (colour) => colour.map(clamp),
): InkSpace => ({
  components: conversion.components,
  initial: conversion.components === 4 ? [0, 0, 0, 1] : [0, 0, 0],
  plates: PROCESS,
  isDeviceCmyk: false,
  isCmyk: false,
  ink: (colour, plate) => (processIndex(plate) < 0 ? 0 : conversion.of(unit(colour))[processIndex(plate)]!),
  standIn(context, plates) {
    const table = conversion.table();
    const samples: number[] = [];
    for (let node = 0; node < table.length; node += 4) {
      for (const plate of channelPlates(plates)) {
        const index = processIndex(plate);
        samples.push(index < 0 ? 1 : 1 - table[node + index]!);
      }
    }
    const { components, nodes } = conversion;
    const size = Array.from({ length: components }, () => nodes);
    const domain = size.flatMap(() => [0, 1]);
    return standInN(
      context,
      components,
      plates,
      sampledFunction(context, samples, size, domain, channelsOf(plates)),
    );
  },
});

/** Separation and DeviceN: each colourant is a plate, whatever its alternate looks like. */
function spots(names: readonly string[]): InkSpace {
  const all = names.length === 1 && names[0] === 'All';
  return {
    components: names.length,
    initial: names.map(() => 1),
    plates: all ? 'all' : names.filter((ink) => ink !== 'None'),
    isDeviceCmyk: false,
    isCmyk: false,
    ink: (tints, plate) =>
      all ? clamp(tints[0]) : names.includes(plate) ? clamp(tints[names.indexOf(plate)]) : 0,
    standIn(context, plates) {
      const of = channelPlates(plates).map((plate) => {
        if (plate === null) return null;
        if (all) return 0;
        return names.includes(plate) ? names.indexOf(plate) : null;
      });
      return standInN(context, names.length, plates, pick(context, names.length, of));
    },
  };
}

function indexed(
  base: InkSpace,
  highest: number,
  table: Uint8Array,
  unscale: (unit: number[]) => number[],
): InkSpace {
  const n = base.components;
  return {
    ...base,
    components: 1,
    initial: [0],
    isDeviceCmyk: false,
    ink([index = 0], plate) {
      const at = Math.min(highest, Math.max(0, Math.round(index))) * n;
      const unit = Array.from({ length: n }, (_, i) => (table[at + i] ?? 0) / 255);
      return base.ink(unscale(unit), plate);
    },
    standIn(context, plates) {
      const lookup = PDFHexString.of(Buffer.from(table).toString('hex'));
      return context.obj([name('Indexed'), base.standIn(context, plates), highest, lookup]);
    },
  };
}

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
    const full = SHORT[short] ?? short;
    const spaces = resources && pdf.dict(resources.get(name('ColorSpace')));
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
