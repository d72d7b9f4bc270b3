import * as lib from 'lcms-wasm';
import { PrintcatError } from '../errors.ts';

/** ICC rendering intents by their numbers in the ICC specification (ICC.1:2022, 7.2.15). */
export const INTENTS = { perceptual: 0, relative: 1, saturation: 2, absolute: 3 } as const;
export type Intent = keyof typeof INTENTS;

/** How samples lie in memory, interleaved. */
export const FORMATS = {
  rgb8: { code: lib.TYPE_RGB_8, channels: 3, bytes: 1 },
  rgb16: { code: lib.TYPE_RGB_16, channels: 3, bytes: 2 },
  cmyk8: { code: lib.TYPE_CMYK_8, channels: 4, bytes: 1 },
  cmyk16: { code: lib.TYPE_CMYK_16, channels: 4, bytes: 2 },
} as const;
export type Format = keyof typeof FORMATS;

let loading: Promise<lib.LittleCms> | undefined;
const load = (): Promise<lib.LittleCms> => {
  loading ??= lib.instantiate();
  return loading;
};

/** An ICC profile, opened by LittleCMS. It lives as long as the process: there are a handful of them. */
export class IccProfile {
  readonly handle: number;
  /** `RGB`, `CMYK`, `GRAY`, … */
  readonly space: string;
  readonly description: string;
  /** The profile's own bytes; empty for the built-in sRGB. */
  readonly bytes: Uint8Array;
  readonly lcms: lib.LittleCms;

  private constructor(lcms: lib.LittleCms, handle: number, bytes: Uint8Array) {
    this.lcms = lcms;
    this.handle = handle;
    this.bytes = bytes;
    this.space = lcms.cmsGetColorSpaceASCII(handle) ?? 'unknown';
    this.description = lcms
      .cmsGetProfileInfoASCII(handle, lib.cmsInfoDescription, 'en', 'US')
      .replace(/\0+$/, '');
  }

  /**
   * Opens a profile from its bytes.
   * @param name what the error calls it
   * @throws PrintcatError where the bytes are not an ICC profile
   */
  static async fromBytes(bytes: Uint8Array, name: string): Promise<IccProfile> {
    const lcms = await load();
    // Through malloc: the library's own wrapper copies the profile onto its stack.
    const pointer = lcms._malloc(bytes.length);
    lcms.HEAPU8.set(bytes, pointer);
    const handle = lcms.ccall(
      'cmsOpenProfileFromMem',
      'number',
      ['number', 'number'],
      [pointer, bytes.length],
    );
    lcms._free(pointer);
    if (!handle) {
      throw new PrintcatError(`Expected an ICC profile but ${name} is not one`, {
        hint: "Use the .icc file that the printer's data sheet names.",
      });
    }
    return new IccProfile(lcms, handle, bytes);
  }

  /** The sRGB space (IEC 61966-2-1), as LittleCMS builds it. */
  static async srgb(): Promise<IccProfile> {
    const lcms = await load();
    return new IccProfile(lcms, lcms.ccall('cmsCreate_sRGBProfile', 'number', [], []), new Uint8Array());
  }
}

/** Samples converted in one call, so that the heap of the library stays small whatever the picture's size. */
const CHUNK = 1 << 18;

/** A conversion between two profiles for samples of fixed formats. */
export class Transform {
  readonly #lcms: lib.LittleCms;
  readonly #handle: number;
  readonly #input: (typeof FORMATS)[Format];
  readonly #output: (typeof FORMATS)[Format];

  /** @param blackPoint black point compensation (Adobe's, as in ISO 18619) */
  constructor(
    from: IccProfile,
    input: Format,
    to: IccProfile,
    output: Format,
    intent: Intent,
    blackPoint: boolean,
  ) {
    this.#lcms = from.lcms;
    this.#input = FORMATS[input];
    this.#output = FORMATS[output];
    this.#handle = this.#lcms.ccall(
      'cmsCreateTransform',
      'number',
      ['number', 'number', 'number', 'number', 'number', 'number'],
      [
        from.handle,
        this.#input.code,
        to.handle,
        this.#output.code,
        INTENTS[intent],
        blackPoint ? lib.cmsFLAGS_BLACKPOINTCOMPENSATION : 0,
      ],
    );
    if (!this.#handle) {
      throw new PrintcatError(`The profile "${to.description}" cannot be used with "${from.description}"`, {
        hint: 'Choose an output profile (device class "prtr") that has the tables for this intent.',
      });
    }
  }

  /**
   * Converts interleaved samples.
   * @param samples bytes (8-bit) or the bytes of native-endian 16-bit samples, pixel by pixel
   * @returns the converted samples, in the same order
   */
  run(samples: Uint8Array): Uint8Array {
    const inSize = this.#input.channels * this.#input.bytes;
    const outSize = this.#output.channels * this.#output.bytes;
    const pixels = samples.length / inSize;
    const out = new Uint8Array(pixels * outSize);
    const chunk = Math.min(CHUNK, pixels);
    const inPointer = this.#lcms._malloc(chunk * inSize);
    const outPointer = this.#lcms._malloc(chunk * outSize);
    for (let at = 0; at < pixels; at += chunk) {
      const count = Math.min(chunk, pixels - at);
      this.#lcms.HEAPU8.set(samples.subarray(at * inSize, (at + count) * inSize), inPointer);
      this.#lcms.ccall(
        'cmsDoTransform',
        undefined,
        ['number', 'number', 'number', 'number'],
        [this.#handle, inPointer, outPointer, count],
      );
      out.set(this.#lcms.HEAPU8.subarray(outPointer, outPointer + count * outSize), at * outSize);
    }
    this.#lcms._free(inPointer);
    this.#lcms._free(outPointer);
    return out;
  }
}
