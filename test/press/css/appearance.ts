import { readFile } from 'node:fs/promises';
import { deltaE2000 } from '../../../src/colour/delta-e.ts';
import { IccProfile, Transform } from '../../../src/colour/lcms.ts';
import { plates } from '../../judges/plates.ts';
import { labOfSrgb } from './lab.ts';

/** Pages are compared at this resolution, px per inch. */
export const DPI = 150;
/** They are drawn this much finer: Ghostscript does not anti-alias. */
const FINER = 3;
/** Pages are drawn at this resolution, px per inch. */
export const DRAWN_DPI = DPI * FINER;

/** Interleaved 8-bit samples, row by row from the top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The press as one looks at it: inks to sRGB through its profile, and what of sRGB it can show. */
export class PressEye {
  readonly #toInks: Transform;
  readonly #toScreen: Transform;
  /** For each sRGB grey the sRGB of the black ink alone that is as light, relative to solid black. */
  readonly #greys: Uint8Array;

  private constructor(toInks: Transform, toScreen: Transform) {
    this.#toInks = toInks;
    this.#toScreen = toScreen;
    this.#greys = greysOf(toScreen);
  }

  static async open(profilePath: string): Promise<PressEye> {
    const press = await IccProfile.fromBytes(await readFile(profilePath), profilePath);
    const srgb = await IccProfile.srgb();
    return new PressEye(
      new Transform(srgb, 'rgb8', press, 'cmyk8', 'relative', true),
      new Transform(press, 'cmyk8', srgb, 'rgb8', 'relative', true),
    );
  }

  /** What is on plates drawn at `DRAWN_DPI`, as sRGB at `DPI`. */
  inks({ width, height, data }: Raster): Raster {
    return reduced({ width, height, data: this.#toScreen.run(data) }, FINER);
  }

  /**
   * What the press can show of a screen picture drawn at `DRAWN_DPI`; neutral pixels become black ink alone, as the
   * program does.
   */
  screen({ width, height, data }: Raster): Raster {
    const shown = this.#toScreen.run(this.#toInks.run(data));
    for (let i = 0; i < data.length; i += 3) {
      const g = data[i + 1]!;
      if (data[i] === g && data[i + 2] === g) shown.set(this.#greys.subarray(3 * g, 3 * g + 3), i);
    }
    return reduced({ width, height, data: shown }, FINER);
  }
}

function greysOf(toScreen: Transform): Uint8Array {
  const ramp = new Uint8Array(256 * 4);
  for (let k = 0; k < 256; k++) ramp[4 * k + 3] = k;
  const shown = toScreen.run(ramp);
  const light = (v: number) => (v <= 10.31 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const solid = light(shown[3 * 255 + 1]!);
  const greys = new Uint8Array(256 * 3);
  for (let value = 0; value < 256; value++) {
    let best = 0;
    for (let k = 1; k < 256; k++) {
      const off = (i: number) => Math.abs((light(shown[3 * i + 1]!) - solid) / (1 - solid) - light(value));
      if (off(k) < off(best)) best = k;
    }
    greys.set(shown.subarray(3 * best, 3 * best + 3), 3 * value);
  }
  return greys;
}

/** A page's inks as Ghostscript separates them. */
export async function drawnByGhostscript(pdf: string): Promise<Raster> {
  const { width, height, C, M, Y, K } = await plates(pdf, { dpi: DRAWN_DPI, middles: true });
  const data = new Uint8Array(width * height * 4);
  for (const [ink, plate] of [C, M, Y, K].entries()) {
    for (let i = 0; i < plate.length; i++) data[4 * i + ink] = plate[i]!;
  }
  return { width, height, data };
}

/** Averages squares of `scale` × `scale` pixels: of light, so after the inks have become colours. */
export function reduced({ width, height, data }: Raster, scale: number): Raster {
  const [w, h] = [Math.floor(width / scale), Math.floor(height / scale)];
  const sums = new Uint32Array(w * h * 3);
  for (let y = 0; y < h * scale; y++) {
    const row = Math.floor(y / scale) * w * 3;
    for (let x = 0; x < w * scale; x++) {
      const to = row + Math.floor(x / scale) * 3;
      const from = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) sums[to + c]! += data[from + c]!;
    }
  }
  return { width: w, height: h, data: Uint8Array.from(sums, (sum) => Math.round(sum / (scale * scale))) };
}

/** A blur of [1 2 1] each way: an edge may lie half a pixel aside. */
function blurred({ width, height, data }: Raster): Float32Array {
  const blur = (from: ArrayLike<number>, step: number): Float32Array => {
    const out = new Float32Array(from.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = step === 3 ? x : y;
        const last = step === 3 ? width - 1 : height - 1;
        for (let i = (y * width + x) * 3, end = i + 3; i < end; i++) {
          const before = from[at > 0 ? i - step : i]!;
          const after = from[at < last ? i + step : i]!;
          out[i] = (before + 2 * from[i]! + after) / 4;
        }
      }
    }
    return out;
  };
  return blur(blur(data, 3), 3 * width);
}

export interface Difference {
  /** Mean CIEDE2000 of the pixels that either shows painted. */
  readonly mean: number;
  readonly p99: number;
  /** Share of the page that is painted, 0…1. */
  readonly painted: number;
}

const isPainted = (data: Float32Array, pixel: number): boolean =>
  data[3 * pixel]! <= 250 || data[3 * pixel + 1]! <= 250 || data[3 * pixel + 2]! <= 250;

type Lab = readonly [number, number, number];

/**
 * How far two pages of the same size (sRGB) differ where either is not white. An edge may lie a pixel aside
 * (0.17 mm): a pixel is compared with the most alike of the nine around its place, in both directions, so that
 * what only one of the two shows is found.
 */
export function difference(a: Raster, b: Raster): Difference {
  if (a.width !== b.width || a.height !== b.height) throw new Error('The pages differ in size');
  const [one, two] = [a, b].map((page) => {
    const data = blurred(page);
    const labs: Lab[] = [];
    for (let i = 0; i < data.length; i += 3) labs.push(labOfSrgb(data[i]!, data[i + 1]!, data[i + 2]!));
    return { data, labs };
  }) as [{ data: Float32Array; labs: Lab[] }, { data: Float32Array; labs: Lab[] }];
  const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => dy * a.width + dx));
  const nearest = (lab: Lab, others: readonly Lab[], at: number): number => {
    let best = deltaE2000(lab, others[at]!);
    for (const step of best > 1 ? around : []) {
      const other = others[at + step];
      if (other) best = Math.min(best, deltaE2000(lab, other));
    }
    return best;
  };
  const found: number[] = [];
  for (let i = 0; i < one.labs.length; i++) {
    if (!isPainted(one.data, i) && !isPainted(two.data, i)) continue;
    found.push(Math.max(nearest(one.labs[i]!, two.labs, i), nearest(two.labs[i]!, one.labs, i)));
  }
  found.sort((x, y) => x - y);
  return {
    mean: found.reduce((sum, v) => sum + v, 0) / Math.max(1, found.length),
    p99: found[Math.floor(found.length * 0.99)] ?? 0,
    painted: found.length / one.labs.length,
  };
}
