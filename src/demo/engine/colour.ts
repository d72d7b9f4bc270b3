import { clamp, mix } from './numbers.ts';

/** An sRGB colour, each channel 0…1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The colour written as `#rrggbb`. */
export function hex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export const blend = (a: Colour, b: Colour, t: number): Colour => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];

/** Lighter (amount > 0) or darker (amount < 0) by adding the same to each channel. */
export const lighten = (colour: Colour, amount: number): Colour => [
  clamp(colour[0] + amount),
  clamp(colour[1] + amount),
  clamp(colour[2] + amount),
];

/** Rec. 709 luma: how light the colour looks, 0…1. */
export const luma = (colour: Colour): number => 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];

/** The colour on a ramp of evenly spaced colours, at 0…1. */
export function ramp(colours: readonly Colour[], at: number): Colour {
  const place = clamp(at) * (colours.length - 1);
  const index = Math.min(Math.floor(place), colours.length - 2);
  return blend(colours[index]!, colours[index + 1]!, place - index);
}

/** The palette colour nearest to `colour`, by squared distance weighted as the eye weighs the channels. */
export function nearest(palette: readonly Colour[], colour: Colour): Colour {
  let best = palette[0]!;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of palette) {
    const distance =
      2 * (candidate[0] - colour[0]) ** 2 +
      4 * (candidate[1] - colour[1]) ** 2 +
      3 * (candidate[2] - colour[2]) ** 2;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}
