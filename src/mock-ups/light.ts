import { clamp, dot, smooth, unit, type Vector } from './vector.ts';

/** Where the large lamp stands: in front of the thing, above it, to one side. */
export type LampSide = 'left' | 'right';

const RIGHT: Vector = unit([0.36, 0.78, 0.72]);
const LEFT: Vector = [-RIGHT[0], RIGHT[1], RIGHT[2]];

export const lampFrom = (side: LampSide): Vector => (side === 'right' ? RIGHT : LEFT);

/** Shares of the light: what is everywhere, what comes from above, what the lamp gives. */
const [AROUND, ABOVE, LAMP] = [0.56, 0.15, 0.46];

/**
 * How much of its own colour a surface shows, at most all of it: a front that faces the lamp has the print's colours.
 * @param normal of length 1
 */
export const shadeOf = (nx: number, ny: number, nz: number, lamp: Vector): number =>
  Math.min(1, AROUND + ABOVE * (1 + ny) + LAMP * Math.max(0, nx * lamp[0] + ny * lamp[1] + nz * lamp[2]));

/** How bright level cloth is, and how much its folds change that. */
const [LEVEL, FOLDS] = [0.95, 0.85];

/** How much of its own colour lying cloth shows: less than all where it is level, so that folds catch the light. */
export const softShadeOf = (nx: number, ny: number, nz: number, lamp: Vector): number =>
  clamp(LEVEL + FOLDS * (nx * lamp[0] + ny * lamp[1] + nz * lamp[2] - lamp[1]), 0.4, 1);

/** A window that glossy things mirror: a tall soft box beside the lamp, and a narrow one on the other side. */
export function mirrored(normal: Vector, toEye: Vector, side: LampSide): number {
  const along = 2 * dot(normal, toEye);
  const [x, y, z] = [
    normal[0] * along - toEye[0],
    normal[1] * along - toEye[1],
    normal[2] * along - toEye[2],
  ];
  const angle = Math.atan2(side === 'right' ? x : -x, z);
  const high = Math.asin(clamp(y, -1, 1));
  const upright = smooth(-0.5, -0.1, high) * (1 - smooth(1.05, 1.3, high));
  const wide = smooth(0.62, 0.7, angle) * (1 - smooth(1.12, 1.24, angle));
  const narrow = smooth(-1.5, -1.42, angle) * (1 - smooth(-1.3, -1.2, angle));
  // A window overhead, behind what lies.
  const [right, back] = [side === 'right' ? x / y : -x / y, -z / y];
  const above =
    y > 0.35
      ? smooth(0.1, 0.14, right) *
        (1 - smooth(0.36, 0.42, right)) *
        smooth(0.28, 0.34, back) *
        (1 - smooth(1.1, 1.2, back))
      : 0;
  return Math.max(upright * (wide + 0.35 * narrow), 0.8 * above);
}

/** Directions from which light comes, the lamp's and the sky's, evenly strewn and always the same. */
export function lightDirections(side: LampSide, count: number): { direction: Vector; weight: number }[] {
  const lamp = lampFrom(side);
  const ofLamp = Math.round(count * 0.55);
  return Array.from({ length: count }, (_, i) => {
    const isLamp = i < ofLamp;
    const [index, total] = isLamp ? [i, ofLamp] : [i - ofLamp, count - ofLamp];
    // Vogel's spiral: points of the golden angle fill a disc evenly.
    const radius = Math.sqrt((index + 0.5) / total);
    const angle = index * Math.PI * (3 - Math.sqrt(5));
    const [x, z] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    if (isLamp) {
      return {
        direction: unit([lamp[0] + x * LAMP_SIZE, lamp[1], lamp[2] + z * LAMP_SIZE]),
        weight: 0.5 / total,
      };
    }
    // Lower than this, light grazes the ground and throws shadows out of the picture.
    return { direction: unit([x, Math.max(0.3, Math.sqrt(1 - radius * radius)), z]), weight: 0.5 / total };
  });
}

/** Radius of the lamp at the distance of 1. */
const LAMP_SIZE = 0.34;
