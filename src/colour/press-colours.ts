import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { expected, messageOf } from '../errors.ts';
import { hashOf } from '../files.ts';
import { packagePath } from '../paths.ts';
import { type Condition, conditionOf } from './conditions.ts';
import { InkLimiter } from './ink-limit.ts';
import { InkTable } from './ink-table.ts';
import type { PressIntent } from './intents.ts';
import { keptTable } from './kept-table.ts';
import { IccProfile, Transform } from './lcms.ts';
import { PictureConverter, PictureTable } from './picture-table.ts';
import { lightOf } from './srgb.ts';

/** Four inks, 0 (none) to 1 (solid). */
export type Cmyk = readonly [c: number, m: number, y: number, k: number];

/** The profiles that the program ships; sources and licences stand in assets/icc/README.md. */
export const SHIPPED_PROFILES = {
  FOGRA39: { file: 'FOGRA39L.icc' },
  'CGATS TR 006': { file: 'GRACoL2006-TR006.icc' },
} as const satisfies Record<string, { file: string }>;
export type ShippedProfile = keyof typeof SHIPPED_PROFILES;

export interface PressOptions {
  readonly intent?: PressIntent;
  /** Whether neutral vector colours are black ink alone (the default) or what the profile gives. */
  readonly neutrals?: 'black' | 'profile';
  /** Total area coverage: the most ink at one point, percent (400 = four solid inks); without it the profile's own. */
  readonly inkLimit?: number;
  /** Name of the printing condition that an own profile stands for; without one it is `Custom`. */
  readonly condition?: string;
  /** Folder where the tables for pictures are kept from run to run; without it each is made anew. */
  readonly tablesDir?: string;
}

/** Raised when the same profiles would give a table with other nodes. */
const TABLE_VERSION = 1;

/**
 * Kept free below the ink limit, percent: rounding four inks to 8 bits adds up to 0.8, the JPEG encoder up to 2 to the mean
 * of 2 × 2 pixels. Single pixels beside hard edges may still stand 6 above the limit (`node bench/press-ink.mjs`).
 */
const INK_MARGIN = 2.5;

const to4 = (value: number): number => Math.round(value * 1e4) / 1e4;
const to16 = (value: number): number => Math.round(clamp(value) * 65535);
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Half a step of 8 bits: colours computed by the browser, as from `lab()`, are grey to within rounding only. */
const GREY_TOLERANCE = 1 / 512;

/** Whether an RGB colour has no hue at all. */
export const isNeutral = ([r = 0, g = 0, b = 0]: readonly number[]): boolean =>
  Math.max(r, g, b) - Math.min(r, g, b) < GREY_TOLERANCE;

/** The spaces that colours come from and are compared in. */
interface Spaces {
  readonly srgb: IccProfile;
  readonly lab: IccProfile;
}

/** Converts colours into the inks of one press. */
export class PressColours {
  readonly space = 'cmyk';
  readonly profile: IccProfile;
  /** What people know the profile by: a shipped file's name, else its own description. */
  readonly profileName: string;
  readonly condition: Condition;
  /** Content key of profile, intent and ink limit: equal keys, equal conversions. */
  readonly key: string;
  readonly intent: PressIntent;
  /** Total area coverage that no colour goes beyond, percent; `null` where the profile decides. */
  readonly inkLimit: number | null;
  readonly #neutrals: 'black' | 'profile';
  readonly #spaces: Spaces;
  readonly #limiter: InkLimiter | null;
  readonly #vector: Transform;
  /** By the three 16-bit components as one number: what a browser computes in floating point is written out slowly. */
  readonly #memo = new Map<number, Cmyk>();
  /** One colour on its way to LittleCMS. */
  readonly #asked = new Uint16Array(3);
  readonly #askedBytes = new Uint8Array(this.#asked.buffer);
  readonly #pictures = new Map<string, Promise<PictureTable>>();
  readonly #tablesDir: string | undefined;
  #packedProfile: Promise<Uint8Array> | undefined;
  #toScreen: Transform | undefined;
  readonly #lightOfK: Float64Array;
  #vectorCoverage = 0;

  private constructor(
    profile: IccProfile,
    spaces: Spaces,
    shipped: ShippedProfile | null,
    options: PressOptions,
  ) {
    this.profile = profile;
    this.profileName = shipped ? SHIPPED_PROFILES[shipped].file : profile.description;
    this.condition = conditionOf(shipped ?? options.condition, profile.description);
    this.intent = options.intent ?? 'relative';
    this.inkLimit = options.inkLimit ?? null;
    this.#tablesDir = options.tablesDir;
    this.key = hashOf(profile.bytes, { intent: this.intent, inkLimit: this.inkLimit });
    this.#neutrals = options.neutrals ?? 'black';
    this.#spaces = spaces;
    this.#limiter =
      this.inkLimit === null
        ? null
        : new InkLimiter(() => InkTable.of(profile, spaces.lab), (this.inkLimit - INK_MARGIN) / 100);
    this.#vector = this.#toInks(spaces.srgb);
    const ramp = new Uint8Array(256 * 4);
    for (let k = 0; k < 256; k++) ramp[k * 4 + 3] = k;
    // For 256 colours the exact way is the quick one: no table is made for it.
    const screen = new Transform(profile, 'cmyk8', spaces.srgb, 'rgb8', 'relative', true, true).run(ramp);
    const light = Float64Array.from({ length: 256 }, (_, k) => lightOf(screen[k * 3 + 1]! / 255));
    // Black point compensation for black ink alone: solid black stands for no light at all.
    const solid = light[255]!;
    this.#lightOfK = light.map((value) => (value - solid) / (1 - solid));
  }

