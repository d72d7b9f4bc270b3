import type { Raster } from '../artwork/raster.ts';
import { expected } from '../errors.ts';
import { blurred, type Field } from './blur.ts';
import { cheapestCut } from './min-cut.ts';
import { CYCLIC_UP_TO, type SeamScore } from './seam.ts';
import { transposed } from './transposed.ts';

/** The share of a picture's width that its two ends are laid over each other: it becomes so much smaller. */
const OVERLAP = 1 / 6;
/** Below, there is no room for a cut. */
const LEAST_PX = 32;
/** The cut keeps this share of the overlap away from its ends, where only one of both pictures goes on. */
const CLEAR = 0.15;
/** Standard deviations that part the picture into bands, as shares of the overlap, from fine to coarse. */
const BANDS = [0.012, 0.04, 0.12] as const;

/**
 * Makes a picture that joins its own copies. Its ends are laid over each other and cut apart again where they differ
 * least; along the cut fine detail changes at once and coarser forms over a longer way (P. J. Burt and E. H. Adelson,
 * "A Multiresolution Spline", 1983), the lightness of the whole over all of the overlap: nothing is seen twice. The
 * middle stays as it is; the picture becomes a sixth smaller in each direction in which it was not cyclic. Its mean
 * colour is kept, or nearly so where the ends that are lost weighed much.
 * @param score of the picture (`seamScore`): a direction that is cyclic is left alone
 * @throws PrintcatError for a picture below 32 px
 */
export function makeCyclic(raster: Raster, score: SeamScore): Raster {
  if (Math.min(raster.width, raster.height) < LEAST_PX) {
    throw expected(
      `at least ${LEAST_PX} px each way`,
      'a picture that is to be cyclic',
      `${raster.width} × ${raster.height}`,
    );
  }
  let made = raster;
  if (score.across > CYCLIC_UP_TO) made = joined(made, false);
  // What now goes on over the sides must not be broken by the second cut: it closes.
  if (score.down > CYCLIC_UP_TO) made = transposed(joined(transposed(made), true));
  return made === raster ? raster : withMeanOf(raster, made);
}

/** A part of the picture's columns as floats, colours times alpha. */
function columnsAsField({ data, width, height, channels }: Raster, left: number, count: number): Field {
  const field = new Float32Array(count * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < count; x++) {
      const from = (y * width + left + x) * channels;
      const alpha = channels === 4 ? data[from + 3]! / 255 : 1;
      const to = (y * count + x) * 4;
      for (let c = 0; c < 3; c++) field[to + c] = data[from + c]! * alpha;
      field[to + 3] = 255 * alpha;
    }
  }
  return { data: field, width: count, height, channels: 4 };
}

const minus = (a: Field, b: Field): Field => ({ ...a, data: a.data.map((value, i) => value - b.data[i]!) });

/** Joins the right end of a picture to its left one. */
function joined(raster: Raster, closed: boolean): Raster {
  const { width, height, channels } = raster;
  const overlap = Math.round(width * OVERLAP);
  const coarsest = BANDS.at(-1)! * overlap;
  const ends = [
    columnsAsField(raster, width - overlap, overlap),
    columnsAsField(raster, 0, overlap),
  ] as const;
  const coarse = ends.map((end) => blurred(end, coarsest, closed)) as [Field, Field];
  const cut = cutBetween(minus(ends[0], coarse[0]), minus(ends[1], coarse[1]), closed);
  const seam = blended(ends, cut, closed);
  const size = width - overlap;
  const out = new Uint8Array(size * height * channels);
  // The overlap comes to lie over the edge, half of it on either side: what was in the middle stays there.
  const start = overlap >> 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < size; x++) {
      const to = (y * size + x) * channels;
      const from = (x + start) % size;
      if (from >= overlap) {
        const at = (y * width + from) * channels;
        for (let c = 0; c < channels; c++) out[to + c] = raster.data[at + c]!;
        continue;
      }
      const at = (y * overlap + from) * 4;
      // The bands may overshoot: colours by as much as the alpha that they are to be freed of.
      const alpha = seam[at + 3]!;
      const scale = alpha > 0 ? 255 / alpha : 0;
      for (let c = 0; c < 3; c++) out[to + c] = Math.min(255, Math.max(0, Math.round(seam[at + c]! * scale)));
      if (channels === 4) out[to + 3] = Math.min(255, Math.max(0, Math.round(alpha)));
    }
  }
  return { data: out, width: size, height, channels };
}

