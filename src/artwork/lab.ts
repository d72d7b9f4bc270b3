import { lightOf } from '../colour/srgb.ts';

/** CIE L*a*b* of sRGB colours (IEC 61966-2-1), D65 white, as lightness and two hues' axes. */
export type Lab = readonly [l: number, a: number, b: number];
/** Red, green and blue, 0…255. */
export type Rgb = readonly [r: number, g: number, b: number];

/** The white point D65, Y = 1 (CIE 15:2018, 2° observer), and CIE's two constants of the cube root. */
const WHITE = [0.95047, 1, 1.08883] as const;
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

const toLight = (value: number): number => lightOf(value / 255);

const fromLight = (light: number): number =>
  255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

const root = (t: number): number => (t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116);
const unroot = (f: number): number => (f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA);

export function toLab([red, green, blue]: Rgb): Lab {
  const [r, g, b] = [toLight(red), toLight(green), toLight(blue)];
  const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
  const y = root(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The sRGB colour; outside of 0…255 where sRGB does not have it. */
export function fromLab([l, a, b]: Lab): Rgb {
  const fy = (l + 16) / 116;
  const x = unroot(fy + a / 500) * WHITE[0];
  const y = unroot(fy);
  const z = unroot(fy - b / 200) * WHITE[2];
  return [
    fromLight(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    fromLight(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    fromLight(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}
