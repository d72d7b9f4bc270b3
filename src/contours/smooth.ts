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