/** Between two pixels, alpha included. */
function distance(one: Float32Array, i: number, other: Float32Array, j: number): number {
  let sum = 0;
  for (let c = 0; c < 4; c++) sum += (one[i + c]! - other[j + c]!) ** 2;
  return Math.sqrt(sum);
}

/**
 * Where to change from one end to the other: where both are alike, or at least busy (V. Kwatra et al., "Graphcut
 * Textures", SIGGRAPH 2003, equation 5: the difference over the gradients).
 */
function cutBetween(a: Field, b: Field, closed: boolean): Int32Array {
  const { width, height } = a;
  const differs = (i: number) => distance(a.data, i * 4, b.data, i * 4);
  const gradient = ({ data }: Field, i: number) => distance(data, i * 4, data, i * 4 + 4);
  const costs = new Float32Array(width * height).fill(1e6);
  const clear = Math.round(width * CLEAR);
  for (let y = 0; y < height; y++) {
    for (let x = clear; x < width - clear; x++) {
      const i = y * width + x;
      costs[i] = (differs(i) + differs(i + 1)) / (8 + gradient(a, i) + gradient(b, i));
    }
  }
  return cheapestCut({ costs, width, height }, closed);
}

/** Both ends put together along the cut, band by band. */
function blended([a, b]: readonly [Field, Field], cut: Int32Array, closed: boolean): Float32Array {
  const { width, height } = a;
  let mask: Field = { data: new Float32Array(width * height), width, height, channels: 1 };
  for (let y = 0; y < height; y++) mask.data.fill(1, y * width, y * width + cut[y]! + 1);
  const sharp = mask;
  const out = new Float32Array(a.data.length);
  const add = (one: Field, other: Field, weight: (pixel: number) => number) => {
    for (let i = 0; i < out.length; i++) {
      const w = weight(i >> 2);
      out[i]! += one.data[i]! * w + other.data[i]! * (1 - w);
    }
  };
  let rest = [a, b] as const;
  for (const band of BANDS) {
    const sigma = Math.max(0.7, band * width);
    const coarser = [blurred(rest[0], sigma, closed), blurred(rest[1], sigma, closed)] as const;
    // A band's forms are about as large as the blur that parted it from the finer ones.
    const weights = mask.data;
    add(minus(rest[0], coarser[0]), minus(rest[1], coarser[1]), (pixel) => weights[pixel]!);
    rest = coarser;
    mask = blurred(sharp, sigma, closed);
  }
  add(rest[0], rest[1], (pixel) => {
    const t = ((pixel % width) + 0.5) / width;
    return 1 - t * t * (3 - 2 * t);
  });
  return out;
}

/** The mean of each colour, 0…255, weighted by alpha. */
function meanColour({ data, channels }: Raster): [number, number, number] {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += channels) {
    const alpha = channels === 4 ? data[i + 3]! / 255 : 1;
    for (let c = 0; c < 3; c++) sum[c]! += data[i + c]! * alpha;
    sum[3]! += alpha;
  }
  return [0, 1, 2].map((c) => (sum[3]! > 0 ? sum[c]! / sum[3]! : 0)) as [number, number, number];
}

/** The middle tones move by at most four levels, which nobody sees; ends that are lost may have weighed more. */
const MOST = (4 * 4) / 255;

/** Bends the colours so that their mean is the original's, or nearer to it; black stays black and white white. */
function withMeanOf(original: Raster, made: Raster): Raster {
  const wanted = meanColour(original);
  const { data, channels } = made;
  const out = Uint8Array.from(data);
  for (const [c, own] of meanColour(made).entries()) {
    const bend = Float64Array.from({ length: 256 }, (_, v) => (v * (255 - v)) / 255);
    let weight = 0;
    let count = 0;
    for (let i = 0; i < data.length; i += channels) {
      const alpha = channels === 4 ? data[i + 3]! / 255 : 1;
      weight += bend[data[i + c]!]! * alpha;
      count += alpha;
    }
    if (weight === 0) continue;
    const strength = Math.min(MOST, Math.max(-MOST, ((wanted[c]! - own) * count) / weight));
    for (let i = c; i < data.length; i += channels)
      out[i] = Math.round(data[i]! + strength * bend[data[i]!]!);
  }
  return { ...made, data: out };
}
