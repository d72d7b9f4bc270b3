import { deflateSync } from 'node:zlib';
import { type PDFContext, PDFRawStream, type PDFRef } from 'pdf-lib';
import type { PressColours } from '../colour/press-colours.ts';

/**
 * What colours become in a part of the page: `inks` on the page itself; inside a soft mask one grey component,
 * where a conversion through a press profile would change the mask: `light` as it is, `dark` for a mask that is
 * read in the negative, `shape` (all black) where only what is covered counts.
 */
export type Mode = 'inks' | 'light' | 'dark' | 'shape';

export const componentsOf = (mode: Mode): number => (mode === 'inks' ? 4 : 1);
export const spaceOf = (mode: Mode): string => (mode === 'inks' ? 'DeviceCMYK' : 'DeviceGray');

/** The luminosity of an RGB colour in a soft mask (ISO 32000-1, 11.3.5.3). */
export const luminosity = (r: number, g: number, b: number): number => 0.3 * r + 0.59 * g + 0.11 * b;

/** The grey of an sRGB colour inside a soft mask. */
export function maskGrey(rgb: readonly number[], mode: Exclude<Mode, 'inks'>): number {
  if (mode === 'shape') return 0;
  const [r = 0, g = 0, b = 0] = rgb;
  const light = luminosity(r, g, b);
  return mode === 'light' ? light : 1 - light;
}

/** An sRGB colour in the components of the mode. */
export function convertRgb(colours: PressColours, rgb: readonly number[], mode: Mode): number[] {
  const [r = 0, g = 0, b = 0] = rgb;
  return mode === 'inks' ? [...colours.rgb(r, g, b)] : [maskGrey(rgb, mode)];
}

/** A sampled function (type 0), 8 bits a sample: `samples` holds all components one by one. */
export function sampledFunction(
  context: PDFContext,
  samples: readonly number[],
  size: readonly number[],
  domain: readonly number[],
  components: number,
): PDFRef {
  const bytes = new Uint8Array(samples.length);
  for (const [i, v] of samples.entries()) bytes[i] = Math.round(Math.min(1, Math.max(0, v)) * 255);
  const dict = context.obj({
    FunctionType: 0,
    Domain: [...domain],
    Range: Array.from({ length: components }, () => [0, 1]).flat(),
    Size: [...size],
    BitsPerSample: 8,
    Filter: 'FlateDecode',
  });
  return context.register(PDFRawStream.of(dict, deflateSync(bytes)));
}
