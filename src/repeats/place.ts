import type { Size } from '../units.ts';
import { layLattice } from './lattice.ts';
import { type Pattern, type Placement, requireSound, type Surface } from './pattern.ts';
import { scatter } from './scatter.ts';

/**
 * Lays a pattern over a surface and its bleed. The same pattern gives the same placements.
 * @param pixel for pixels (`pixelGrid(surface, ppi).pixel`): the tiles of a lattice become a whole number of pixels, all
 * equal, at most half a pixel off the size that was asked for; without it lengths are exact, for vectors
 * @returns what touches the surface, in the order in which it is painted
 * @throws PrintcatError where the pattern cannot be laid on the surface
 */
export function placePattern(pattern: Pattern, surface: Surface, pixel?: Size): Placement[] {
  requireSound(pattern, surface);
  return pattern.repeat === 'scattered' ? scatter(pattern, surface) : layLattice(pattern, surface, pixel);
}
