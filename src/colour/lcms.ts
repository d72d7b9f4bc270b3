import * as lib from 'lcms-wasm';
import { PrintcatError } from '../errors.ts';
import { hashOf } from '../files.ts';

/** ICC rendering intents by their numbers in the ICC specification (ICC.1:2022, 7.2.15). */
export const INTENTS = { perceptual: 0, relative: 1, saturation: 2, absolute: 3 } as const;
export type Intent = keyof typeof INTENTS;

/** How samples lie in memory, interleaved. */
export const FORMATS = {
  rgb8: { code: lib.TYPE_RGB_8, channels: 3, bytes: 1 },
  rgb16: { code: lib.TYPE_RGB_16, channels: 3, bytes: 2 },
  cmyk8: { code: lib.TYPE_CMYK_8, channels: 4, bytes: 1 },
  cmyk16: { code: lib.TYPE_CMYK_16, channels: 4, bytes: 2 },
  /** CIE L*, a*, b* as doubles, the illuminant D50. */
  lab: { code: lib.TYPE_Lab_DBL, channels: 3, bytes: 8 },
} as const;
export type Format = keyof typeof FORMATS;

let loading: Promise<lib.LittleCms> | undefined;
const load = (): Promise<lib.LittleCms> => {
  loading ??= lib.instantiate();
  return loading;
};

/** Four characters of a profile's header. */
const ascii = (bytes: Uint8Array, at: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1', at, at + 4)
    .trim();

/** Whether the header's size and every tag of the table lie within the bytes (ICC.1:2022, 7.2.2 and 7.3). */
function isWhole(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 132 || view.getUint32(0) > bytes.length) return false;
  const tags = view.getUint32(128);
  if (132 + tags * 12 > bytes.length) return false;
  return Array.from({ length: tags }, (_, i) => 132 + i * 12).every(
    (entry) => view.getUint32(entry + 4) + view.getUint32(entry + 8) <= bytes.length,
  );
}

/** An ICC profile, opened by LittleCMS. It lives as long as the process, as does each conversion: there are a handful. */
export class IccProfile {
  /** By their content: every order opens its press again. */
  static readonly #opened = new Map<string, Promise<IccProfile>>();
  readonly handle: number;
  /** `RGB`, `CMYK`, `GRAY`, … */
  readonly space: string;
  readonly description: string;
  /** Device class by its signature (ICC.1:2022, 7.2.5): `prtr`, `mntr`, `scnr`, …; empty for built-in ones. */
  readonly deviceClass: string;
  /** The profile's own bytes; empty for the built-in ones. */
  readonly bytes: Uint8Array;
  readonly lcms: lib.LittleCms;

  private constructor(lcms: lib.LittleCms, handle: number, bytes: Uint8Array) {
    this.lcms = lcms;
    this.handle = handle;
    this.bytes = bytes;
    this.deviceClass = ascii(bytes, 12);
    this.space = lcms.cmsGetColorSpaceASCII(handle) ?? 'unknown';
    this.description = lcms
      .cmsGetProfileInfoASCII(handle, lib.cmsInfoDescription, 'en', 'US')
      .replace(/\0+$/, '');
  }

  /**
   * Opens a profile from its bytes.
   * @param name what the error calls it
   * @throws PrintcatError where the bytes are not an ICC profile, or not a whole one
   */
  static async fromBytes(bytes: Uint8Array, name: string): Promise<IccProfile> {
    const key = hashOf(bytes);
    const opened = IccProfile.#opened.get(key) ?? IccProfile.#open(bytes, name);
    IccProfile.#opened.set(key, opened);
    // What cannot be opened is called by another name the next time.
    opened.catch(() => IccProfile.#opened.delete(key));
    return opened;
  }

  static async #open(bytes: Uint8Array, name: string): Promise<IccProfile> {
    const hint = "Use the .icc file that the printer's data sheet names.";
    if (ascii(bytes, 36) !== 'acsp')
      throw new PrintcatError(`Expected an ICC profile but ${name} is not one`, { hint });
    if (!isWhole(bytes)) {
      throw new PrintcatError(`Expected a whole ICC profile but ${name} is cut off or damaged`, { hint });
    }
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
      throw new PrintcatError(`Expected an ICC profile but ${name} cannot be read as one`, { hint });
    }
    return new IccProfile(lcms, handle, bytes);
  }

  /** The sRGB space (IEC 61966-2-1), as LittleCMS builds it. */
  static srgb(): Promise<IccProfile> {
    return IccProfile.#builtIn('cmsCreate_sRGBProfile');
  }

  /** CIE L*a*b* under D50, the space that profiles meet in. */
  static lab(): Promise<IccProfile> {
    // A null white point stands for D50.
    return IccProfile.#builtIn('cmsCreateLab4Profile', 0);
  }

  static #builtIn(maker: string, ...numbers: number[]): Promise<IccProfile> {
    const opened =
      IccProfile.#opened.get(maker) ??
      load().then((lcms) => {
        const handle = lcms.ccall(
          maker,
          'number',
          numbers.map(() => 'number'),
          numbers,
        );
        return new IccProfile(lcms, handle, new Uint8Array());
      });
    IccProfile.#opened.set(maker, opened);
    return opened;
  }
}

/** Goes through the profiles' own tables for each sample instead of one table of LittleCMS's for all (lcms2.h). */
const NO_OPTIMISATION = 0x0100;

/** Conversions by all that they depend on. */
const transforms = new Map<string, number>();

/** Samples converted in one call, so that the heap of the library stays small whatever the picture's size. */
const CHUNK = 1 << 18;

/** A conversion between two profiles for samples of fixed formats. */
export class Transform {
  readonly #lcms: lib.LittleCms;
  readonly #handle: number;
  readonly #input: (typeof FORMATS)[Format];
  readonly #output: (typeof FORMATS)[Format];

  /**
   * @param blackPoint black point compensation (Adobe's, as in ISO 18619)
   * @param exact several times slower, without the error of a 33-step table (up to 1 % ink)
   */
  constructor(
    from: IccProfile,
    input: Format,
    to: IccProfile,
    output: Format,
    intent: Intent,
    blackPoint: boolean,
    exact = false,
  ) {
    this.#lcms = from.lcms;
    this.#input = FORMATS[input];
    this.#output = FORMATS[output];
    const wish = [
      from.handle,
      this.#input.code,
      to.handle,
      this.#output.code,
      INTENTS[intent],
      (blackPoint ? lib.cmsFLAGS_BLACKPOINTCOMPENSATION : 0) | (exact ? NO_OPTIMISATION : 0),
    ];
    this.#handle =
      transforms.get(wish.join()) ??
      this.#lcms.ccall(
        'cmsCreateTransform',
        'number',
        wish.map(() => 'number'),
        wish,
      );
    if (!this.#handle) {
      throw new PrintcatError(`The profile "${to.description}" cannot be used with "${from.description}"`, {
        hint: 'Choose an output profile (device class "prtr") that has the tables for this intent.',
      });
    }
    transforms.set(wish.join(), this.#handle);
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
