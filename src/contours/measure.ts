import { PrintcatError } from '../errors.ts';
import { formatMm } from '../units.ts';
import type { Contour, ContourOptions } from './contour.ts';
import { type CutPath, type Point, type Polygon, pointAt, radiusAt, velocityAt } from './path.ts';
import { contains, distanceToLine } from './polygon.ts';

/** What a cut is like, all in mm; found from the curves themselves, not from how they were made. */
export interface CutMeasures {
  /** The nearest and the furthest that the cut comes to the edge of the art; negative where it cuts into it. */
  readonly nearest: number;
  readonly furthest: number;
  /** Share of the cut's length that lies at the stated border, to `BORDER_OFF`. */
  readonly atBorder: number;
  /** The smallest radius of any bend. */
  readonly radius: number;
  /** The narrowest room between two stretches of the cut that face each other, waste between them. */
  readonly gap: number;
  /** The narrowest part between two stretches of the cut that turn their backs, goods between them. */
  readonly neck: number;
}

/** How far a cut may be off its border, mm: half of the drift of a good cutter. */
export const BORDER_OFF = 0.1;
/** Between places that are looked at, mm. */
const EVERY = 0.15;
/** Cosine between a stretch's normal and the way to the other, from where they count as facing each other. */
const FACING = 0.94;

interface Place {
  readonly at: Point;
  /** Unit vector away from the goods. */
  readonly outwards: Point;
  readonly radius: number;
}

/** Places along the cut, close together. */
function placesOf({ loops }: CutPath): Place[] {
  return loops.flat().flatMap((cubic) => {
    const { from, control1, control2, to } = cubic;
    const hull = [from, control1, control2, to];
    const length = hull
      .slice(1)
      .reduce((sum, [x, y], i) => sum + Math.hypot(x - hull[i]![0], y - hull[i]![1]), 0);
    const count = Math.max(8, Math.ceil(length / EVERY));
    return Array.from({ length: count }, (_, i): Place => {
      const t = i / count;
      const [vx, vy] = velocityAt(cubic, t);
      const speed = Math.hypot(vx, vy) || 1;
      return {
        at: pointAt(cubic, t),
        outwards: [vy / speed, -vx / speed],
        radius: Math.abs(radiusAt(cubic, t)),
      };
    });
  });
}

/** The least distance between places that face each other (`side` 1) or turn their backs (`side` −1). */
function narrowest(places: readonly Place[], side: 1 | -1): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < places.length; i++) {
    const [ax, ay] = places[i]!.at;
    const [nx, ny] = places[i]!.outwards;
    for (let j = i + 1; j < places.length; j++) {
      const other = places[j]!;
      const [dx, dy] = [other.at[0] - ax, other.at[1] - ay];
      const distance = Math.hypot(dx, dy);
      if (distance >= least || distance === 0) continue;
      const limit = FACING * distance;
      if (side * (nx * dx + ny * dy) < limit) continue;
      if (side * (other.outwards[0] * dx + other.outwards[1] * dy) > -limit) continue;
      least = distance;
    }
  }
  return least;
}

/**
 * Measures a cut.
 * @param art edges it is to keep away from, in the same frame
 * @param border that it is to keep, mm
 */
export function measureCut(path: CutPath, art: readonly Polygon[], border: number): CutMeasures {
  const places = placesOf(path);
  const distances = places.map(({ at }) => distanceToLine(art, at) * (contains(art, at) ? -1 : 1));
  const lowest = (values: readonly number[]): number =>
    values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const exact = distances.filter((distance) => Math.abs(distance - border) <= BORDER_OFF).length;
  return {
    nearest: lowest(distances),
    furthest: distances.reduce((most, distance) => Math.max(most, distance), Number.NEGATIVE_INFINITY),
    atBorder: exact / places.length,
    radius: lowest(places.map(({ radius }) => radius)),
    gap: narrowest(places, 1),
    neck: narrowest(places, -1),
  };
}

/** Numbers that curves swing about are taken as kept when this near, mm. */
const NEAR_ENOUGH = 0.05;

/**
 * Makes sure that a contour can be cut as asked: a gate after the making.
 * @throws PrintcatError that names everything that is not as asked
 */
export function requireCuttable({ path, art }: Contour, options: ContourOptions): CutMeasures {
  const measures = measureCut(path, art, options.border);
  const faults: string[] = [];
  const atLeast = (what: string, is: number, asked: number, off: number): void => {
    if (is < asked - off) faults.push(`${what} ${formatMm(is)} instead of ${formatMm(asked)}`);
  };
  // Without a border the corners of the art itself are rounded.
  if (options.border > 0) atLeast('border', measures.nearest, options.border, BORDER_OFF);
  atLeast('radius', measures.radius, options.radius, NEAR_ENOUGH);
  atLeast('gap', measures.gap, options.narrowest, NEAR_ENOUGH);
  atLeast('neck', measures.neck, options.narrowest, NEAR_ENOUGH);
  if (faults.length > 0) {
    throw new PrintcatError(`Expected a cut that can be made but its ${faults.join(', ')}`, {
      hint: 'Choose a wider border or a smaller radius, or print the picture larger.',
    });
  }
  return measures;
}
