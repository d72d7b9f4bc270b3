import { isFree, placesIn, type Rules, type Standing } from './layout.ts';
import type { Pose, Shape } from './shape.ts';

/** Turns that are tried where any may be taken. */
const FREE_TURNS = 12;
/** Between the places that are tried, mm: fine enough for a start that is moved together afterwards. */
const LATTICE = 3;

/** For each shape and turn how far the search has come: what was taken stays taken. */
type Searched = Map<Shape, number[]>;

/**
 * Puts shapes where they end highest on the sheet, one after the other, on a coarse lattice of places and turns.
 * @returns what stands, in order, `null` for what found no place
 */
export function fillFromTop(shapes: readonly Shape[], rules: Rules): (Standing | null)[] {
  const standing: Standing[] = [];
  const searched: Searched = new Map();
  return shapes.map((shape) => {
    const pose = highest(shape, standing, rules, searched);
    if (!pose) return null;
    const placed = { shape, pose };
    standing.push(placed);
    return placed;
  });
}

function highest(shape: Shape, standing: readonly Standing[], rules: Rules, searched: Searched): Pose | null {
  const turns =
    rules.turns === 'free'
      ? Array.from({ length: FREE_TURNS }, (_, i) => (i * 2 * Math.PI) / FREE_TURNS)
      : rules.turns;
  const begun = searched.get(shape) ?? turns.map(() => 0);
  searched.set(shape, begun);
  let best: Pose | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  turns.forEach((turn, t) => {
    const places = placesIn(rules.room, shape, turn);
    if (!places) return;
    const below = rules.room.height - places.bottom;
    const columns = Math.floor((places.right - places.left) / LATTICE) + 1;
    const rows = Math.floor((places.bottom - places.top) / LATTICE) + 1;
    for (let at = begun[t]!; at < columns * rows; at++) {
      const y = places.top + Math.floor(at / columns) * LATTICE;
      begun[t] = at;
      if (y + below >= lowest) return;
      const pose = { x: places.left + (at % columns) * LATTICE, y, turn };
      if (!isFree(shape, pose, standing, rules.gap)) continue;
      best = pose;
      lowest = y + below;
      return;
    }
    begun[t] = columns * rows;
  });
  return best;
}
