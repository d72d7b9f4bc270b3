import type { Point } from '../engine/numbers.ts';
import { bothSides, curve, type Knot, knots, outline, placed, ribbon, stretch } from '../engine/shapes.ts';

/** A cat drawn as outlines, in a box of about 512 × 512, y downwards. Parts lie over each other in this order. */
export interface Figure {
  readonly tail: readonly Point[];
  readonly body: readonly Point[];
  readonly head: readonly Point[];
  /** Lines inside the outline: haunch, shoulder, toes. */
  readonly creases: readonly (readonly Point[])[];
  readonly innerEars: readonly (readonly Point[])[];
}

/** A left half outline from the top down, made whole; the first knot lies on the axis, x = 0. */
export function mirrored(text: string): Knot[] {
  const half = knots(text);
  const bottom: Knot = [0, half[half.length - 1]![1] + 5];
  const right = placed(half.slice(1), { flip: true }).reverse();
  return [...half, bottom, ...right];
}

/** The face from the front, half 100 wide, its middle at the origin. */
export const FRONT_HEAD: readonly Knot[] = mirrored(
  '0 -64, -30 -68, -48 -96, -78 -142!, -96 -90, -98 -34, -104 4, -117 34!, -97 40, -99 58!, -74 66, -42 84',
);

/** The insides of its ears. */
export const FRONT_EARS: readonly (readonly Knot[])[] = bothSides(
  '76 -122!, 86 -74, 84 -44!, 62 -62, 44 -72!, 56 -92',
);

/** Sits upright in profile, facing left. */
export function sittingProfile(): Figure {
  return {
    head: outline(
      `127 137, 134 116, 146 98, 158 85, 161 60, 169 26!, 191 48, 206 68, 216 50, 232 36!, 238 66, 243 98, 248 130,
      240 164, 214 188, 184 192, 160 184, 145 177, 138 168!, 129 161, 129 152!, 124 146`,
    ),
    body: outline(
      `176 150, 240 128, 262 168, 292 216, 324 278, 342 346, 340 410, 318 452, 284 468, 226 470, 222 462!, 196 462!,
      190 470, 148 470, 132 462, 140 450, 158 444, 166 418, 166 364, 160 310, 154 268, 156 228, 164 194`,
    ),
    tail: ribbon(stretch('318 440, 352 462, 398 466, 436 446, 452 408, 442 372, 424 356'), roundTip(34, 19)),
    creases: [
      stretch('214 462, 208 436, 220 394, 250 362, 286 352'),
      stretch('196 462, 200 420, 204 372, 214 330'),
      stretch('146 468, 148 461, 152 457'),
      stretch('160 470, 161 463, 166 458'),
    ],
    innerEars: [outline('172 44!, 168 66, 168 84!, 184 74, 192 66')],
  };
}

/** Sits facing us (or with its back to us); the head's middle is at 256, 172. */
export function sittingFront(): Figure {
  const body = mirrored(
    '0 196, -44 208, -62 238, -80 286, -96 330, -116 376, -128 424, -118 458, -80 472, -42 474',
  );
  return {
    head: placed(curve(FRONT_HEAD, true), { x: 256, y: 172, scale: 0.68 }),
    body: placed(curve(body, true), { x: 256 }),
    tail: ribbon(stretch('300 446, 352 462, 398 448, 414 408, 398 376, 372 380'), roundTip(32, 18)),
    creases: [],
    innerEars: [],
  };
}

/** Width of a line from `from` to `to`, its end rounded. */
const roundTip = (from: number, to: number) => (t: number) =>
  (from + (to - from) * t) * Math.sqrt(Math.max(0, 1 - Math.max(0, (t - 0.94) / 0.06) ** 2));
