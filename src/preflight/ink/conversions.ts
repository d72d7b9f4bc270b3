import { IccProfile, Transform } from '../../colour/lcms.ts';
import { SHIPPED_PROFILES } from '../../colour/press-colours.ts';
import { hashOf } from '../../files.ts';
import { packagePath } from '../../paths.ts';

/** Nodes on each axis of a table of inks, by the number of components. */
const NODES = { 3: 17, 4: 11 } as const;

/** From a colour space that names no inks to the four process inks, 0…1. */
export interface Conversion {
  readonly components: 3 | 4;
  /** Nodes on each axis. */
  readonly nodes: number;
  /** Inks of every node, four each, the first component varying fastest; components run over 0…1. */
  table(): Float64Array;
  /** Inks of a picture's pixels, all 8 bits a component. */
  picture(samples: Uint8Array): Uint8Array;
  /** Inks of one colour; its components over 0…1. */
  of(components: readonly number[]): readonly number[];
}

type Source = 'rgb' | 'lab' | IccProfile;

/** Samples of a source, in the form that LittleCMS takes. */
function samplesOf(source: Source, unit: readonly number[]): Uint8Array {
  if (source === 'lab') {
    const values = unit.map((v, i) => (i % 3 === 0 ? v * 100 : v * 255 - 128));
    return new Uint8Array(Float64Array.from(values).buffer);
  }
  return new Uint8Array(
    Uint16Array.from(unit, (v) => Math.round(Math.min(1, Math.max(0, v)) * 65535)).buffer,
  );
}

/**
 * Converts colours of objects that name no inks (RGB, Lab, ICC) as a press's program would: through the file's
 * output intent, relative colorimetric with black point compensation.
 */
export class Conversions {
  /** What stands in for a missing output intent; `null` where the file has one. */
  readonly assumed: string | null;
  readonly #output: IccProfile;
  readonly #outputKey: string;
  readonly #spaces: { srgb: IccProfile; lab: IccProfile };
  readonly #profiles = new Map<string, IccProfile | null>();
  readonly #pending = new Map<string, Uint8Array>();
  readonly #made = new Map<string, Conversion>();

  private constructor(
    output: IccProfile,
    spaces: { srgb: IccProfile; lab: IccProfile },
    assumed: string | null,
  ) {
    this.#output = output;
    this.#outputKey = hashOf(output.bytes);
    this.#spaces = spaces;
    this.assumed = assumed;
  }

  /** @param profile the output intent's profile, where the file has one */
  static async open(profile: Uint8Array | null): Promise<Conversions> {
    const spaces = { srgb: await IccProfile.srgb(), lab: await IccProfile.lab() };
    const own = profile && (await IccProfile.fromBytes(profile, 'the output intent').catch(() => null));
    if (own?.space === 'CMYK') return new Conversions(own, spaces, null);
    const { readFile } = await import('node:fs/promises');
    const { file } = SHIPPED_PROFILES.FOGRA39;
    const bytes = await readFile(packagePath('assets', 'icc', file));
    return new Conversions(await IccProfile.fromBytes(bytes, file), spaces, 'FOGRA39');
  }

  /** From `DeviceRGB` and `CalRGB`, taken as sRGB, or from `Lab`. */
  plain(source: 'rgb' | 'lab'): Conversion {
    return this.#conversion(source, source);
  }

  /**
   * From a profile's space.
   * @returns `same` for the output's own profile, `unusable` for what is no RGB or CMYK profile, `pending` for one
   *   that `settle` must open first
   */
  icc(bytes: Uint8Array): Conversion | 'same' | 'unusable' | 'pending' {
    const key = hashOf(bytes);
    if (key === this.#outputKey) return 'same';
    const profile = this.#profiles.get(key);
    if (profile === undefined) {
      this.#pending.set(key, bytes);
      return 'pending';
    }
    if (!profile || !['RGB', 'CMYK'].includes(profile.space)) return 'unusable';
    return this.#conversion(key, profile);
  }

  /** Opens what was asked for. @returns whether there was something to open */
  async settle(): Promise<boolean> {
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const [key, bytes] of pending) {
      this.#profiles.set(key, await IccProfile.fromBytes(bytes, 'a profile of the file').catch(() => null));
    }
    return pending.length > 0;
  }

  #conversion(key: string, source: Source): Conversion {
    const known = this.#made.get(key);
    if (known) return known;
    const [profile, format] = this.#from(source);
    const transform = new Transform(profile, format, this.#output, 'cmyk16', 'relative', true);
    const run = (unit: readonly number[]) =>
      Float64Array.from(new Uint16Array(transform.run(samplesOf(source, unit)).buffer), (v) => v / 65535);
    const components = format === 'cmyk16' ? 4 : 3;
    const nodes = NODES[components];
    let table: Float64Array | undefined;
    const memo = new Map<string, readonly number[]>();
    const made: Conversion = {
      components,
      nodes,
      table() {
        table ??= run(grid(components, nodes));
        return table;
      },
      picture(samples) {
        const wide = new Uint16Array(samples.length);
        for (let i = 0; i < wide.length; i++) wide[i] = samples[i]! * 257;
        const inks = new Uint16Array(transform.run(new Uint8Array(wide.buffer)).buffer);
        const narrow = new Uint8Array(inks.length);
        // The array drops what is behind the point; Math.round takes three times as long.
        for (let i = 0; i < narrow.length; i++) narrow[i] = inks[i]! / 257 + 0.5;
        return narrow;
      },
      of(unit) {
        const name = unit.join(' ');
        const inks = memo.get(name) ?? [...run(unit)];
        if (memo.size < 10_000) memo.set(name, inks);
        return inks;
      },
    };
    this.#made.set(key, made);
    return made;
  }

  #from(source: Source): [IccProfile, 'rgb16' | 'lab' | 'cmyk16'] {
    if (source === 'rgb') return [this.#spaces.srgb, 'rgb16'];
    if (source === 'lab') return [this.#spaces.lab, 'lab'];
    if (source.space === 'CMYK') return [source, 'cmyk16'];
    return [source, 'rgb16'];
  }
}

/** Every node of a cube, components one by one, the first varying fastest. */
function grid(components: number, nodes: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < nodes ** components; i++) {
    for (let axis = 0; axis < components; axis++) {
      values.push((Math.floor(i / nodes ** axis) % nodes) / (nodes - 1));
    }
  }
  return values;
}