  /**
   * Opens a press profile: a shipped one by its condition's name, or a file.
   * @throws PrintcatError where the file cannot be read, is no profile, or is not a CMYK one, or where the ink limit
   * is not one
   */
  static async open(nameOrFile: string, options: PressOptions = {}): Promise<PressColours> {
    const { inkLimit = 400 } = options;
    if (!(inkLimit >= 100 && inkLimit <= 400)) {
      throw expected('100 to 400 %', 'the ink limit', inkLimit, 'Printers ask for 220 to 340 %.');
    }
    const shipped = Object.hasOwn(SHIPPED_PROFILES, nameOrFile) ? (nameOrFile as ShippedProfile) : null;
    const path = shipped ? packagePath('assets', 'icc', SHIPPED_PROFILES[shipped].file) : nameOrFile;
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
    if (profile.deviceClass !== 'prtr') {
      throw expected(
        'an output profile (class prtr)',
        '--profile',
        `${nameOrFile}, of class ${profile.deviceClass}`,
      );
    }
    const [srgb, lab] = await Promise.all([IccProfile.srgb(), IccProfile.lab()]);
    return new PressColours(profile, { srgb, lab }, shipped, options);
  }

  /**
   * The inks of an sRGB colour, components 0…1. Neutral ones are black ink alone, at the lightness the grey
   * has on screen (black point compensated), unless the profile is to decide; all others go through the profile.
   */
  rgb(r: number, g: number, b: number): Cmyk {
    // Paper stays free whatever a profile says.
    if (r >= 1 && g >= 1 && b >= 1) return [0, 0, 0, 0];
    return isNeutral([r, g, b]) && this.#neutrals === 'black'
      ? this.noted([0, 0, 0, this.blackFor(g)])
      : this.throughProfile(r, g, b);
  }

  /** The profile as a PDF holds it, deflated; asked for early, it is ready when it is wanted. */
  packedProfile(): Promise<Uint8Array> {
    this.#packedProfile ??= promisify(deflate)(this.profile.bytes);
    return this.#packedProfile;
  }

  /** The inks that the profile gives for an sRGB colour, neutral or not, within the ink limit. */
  throughProfile(r: number, g: number, b: number): Cmyk {
    const [red, green, blue] = [to16(r), to16(g), to16(b)];
    const key = (red * 65536 + green) * 65536 + blue;
    let inks = this.#memo.get(key);
    if (!inks) {
      this.#asked.set([red, green, blue]);
      const out = this.#limited(new Uint16Array(this.#vector.run(this.#askedBytes).buffer));
      inks = this.noted([to4(out[0]!), to4(out[1]!), to4(out[2]!), to4(out[3]!)]);
      this.#memo.set(key, inks);
    }
    return inks;
  }

  /** The most ink at one point that a colour was given by `rgb` or `throughProfile` so far, percent. */
  get vectorCoverage(): number {
    return this.#vectorCoverage;
  }

  /** Inks that are painted as they are, counted for `vectorCoverage`. */
  noted(inks: Cmyk): Cmyk {
    const percent = 100 * (inks[0] + inks[1] + inks[2] + inks[3]);
    this.#vectorCoverage = Math.max(this.#vectorCoverage, percent);
    return inks;
  }

  /** A conversion into 16-bit inks, before the ink limit. */
  #toInks(from: IccProfile): Transform {
    return new Transform(from, 'rgb16', this.profile, 'cmyk16', this.intent, true, true);
  }

  /** 16-bit inks as 0…1, brought under the limit. */
  #limited(cmyk16: Uint16Array): Float64Array {
    const inks = new Float64Array(cmyk16);
    for (let i = 0; i < inks.length; i++) inks[i]! /= 65535;
    if (this.#limiter) {
      for (let i = 0; i < inks.length; i += 4) this.#limiter.apply(inks.subarray(i, i + 4));
    }
    return inks;
  }

  /** The share of black ink, 0…1, that looks as light as the sRGB grey `value` (0 black, 1 white). */
  blackFor(value: number): number {
    const wanted = lightOf(clamp(value));
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
   * colour space straight into inks within the limit. All four inks take part, in greys too.
   * @param source the picture's ICC profile; without one, or with one that is not RGB, it is sRGB
   */
  async pictures(source: Uint8Array | null): Promise<PictureConverter> {
    return new PictureConverter(await this.pictureTable(source));
  }

  /** The table that `pictures` converts through. */
  pictureTable(source: Uint8Array | null): Promise<PictureTable> {
    const key = hashOf({ version: TABLE_VERSION }, this.key, source ?? '');
    let table = this.#pictures.get(key);
    if (!table) {
      const make = () => this.#tableFrom(source);
      table = this.#tablesDir ? keptTable(join(this.#tablesDir, key), make) : make();
      this.#pictures.set(key, table);
    }
    return table;
  }

  async #tableFrom(source: Uint8Array | null): Promise<PictureTable> {
    const own = source ? await IccProfile.fromBytes(source, "the picture's profile") : this.#spaces.srgb;
    const from = own.space === 'RGB' ? own : this.#spaces.srgb;
    const inks = this.#toInks(from).run(new Uint8Array(PictureTable.colours().buffer));
    return PictureTable.ofInks(this.#limited(new Uint16Array(inks.buffer)));
  }

  /** What a few inks look like on a screen, sRGB 0…1. */
  look(inks: Cmyk): number[] {
    // For a few colours the exact way is the quick one: no table is made for it.
    this.#toScreen ??= new Transform(
      this.profile,
      'cmyk8',
      this.#spaces.srgb,
      'rgb8',
      'relative',
      true,
      true,
    );
    return [...this.#toScreen.run(Uint8Array.from(inks, (v) => Math.round(v * 255)))].map((v) => v / 255);
  }
}
