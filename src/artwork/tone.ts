import * as z from 'zod';
import { lightOf } from '../colour/srgb.ts';
import type { Raster } from './raster.ts';

const share = z.number().min(0).max(1);

const rising = (points: readonly (readonly [number, number])[]): boolean =>
  points.every(([from, to], i) => i === 0 || (from > points[i - 1]![0] && to >= points[i - 1]![1]));

/**
 * How a printer's greys are shifted so that they come out as they look: a gamma (above 1 darkens), or points of a
 * curve as pairs of grey before and after, 0 black to 1 white, in sRGB's own encoding. `[0, 0]` and `[1, 1]` stand
 * at its ends where nothing else is said.
 */
export const toneCurve = z.union(
  [
    z.number().min(0.2).max(5),
    z
      .array(z.tuple([share, share]))
      .min(1)
      .refine(rising, {
        message: 'Expected points from dark to light, none darker than the one before it',
      }),
  ],
  { error: 'Expected a gamma of 0.2 to 5, or points such as [[0.25, 0.18], [0.5, 0.42]]' },
);
export type ToneCurve = z.output<typeof toneCurve>;

/** The curve as a function of the grey, 0…1. */
export function toneFunction(curve: ToneCurve): (grey: number) => number {
  if (typeof curve === 'number') return (grey) => grey ** curve;
  const points: [number, number][] = curve.map(([from, to]) => [from, to]);
  if (points[0]![0] > 0) points.unshift([0, 0]);
  if (points.at(-1)![0] < 1) points.push([1, 1]);
  return monotoneSpline(points);
}

/**
 * A smooth curve through points that never turns back between them: cubic Hermite, the tangents limited after
 * F. N. Fritsch and R. E. Carlson, "Monotone Piecewise Cubic Interpolation", SIAM J. Numer. Anal. 17 (1980).
 */
function monotoneSpline(points: readonly (readonly [x: number, y: number])[]): (x: number) => number {
  const slopes = points.slice(1).map(([x, y], i) => (y - points[i]![1]) / (x - points[i]![0]));
  const tangents = points.map((_, i) => {
    const [before, after] = [slopes[i - 1], slopes[i]];
    if (before === undefined || after === undefined) return before ?? after!;
    return before * after <= 0 ? 0 : (before + after) / 2;
  });
  for (const [i, slope] of slopes.entries()) {
    const steep = slope === 0 ? 0 : Math.hypot(tangents[i]! / slope, tangents[i + 1]! / slope);
    const limit = slope === 0 ? 0 : steep > 3 ? 3 / steep : 1;
    tangents[i]! *= limit;
    tangents[i + 1]! *= limit;
  }
  return (x) => {
    const next = points.findIndex(([at], i) => i > 0 && x <= at);
    const i = (next === -1 ? points.length - 1 : next) - 1;
    const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
    const width = x1 - x0;
    const t = (x - x0) / width;
    const y =
      y0 * (1 + 2 * t) * (1 - t) ** 2 +
      y1 * t ** 2 * (3 - 2 * t) +
      width * (tangents[i]! * t * (1 - t) ** 2 + tangents[i + 1]! * t ** 2 * (t - 1));
    return Math.min(1, Math.max(0, y));
  };
}

/** Shares of red, green and blue in the luminance (IEC 61966-2-1), and steps of light that tables are kept for. */
const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;
const STEPS = 65535;

const encode = (light: number): number =>
  light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;

/**
 * Shifts the tones of a picture, in place: each pixel's luminance goes along the curve and its hue stays; a colour
 * that would leave the gamut upwards gives up chroma, not luminance. Alpha stays. The components are read as sRGB's;
 * a picture in another RGB space is shifted as if it were in it, which is nearly the same since their encodings are.
 * @param raster RGB or RGB with alpha, 8 bits
 */
export function applyTone({ data, channels }: Raster, curve: ToneCurve): void {
  const tone = toneFunction(curve);
  const light = Float64Array.from({ length: 256 }, (_, v) => lightOf(v / 255));
  const toned = Float32Array.from({ length: STEPS + 1 }, (_, i) => lightOf(tone(encode(i / STEPS))));
  const encoded = Uint8Array.from({ length: STEPS + 1 }, (_, i) => Math.round(255 * encode(i / STEPS)));
  const [shareR, shareG, shareB] = LUMINANCE;
  for (let i = 0; i < data.length; i += channels) {
    const r = light[data[i]!]!;
    const g = light[data[i + 1]!]!;
    const b = light[data[i + 2]!]!;
    const before = shareR * r + shareG * g + shareB * b;
    const after = toned[Math.round(before * STEPS)]!;
    const factor = before > 0 ? after / before : 0;
    // Black has no hue to keep.
    const lift = before > 0 ? 0 : after;
    const most = Math.max(r, g, b) * factor;
    const chroma = most > 1 ? (1 - after) / (most - after) : 1;
    const scale = factor * chroma;
    const add = lift + after * (1 - chroma);
    data[i] = encoded[Math.round(Math.min(1, r * scale + add) * STEPS)]!;
    data[i + 1] = encoded[Math.round(Math.min(1, g * scale + add) * STEPS)]!;
    data[i + 2] = encoded[Math.round(Math.min(1, b * scale + add) * STEPS)]!;
  }
}
