import { signedDistance } from './distance.ts';
import { type Field, grown, joined, mapField } from './field.ts';

/**
 * Rounds what bends inwards, and fills what is narrower than twice the radius: the area grown by the radius and
 * shrunk again (the morphological closing by a disc). It never loses a place.
 */
export const closed = (field: Field, radius: number): Field =>
  radius > 0 ? grown(signedDistance(grown(field, radius)), -radius) : field;

/** Rounds what points outwards, and drops what is thinner than twice the radius: shrunk and grown (opening). */
export const opened = (field: Field, radius: number): Field =>
  radius > 0 ? grown(signedDistance(grown(field, -radius)), radius) : field;

/**
 * The area with what points outwards as round as asked, by making it thicker there and nowhere thinner: every place
 * that an opening would lose gets a disc that just touches it and lies towards the nearest place that is kept.
 * @param field signed distances
 * @param radius mm
 */
export function thickened(field: Field, radius: number): Field {
  const { width, height, step } = field;
  const core = signedDistance(grown(field, -radius));
  const slack = step / 2;
  const middles = new Float32Array(field.values.length).fill(2 * step);
  const fromCore = (at: number): number => core.values[at]!;
  for (let j = 1; j + 1 < height; j++) {
    for (let i = 1; i + 1 < width; i++) {
      const at = j * width + i;
      if (field.values[at]! > 0 || fromCore(at) <= radius + slack) continue;
      const across = fromCore(at + 1) - fromCore(at - 1);
      const along = fromCore(at + width) - fromCore(at - width);
      const steep = Math.hypot(across, along);
      // Where nothing at all is as wide as asked, the disc lies about the place itself.
      const way = steep > 0 && Number.isFinite(steep) ? radius / (steep * step) : 0;
      mark(middles, field, i - across * way, j - along * way);
    }
  }
  const discs = grown(signedDistance({ ...field, values: middles }), radius - DOT * step);
  return signedDistance(joined(grown(core, radius), discs));
}

/** Radius of a dot that stands for a point on a grid, steps: wherever it lies it holds a place. */
const DOT = 0.75;

/** Puts a dot, in columns and rows, into a field. */
function mark(values: Float32Array, { width, height, step }: Field, u: number, v: number): void {
  const [left, top] = [Math.floor(u) - 1, Math.floor(v) - 1];
  for (let j = Math.max(0, top); j < Math.min(height, top + 4); j++) {
    for (let i = Math.max(0, left); i < Math.min(width, left + 4); i++) {
      const at = j * width + i;
      values[at] = Math.min(values[at]!, (Math.hypot(i - u, j - v) - DOT) * step);
    }
  }
}

/** After this many rounds of filling none was ever left in the tests; the measuring afterwards would tell. */
const ROUNDS = 8;

/**
 * Rounds the area both ways and leaves no gap and no neck narrower than asked. Where the area, itself rounded
 * outwards, gets a thin neck because a gap beside it was filled, the neck is made as wide as it must be: so the
 * result never loses a place of the area.
 * @param field signed distances of an area that is rounded outwards already
 * @param radius the smallest both ways, and half the narrowest gap and neck, mm
 */
export function smoothed(field: Field, radius: number): Field {
  let area = signedDistance(closed(field, radius));
  for (let round = 0; round < ROUNDS; round++) {
    const open = opened(area, radius);
    // Half a step: what an opening changes at a smooth edge, by the grid alone.
    const slack = area.step / 2;
    const thin = mapField(area, (value, i) => (value < -slack && open.values[i]! > slack ? -slack : slack));
    if (!thin.values.some((value) => value < 0)) return area;
    const wide = grown(signedDistance(thin), radius);
    area = signedDistance(closed(signedDistance(joined(area, wide)), radius));
  }
  return area;
}
