import { readFile } from 'node:fs/promises';
import { expected, messageOf } from '../errors.ts';
import { hashOf } from '../files.ts';
import { packagePath } from '../paths.ts';
import { IccProfile, type Intent, Transform } from './lcms.ts';

/** Four inks, 0 (none) to 1 (solid). */
export type Cmyk = readonly [c: number, m: number, y: number, k: number];

/** A printing condition: how a press on a paper shows its inks. */
export interface Condition {
  /** OutputConditionIdentifier as registered at www.color.org, or `Custom`. */
  readonly identifier: string;
  readonly info: string;
  readonly registry: string | null;
}

/** The profiles that the program ships; sources and licences stand in assets/icc/README.md. */
export const SHIPPED_PROFILES = {
  FOGRA39: {
    file: 'FOGRA39L.icc',
    condition: {
      identifier: 'FOGRA39',
      info: 'Offset on coated paper, ISO 12647-2:2004/Amd 1 (Fogra)',
      registry: 'http://www.color.org',
    },
  },
  'CGATS TR 006': {
    file: 'GRACoL2006-TR006.icc',
    condition: {
      identifier: 'CGATS TR 006',
      info: 'GRACoL 2006, offset on coated paper #1 (CGATS TR 006-2007)',
      registry: 'http://www.color.org',
    },
  },
} as const satisfies Record<string, { file: string; condition: Condition }>;
export type ShippedProfile = keyof typeof SHIPPED_PROFILES;

const to4 = (value: number): number => Math.round(value * 1e4) / 1e4;
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Whether an RGB colour has no hue at all. */
export const isNeutral = ([r = 0, g = 0, b = 0]: readonly number[]): boolean =>
  Math.abs(r - g) < 1e-4 && Math.abs(g - b) < 1e-4;

/** An sRGB component's share of light (IEC 61966-2-1). */
const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

/** Converts colours into the inks of one press. */
export class PressColours {
  readonly profile: IccProfile;
  readonly condition: Condition;
  /** Content key of profile and intent: equal keys, equal conversions. */
  readonly key: string;
  readonly intent: Intent;
  readonly #vector: Transform;
  readonly #srgb: IccProfile;
  readonly #toScreen: Transform;
  readonly #memo = new Map<string, Cmyk>();
  readonly #lightOfK: Float64Array;

  private constructor(profile: IccProfile, srgb: IccProfile, condition: Condition, intent: Intent) {
    this.profile = profile;
    this.condition = condition;
    this.intent = intent;
    this.key = hashOf(profile.bytes, intent);
    this.#srgb = srgb;
    this.#vector = new Transform(srgb, 'rgb16', profile, 'cmyk16', intent, true);
    this.#toScreen = new Transform(profile, 'cmyk8', srgb, 'rgb8', 'relative', true);
    const ramp = new Uint8Array(256 * 4);
    for (let k = 0; k < 256; k++) ramp[k * 4 + 3] = k;
    const screen = this.#toScreen.run(ramp);
    const light = Float64Array.from({ length: 256 }, (_, k) => linear(screen[k * 3 + 1]! / 255));
    // Black point compensation for black ink alone: solid black stands for no light at all.
    const solid = light[255]!;
    this.#lightOfK = light.map((value) => (value - solid) / (1 - solid));
  }

  /**
   * Opens a press profile: a shipped one by its condition's name, or a file.
   * @throws PrintcatError where the file cannot be read, is no profile, or is not a CMYK one
   */
  static async open(nameOrFile: string, intent: Intent = 'relative'): Promise<PressColours> {
    const shipped = Object.hasOwn(SHIPPED_PROFILES, nameOrFile)
      ? SHIPPED_PROFILES[nameOrFile as ShippedProfile]
      : undefined;
    const path = shipped ? packagePath('assets', 'icc', shipped.file) : nameOrFile;
    const bytes = await readFile(path).catch((error: unknown) => {
      throw expected(
        `a readable .icc file or one of ${Object.keys(SHIPPED_PROFILES).join(', ')}`,
        '--profile',
        `${nameOrFile} (${messageOf(error)})`,
      );
    });
    const profile = await IccProfile.fromBytes(bytes, nameOrFile);
    if (profile.space !== 'CMYK') {
      throw expected(
        'a CMYK output profile',
        '--profile',
        `${nameOrFile}, a profile for ${profile.space} ("${profile.description}")`,
        "Use the press profile that the printer's data sheet names.",
      );
    }
    const condition = shipped?.condition ?? {
      identifier: 'Custom',
      info: profile.description,
      registry: null,
    };
    return new PressColours(profile, await IccProfile.srgb(), condition, intent);
  }

  /**
   * The inks of an sRGB colour, components 0…1. Neutral ones are black ink alone, at the lightness the grey
   * has on screen (black point compensated); all others go through the profile.
   */
  rgb(r: number, g: number, b: number): Cmyk {
    return isNeutral([r, g, b]) ? [0, 0, 0, this.blackFor(g)] : this.throughProfile(r, g, b);
  }

  /** The inks that the profile gives for an sRGB colour, neutral or not. */
  throughProfile(r: number, g: number, b: number): Cmyk {
    const key = `${r},${g},${b}`;
    let inks = this.#memo.get(key);
    if (!inks) {
      const rgb = Uint16Array.from([r, g, b], (v) => Math.round(clamp(v) * 65535));
      const out = new Uint16Array(this.#vector.run(new Uint8Array(rgb.buffer)).buffer);
      inks = [0, 1, 2, 3].map((i) => to4(out[i]! / 65535)) as unknown as Cmyk;
      this.#memo.set(key, inks);
    }
    return inks;
  }

  /** The share of black ink, 0…1, that looks as light as the sRGB grey `value` (0 black, 1 white). */
  blackFor(value: number): number {
    const wanted = linear(clamp(value));
    const levels = this.#lightOfK;
    if (wanted <= levels[255]!) return 1;
    if (wanted >= levels[0]!) return 0;
    // More ink, less light: find the two levels around the wanted one.
    let low = 0;
    let high = 255;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (levels[middle]! >= wanted) low = middle;
      else high = middle;
    }
    const span = levels[low]! - levels[high]!;
    return to4((low + (span > 0 ? (levels[low]! - wanted) / span : 0)) / 255);
  }

  /**
   * A converter for the pixels of a picture, 8-bit RGB to 8-bit CMYK (255 = solid), from the picture's own
   * colour space.
   * @param source the picture's ICC profile; without one it is sRGB
   */
  async pictures(source: Uint8Array | null): Promise<Transform> {
    const from = source ? await IccProfile.fromBytes(source, "the picture's profile") : this.#srgb;
    return new Transform(
      from.space === 'RGB' ? from : this.#srgb,
      'rgb8',
      this.profile,
      'cmyk8',
      this.intent,
      true,
    );
  }

  /** What 8-bit inks look like on a screen: sRGB, 8 bits, relative to the paper's white. */
  onScreen(cmyk: Uint8Array): Uint8Array {
    return this.#toScreen.run(cmyk);
  }
}
