import type { Patch, Raster } from './raster.ts';

/** A picture's colours, and how opaque they are where some are not. */
export interface Layers {
  readonly colour: Patch;
  readonly alpha: Patch | null;
}

/**
 * Takes colours and alpha apart so that each can be resampled by itself. Where a pixel is wholly transparent its
 * colour means nothing, so the colours around it spread into it: no dark or white fringe can come from there.
 */
export function separateAlpha(patch: Patch): Layers {
  if (patch.channels !== 4) return { colour: patch, alpha: null };
  const { data, width, height } = patch;
  const count = width * height;
  const rgb = new Uint8ClampedArray(count * 3);
  const alpha = new Uint8ClampedArray(count);
  let opaque = true;
  for (let i = 0; i < count; i++) {
    rgb[i * 3] = data[i * 4]!;
    rgb[i * 3 + 1] = data[i * 4 + 1]!;
    rgb[i * 3 + 2] = data[i * 4 + 2]!;
    const a = data[i * 4 + 3]!;
    alpha[i] = a;
    if (a !== 255) opaque = false;
  }
  const colour: Patch = { ...patch, data: rgb, channels: 3 };
  if (opaque) return { colour, alpha: null };
  spread(rgb, alpha, width, height);
  return { colour, alpha: { ...patch, data: alpha, channels: 1 } };
}

/** Puts colours and alpha together again. */
export function joinAlpha(colour: Raster, alpha: Raster): Raster {
  const count = colour.width * colour.height;
  const data = new Uint8ClampedArray(count * 4);
  for (let i = 0; i < count; i++) {
    data[i * 4] = colour.data[i * 3]!;
    data[i * 4 + 1] = colour.data[i * 3 + 1]!;
    data[i * 4 + 2] = colour.data[i * 3 + 2]!;
    data[i * 4 + 3] = alpha.data[i]!;
  }
  return { data, width: colour.width, height: colour.height, channels: 4 };
}

/** One level of the pyramid: sums of colour × weight and of weights. */
interface Level {
  readonly sums: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Gives every wholly transparent pixel the mean colour of the visible ones nearest to it, found in a pyramid of
 * halved pictures (pull–push: Gortler et al., "The Lumigraph", 1996).
 */
function spread(rgb: Uint8ClampedArray, alpha: Uint8ClampedArray, width: number, height: number): void {
  const base: Level = { sums: new Float32Array(width * height * 4), width, height };
  for (let i = 0; i < alpha.length; i++) {
    const weight = alpha[i]! / 255;
    for (let c = 0; c < 3; c++) base.sums[i * 4 + c] = rgb[i * 3 + c]! * weight;
    base.sums[i * 4 + 3] = weight;
  }
  const levels = [base];
  for (let level = base; level.width > 1 || level.height > 1; ) {
    level = halve(level);
    levels.push(level);
  }
  // From coarse to fine: where a level knows nothing it takes the colour of the level above it.
  for (let l = levels.length - 2; l >= 0; l--) {
    const fine = levels[l]!;
    const coarse = levels[l + 1]!;
    for (let y = 0; y < fine.height; y++) {
      for (let x = 0; x < fine.width; x++) {
        const to = (y * fine.width + x) * 4;
        if (fine.sums[to + 3]! > 0) continue;
        const from = ((y >> 1) * coarse.width + (x >> 1)) * 4;
        for (let c = 0; c < 4; c++) fine.sums[to + c] = coarse.sums[from + c]!;
      }
    }
  }
  for (let i = 0; i < alpha.length; i++) {
    const weight = base.sums[i * 4 + 3]!;
    if (alpha[i] !== 0 || weight === 0) continue;
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = base.sums[i * 4 + c]! / weight;
  }
}

function halve({ sums, width, height }: Level): Level {
  const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const halved = new Float32Array(half.width * half.height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = ((y >> 1) * half.width + (x >> 1)) * 4;
      for (let c = 0; c < 4; c++) halved[to + c]! += sums[(y * width + x) * 4 + c]!;
    }
  }
  return { sums: halved, ...half };
}
