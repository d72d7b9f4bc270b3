import { columnsOf, type Patch, type Raster, type Region, rowsOf } from './raster.ts';

/**
 * Where the pixels of a resampled picture lie on its source: pixel `i` covers the source from `x + i * stepX` to
 * `x + (i + 1) * stepX`, in source pixels, which need not be whole.
 */
export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Lobes of the Lanczos kernel: 3, the usual compromise between sharpness and ringing. */
const LOBES = 3;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (x: number): number => (Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0);

/** The weights with which source pixels `first`, `first + 1`, … make one pixel. */
interface Taps {
  readonly first: number;
  readonly weights: Float32Array;
}

/** The kernel, widened where the picture is reduced so that every source pixel counts. */
function tapsOf(origin: number, step: number, index: number): Taps {
  const widened = Math.max(1, step);
  const centre = origin + (index + 0.5) * step - 0.5;
  const first = Math.ceil(centre - LOBES * widened);
  const last = Math.floor(centre + LOBES * widened);
  const weights = Float64Array.from({ length: last - first + 1 }, (_, i) =>
    lanczos((first + i - centre) / widened),
  );
  const sum = weights.reduce((a, b) => a + b);
  return { first, weights: Float32Array.from(weights, (w) => w / sum) };
}

const tapsFor = (origin: number, step: number, start: number, count: number): Taps[] =>
  Array.from({ length: count }, (_, i) => tapsOf(origin, step, start + i));

const end = ({ first, weights }: Taps): number => first + weights.length;

/** The source pixels that the pixels of `region` are made of; they may lie beyond the picture's edges. */
export function resampleNeeds(grid: Grid, region: Region): Region {
  const left = tapsOf(grid.x, grid.stepX, region.left).first;
  const top = tapsOf(grid.y, grid.stepY, region.top).first;
  return {
    left,
    top,
    width: end(tapsOf(grid.x, grid.stepX, region.left + region.width - 1)) - left,
    height: end(tapsOf(grid.y, grid.stepY, region.top + region.height - 1)) - top,
  };
}

/**
 * Resamples with a Lanczos kernel, for enlarging as for reducing, onto a grid that may lie anywhere on the source:
 * edges land where they belong to a fraction of a pixel. Written out because libvips (8.18, through sharp 0.35)
 * enlarges with a cubic whatever kernel is named, and crops by whole pixels only. Values are mixed as they are
 * encoded, as image programs do by default.
 * @param patch holds at least the pixels that `resampleNeeds` names (mirrored at the picture's edges)
 * @param grid where the result's pixels lie on the source
 * @param region which of the grid's pixels to make
 */
export function resample(patch: Patch, grid: Grid, region: Region): Patch {
  const { data: source, channels } = patch;
  const across = tapsFor(grid.x, grid.stepX, region.left, region.width);
  const down = tapsFor(grid.y, grid.stepY, region.top, region.height);
  const { left, top, width: neededWidth, height: neededHeight } = resampleNeeds(grid, region);
  const columns = columnsOf(patch, left, neededWidth);
  const rows = rowsOf(patch, top, neededHeight);
  const stride = patch.width * channels;
  // Row by row, first down and then across: nothing but the result is ever held whole.
  const mixed = new Float32Array(stride);
  const line = new Float32Array(neededWidth * channels);
  const out = new Uint8ClampedArray(region.width * region.height * channels);
  let at = 0;
  for (const taps of down) {
    mixDown(source, taps, rows.subarray(taps.first - top), mixed);
    for (let i = 0; i < neededWidth; i++) {
      const from = columns[i]! * channels;
      for (let c = 0; c < channels; c++) line[i * channels + c] = mixed[from + c]!;
    }
    at = mixAcross(line, across, left, channels, out, at);
  }
  return { ...region, data: out, channels, bounds: null };
}

/** Mixes one line out of several rows, four at a time: that is twice as fast as one by one. */
function mixDown(source: Raster['data'], { weights }: Taps, rows: Int32Array, mixed: Float32Array): void {
  mixed.fill(0);
  const stride = mixed.length;
  const last = weights.length - 1;
  for (let j = 0; j <= last; j += 4) {
    const w0 = weights[j]!;
    const w1 = weights[j + 1] ?? 0;
    const w2 = weights[j + 2] ?? 0;
    const w3 = weights[j + 3] ?? 0;
    const o0 = rows[j]! * stride;
    const o1 = rows[Math.min(j + 1, last)]! * stride;
    const o2 = rows[Math.min(j + 2, last)]! * stride;
    const o3 = rows[Math.min(j + 3, last)]! * stride;
    for (let i = 0; i < stride; i++) {
      mixed[i]! += w0 * source[o0 + i]! + w1 * source[o1 + i]! + w2 * source[o2 + i]! + w3 * source[o3 + i]!;
    }
  }
}

/** Mixes one line's pixels into the result from `at` on. @returns where the next line begins */
function mixAcross(
  line: Float32Array,
  across: readonly Taps[],
  left: number,
  channels: number,
  out: Uint8ClampedArray,
  at: number,
): number {
  if (channels === 3) {
    for (const { first, weights } of across) {
      let from = (first - left) * 3;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let j = 0; j < weights.length; j++, from += 3) {
        const weight = weights[j]!;
        r += weight * line[from]!;
        g += weight * line[from + 1]!;
        b += weight * line[from + 2]!;
      }
      out[at] = r;
      out[at + 1] = g;
      out[at + 2] = b;
      at += 3;
    }
    return at;
  }
  for (const { first, weights } of across) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let j = 0; j < weights.length; j++) sum += weights[j]! * line[(first - left + j) * channels + c]!;
      out[at++] = sum;
    }
  }
  return at;
}
