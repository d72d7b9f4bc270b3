import { clamp } from './vector.ts';

type Place = readonly [x: number, z: number];

/** A soft ridge in cloth, mm. */
export interface Fold {
  readonly from: Place;
  readonly to: Place;
  readonly high: number;
  readonly wide: number;
}

/** How much gentler a ridge falls on its far side: cloth leans. */
const LEAN = 1.9;

/** How high folds stand at a place, with the wide, shallow waves that cloth has anywhere, mm. */
export function drape(folds: readonly Fold[], x: number, z: number): number {
  let height =
    0.9 * Math.sin(x / 61 + z / 143 + 0.7) * Math.sin(z / 97 - x / 211) +
    0.5 * Math.sin(x / 33 - z / 71) * Math.sin(z / 52 + 1.9);
  for (const { from, to, high, wide } of folds) {
    const [dx, dz] = [to[0] - from[0], to[1] - from[1]];
    const long = Math.hypot(dx, dz);
    const [px, pz] = [x - from[0], z - from[1]];
    const along = (px * dx + pz * dz) / (long * long);
    if (along < -0.35 || along > 1.35) continue;
    // It bends a little on its way, and runs out softly at both ends.
    const off = (px * dz - pz * dx) / long + long * 0.05 * Math.sin(Math.PI * clamp(along, 0, 1));
    const width = off > 0 ? wide * LEAN : wide;
    if (Math.abs(off) > 3 * width) continue;
    const ends = ease(clamp((along + 0.35) / 0.6, 0, 1)) * ease(clamp((1.35 - along) / 0.9, 0, 1));
    height += high * Math.exp(-((off / width) ** 2)) * ends;
  }
  return height;
}

const ease = (t: number): number => t * t * (3 - 2 * t);
