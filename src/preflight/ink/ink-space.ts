import { type PDFContext, PDFHexString, type PDFObject, PDFRawStream } from 'pdf-lib';
import { sampledFunction } from '../../press/inks.ts';
import { name } from '../../press/pdf.ts';
import type { Conversion } from './conversions.ts';
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
  /** Where its components are inks: the one that is a plate's, `null` for a plate that it leaves white. */
  componentOf?(plate: string): number | null;
  /** Where a profile makes inks of it: the four process inks of each pixel, all 8 bits a component. */
  toProcess?(samples: Uint8Array): Uint8Array;
  /** What stands in its place in a drawing, whose device colours it has as alternate. */
  standIn(context: PDFContext, plates: Drawing): PDFObject;
}

export const clamp = (value: number | undefined): number => Math.min(1, Math.max(0, value ?? 0));

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

export const processIndex = (plate: string | null): number =>
  PROCESS.indexOf(plate as (typeof PROCESS)[number]);

const processComponent = (plate: string): number | null =>
  processIndex(plate) < 0 ? null : processIndex(plate);

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
  componentOf: processComponent,
  standIn(context, plates) {
    if (plates === LIGHT) return standInN(context, 4, plates, lightTint(context));
    const of = channelPlates(plates).map((plate) => (plate === null ? null : processComponent(plate)));
    return standInN(context, 4, plates, pick(context, 4, of));
  },
});
export const DEVICE_CMYK = cmyk(true);
export const ICC_CMYK = cmyk(false);

const clamped = (colour: readonly number[]): readonly number[] => colour.map(clamp);

/** A space that a conversion turns into inks. @param unit brings a colour's components to 0…1 */
export const converted = (conversion: Conversion, unit = clamped): InkSpace => ({
  components: conversion.components,
  initial: conversion.components === 4 ? [0, 0, 0, 1] : [0, 0, 0],
  plates: PROCESS,
  isDeviceCmyk: false,
  isCmyk: false,
  ink: (colour, plate) => (processIndex(plate) < 0 ? 0 : conversion.of(unit(colour))[processIndex(plate)]!),
  ...(unit === clamped ? { toProcess: (samples: Uint8Array) => conversion.picture(samples) } : {}),
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
export function spots(names: readonly string[]): InkSpace {
  const all = names.length === 1 && names[0] === 'All';
  const componentOf = (plate: string) => (all ? 0 : names.includes(plate) ? names.indexOf(plate) : null);
  return {
    components: names.length,
    initial: names.map(() => 1),
    plates: all ? 'all' : names.filter((ink) => ink !== 'None'),
    isDeviceCmyk: false,
    isCmyk: false,
    ink(tints, plate) {
      const component = componentOf(plate);
      return component === null ? 0 : clamp(tints[component]);
    },
    componentOf,
    standIn(context, plates) {
      const of = channelPlates(plates).map((plate) => (plate === null ? null : componentOf(plate)));
      return standInN(context, names.length, plates, pick(context, names.length, of));
    },
  };
}

export function indexed(
  base: InkSpace,
  highest: number,
  table: Uint8Array,
  unscale: (unit: number[]) => number[],
): InkSpace {
  const n = base.components;
  const { componentOf: _, toProcess: __, ...rest } = base;
  return {
    ...rest,
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
