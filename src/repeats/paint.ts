import type { Raster, Region } from '../artwork/raster.ts';

/** Rows of the picture that is being made: RGB, or RGB with alpha (not premultiplied). */
export interface Strip extends Region {
  readonly data: Uint8Array;
  readonly channels: 3 | 4;
}

/** Lays one colour over a pixel: source-over in sRGB's own encoding, as design programs do (PDF 32000-1, 11.3.6). */
export function over(
  { data, channels }: Strip,
  at: number,
  r: number,
  g: number,
  b: number,
  alpha: number,
): void {
  if (alpha <= 0) return;
  const below = channels === 4 ? data[at + 3]! / 255 : 1;
  const union = alpha + below * (1 - alpha);
  const share = alpha / union;
  data[at] = Math.round(data[at]! + (r - data[at]!) * share);
  data[at + 1] = Math.round(data[at + 1]! + (g - data[at + 1]!) * share);
  data[at + 2] = Math.round(data[at + 2]! + (b - data[at + 2]!) * share);
  if (channels === 4) data[at + 3] = Math.round(union * 255);
}

/** Lays the part of a picture that meets the strip over it, pixel on pixel. */
export function paintUpright(
  strip: Strip,
  { data, width, height, channels }: Raster,
  left: number,
  top: number,
): void {
  const firstRow = Math.max(strip.top, top);
  const lastRow = Math.min(strip.top + strip.height, top + height);
  const first = Math.max(strip.left, left);
  const last = Math.min(strip.left + strip.width, left + width);
  if (first >= last) return;
  for (let y = firstRow; y < lastRow; y++) {
    let from = ((y - top) * width + first - left) * channels;
    let at = ((y - strip.top) * strip.width + first - strip.left) * strip.channels;
    if (channels === 3 && strip.channels === 3) {
      strip.data.set(data.subarray(from, from + (last - first) * 3), at);
      continue;
    }
    for (let x = first; x < last; x++, from += channels, at += strip.channels) {
      const alpha = channels === 4 ? data[from + 3]! / 255 : 1;
      over(strip, at, data[from]!, data[from + 1]!, data[from + 2]!, alpha);
    }
  }
}

/** A picture's place when it is turned: its middle and size, px of the whole; clockwise. */
export interface Turned {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly degrees: number;
  readonly flipX: boolean;
  readonly flipY: boolean;
}

/**
 * Lays the part of a turned picture that meets the strip over it. Each pixel is the mean of as many samples as it has
 * source pixels, two each way at least, so edges are smooth; colours are weighted by their alpha.
 * @param picture at least as large as it is painted, best about twice
 */
export function paintTurned(strip: Strip, picture: Raster, place: Turned): void {
  const { x, y, width, height, degrees } = place;
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const reachX = (Math.abs(cos) * width + Math.abs(sin) * height) / 2;
  const reachY = (Math.abs(sin) * width + Math.abs(cos) * height) / 2;
  const samples = Math.max(2, Math.ceil(Math.max(picture.width / width, picture.height / height)));
  const first = Math.max(strip.left, Math.floor(x - reachX));
  const last = Math.min(strip.left + strip.width, Math.ceil(x + reachX));
  const lastRow = Math.min(strip.top + strip.height, Math.ceil(y + reachY));
  const [scaleX, scaleY] = [
    (picture.width / width) * (place.flipX ? -1 : 1),
    (picture.height / height) * (place.flipY ? -1 : 1),
  ];
  const sum = new Float64Array(4);
  for (let row = Math.max(strip.top, Math.floor(y - reachY)); row < lastRow; row++) {
    for (let column = first; column < last; column++) {
      sum.fill(0);
      for (let i = 0; i < samples * samples; i++) {
        const dx = column + ((i % samples) + 0.5) / samples - x;
        const dy = row + (Math.floor(i / samples) + 0.5) / samples - y;
        const u = (dx * cos + dy * sin) * scaleX + picture.width / 2;
        const v = (dy * cos - dx * sin) * scaleY + picture.height / 2;
        if (u >= 0 && v >= 0 && u < picture.width && v < picture.height)
          addSample(picture, u - 0.5, v - 0.5, sum);
      }
      const alpha = sum[3]! / (samples * samples);
      if (alpha === 0) continue;
      const at = ((row - strip.top) * strip.width + column - strip.left) * strip.channels;
      over(strip, at, sum[0]! / sum[3]!, sum[1]! / sum[3]!, sum[2]! / sum[3]!, alpha);
    }
  }
}

/** Adds the picture's colour between four of its pixels, times its alpha, and the alpha, 0…1. */
function addSample({ data, width, height, channels }: Raster, u: number, v: number, sum: Float64Array): void {
  const [x0, y0] = [Math.floor(u), Math.floor(v)];
  for (let j = 0; j < 2; j++) {
    const row = Math.min(height - 1, Math.max(0, y0 + j));
    const weightY = j === 0 ? 1 - (v - y0) : v - y0;
    for (let i = 0; i < 2; i++) {
      const column = Math.min(width - 1, Math.max(0, x0 + i));
      const at = (row * width + column) * channels;
      const weight = weightY * (i === 0 ? 1 - (u - x0) : u - x0) * (channels === 4 ? data[at + 3]! / 255 : 1);
      sum[0]! += data[at]! * weight;
      sum[1]! += data[at + 1]! * weight;
      sum[2]! += data[at + 2]! * weight;
      sum[3]! += weight;
    }
  }
}

/** A colour laid over a region of the whole, its opacity going from the top to the bottom along an S-curve. */
export interface ShadePlace extends Region {
  readonly colour: readonly [r: number, g: number, b: number];
  /** Opacity at the top and at the bottom, 0…1. */
  readonly from: number;
  readonly to: number;
}

/** Steps of an 8 × 8 ordered dither (Bayer, 1973), −½…½: a long fade shows no bands. */
const BAYER = Float64Array.from({ length: 64 }, (_, i) => {
  const [x, y] = [i % 8, i >> 3];
  let value = 0;
  for (let bit = 0; bit < 3; bit++) value = (value << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
  return (value + 0.5) / 64 - 0.5;
});

/** Lays the part of a shade that meets the strip over it. */
export function paintShade(strip: Strip, { left, top, width, height, colour, from, to }: ShadePlace): void {
  const { data, channels } = strip;
  const first = Math.max(strip.left, left);
  const last = Math.min(strip.left + strip.width, left + width);
  for (let y = Math.max(strip.top, top); y < Math.min(strip.top + strip.height, top + height); y++) {
    const t = (y - top + 0.5) / height;
    const alpha = from + (to - from) * t * t * (3 - 2 * t);
    for (let x = first; x < last; x++) {
      const at = ((y - strip.top) * strip.width + x - strip.left) * channels;
      if (channels === 4 || alpha >= 1) {
        over(strip, at, colour[0], colour[1], colour[2], alpha);
        continue;
      }
      const dither = BAYER[(y & 7) * 8 + (x & 7)]!;
      for (let c = 0; c < 3; c++) {
        data[at + c] = Math.round(data[at + c]! + (colour[c]! - data[at + c]!) * alpha + dither);
      }
    }
  }
}
