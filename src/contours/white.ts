import type { Raster } from '../artwork/raster.ts';
import { coverageOf } from './coverage.ts';
import { signedDistance } from './distance.ts';
import { edgeOf, linesOf } from './edge.ts';
import { type Field, grown } from './field.ts';
import { fitLoop } from './fit.ts';
import { boundsOf, type CutPath, flatten } from './path.ts';
import { distancesFrom } from './polygon-distance.ts';
import { opened } from './smooth.ts';

/** Ink needs no knife's radius: what is finer than this is lost, mm, and how far curves may lie off the line. */
const [FINEST, TOLERANCE] = [0.2, 0.03];
/** Places of the grid along the longer side of a path, and the finest step, mm. */
const [MOST_PLACES, STEP] = [1600, 0.05];

/** The area shrunk, as closed Béziers; no loops where nothing is left. */
function inset(distance: Field, by: number): CutPath {
  const area = signedDistance(opened(signedDistance(grown(distance, -by)), FINEST));
  if (!area.values.some((value) => value < 0)) return { loops: [] };
  return {
    loops: linesOf(edgeOf(area)).map((line) => fitLoop(line, { tolerance: TOLERANCE, radius: FINEST / 2 })),
  };
}

/**
 * The white under art: everything that is art, holes left open, drawn in so far that plates which slip show none.
 * @param mask in grey (white is art), or a picture with alpha
 * @param width of the whole raster in print, mm
 * @param choke how far the white keeps inside the edge of the art, mm
 * @returns closed Béziers, mm from the raster's top left corner
 */
export const whiteUnder = (mask: Raster, width: number, choke: number): CutPath =>
  inset(signedDistance(coverageOf(mask, width, 1, FINEST)), choke);

/**
 * A path drawn in on all sides, its holes grown.
 * @param by mm
 */
export function insetPath(path: CutPath, by: number): CutPath {
  const box = boundsOf(path);
  const step = Math.max(STEP, Math.max(box.width, box.height) / MOST_PLACES);
  const around = 4 * step;
  const grid = {
    width: Math.ceil((box.width + 2 * around) / step) + 1,
    height: Math.ceil((box.height + 2 * around) / step) + 1,
    step,
    x: box.x - around,
    y: box.y - around,
  };
  return inset(distancesFrom(flatten(path, TOLERANCE / 3), grid), by);
}
