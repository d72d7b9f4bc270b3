import { deltaE2000, type Lab } from './delta-e.ts';
import { IccProfile, Transform } from './lcms.ts';

/** Colours further than this from what the press makes of them are out of its gamut, ΔE2000: seen side by side. */
export const OUT_OF_GAMUT = 3;
/** From here on a colour is another one: the strongest mark, ΔE2000. */
export const FAR_OUT = 12;

/** Nodes along each of red, green and blue. */
const SIDE = 33;
const STEP = 255 / (SIDE - 1);

/**
 * How far each sRGB colour is from what a press makes of it (relative colorimetric with black point compensation,
 * whatever intent the order has), both as CIE L*a*b* relative to their whites, their blacks made one. Less what the
 * profile's tables are off by themselves, in pale tints up to 3: how far a colour that is printed already comes back
 * from another conversion, as LittleCMS tells the two apart in its own gamut check.
 */
export class Gamut {
  readonly #distance: Float32Array;

  private constructor(distance: Float32Array) {
    this.#distance = distance;
  }

  /** @param profile the press profile's bytes */
  static async of(profile: Uint8Array): Promise<Gamut> {
    const [press, srgb, lab] = await Promise.all([
      IccProfile.fromBytes(profile, 'the press profile'),
      IccProfile.srgb(),
      IccProfile.lab(),
    ]);
    const rgb = new Uint16Array(SIDE ** 3 * 3);
    for (let node = 0; node < SIDE ** 3; node++) {
      const at = [Math.floor(node / SIDE ** 2), Math.floor(node / SIDE) % SIDE, node % SIDE];
      for (let c = 0; c < 3; c++) rgb[3 * node + c] = Math.round(at[c]! * STEP * 257);
    }
    const nodes = new Uint8Array(rgb.buffer);
    const labOf = (inks: Uint8Array) =>
      new Transform(press, 'cmyk16', lab, 'lab', 'relative', true, true).run(inks);
    const inksOf = (colours: Uint8Array) =>
      new Transform(lab, 'lab', press, 'cmyk16', 'relative', true, true).run(colours);
    const wanted = new Transform(srgb, 'rgb16', lab, 'lab', 'relative', true, true).run(nodes);
    const printed = labOf(inksOf(wanted));
    const again = labOf(inksOf(printed));
    const off = distances(wanted, printed);
    const tables = distances(printed, again);
    return new Gamut(off.map((distance, node) => Math.max(0, distance - tables[node]!)));
  }

  /**
   * How far colours are out of reach, ΔE2000.
   * @param rgb sRGB, three bytes a pixel
   * @param distance receives one number a pixel, in quarters, at most 255
   */
  measure(rgb: Uint8Array, distance: Uint8Array): void {
    const table = this.#distance;
    for (let pixel = 0, at = 0; pixel < distance.length; pixel++, at += 3) {
      let base = 0;
      const part = [0, 0, 0];
      for (let c = 0; c < 3; c++) {
        const place = rgb[at + c]! / STEP;
        const cell = Math.min(SIDE - 2, Math.floor(place));
        part[c] = place - cell;
        base = base * SIDE + cell;
      }
      const [r, g, b] = part as [number, number, number];
      const along = (from: number): number => table[from]! * (1 - b) + table[from + 1]! * b;
      const across = (from: number): number => along(from) * (1 - g) + along(from + SIDE) * g;
      const found = across(base) * (1 - r) + across(base + SIDE * SIDE) * r;
      distance[pixel] = Math.min(255, Math.round(found * QUARTERS));
    }
  }
}

/** Steps of a measured distance: one unit of ΔE2000 is four of them. */
export const QUARTERS = 4;

/** ΔE2000 between two lists of colours, three doubles each. */
function distances(one: Uint8Array, other: Uint8Array): Float32Array {
  const [a, b] = [new Float64Array(one.buffer), new Float64Array(other.buffer)];
  const at = (all: Float64Array, i: number): Lab => [all[3 * i]!, all[3 * i + 1]!, all[3 * i + 2]!];
  return Float32Array.from({ length: a.length / 3 }, (_, i) => deltaE2000(at(a, i), at(b, i)));
}
