import { signedDistance } from './distance.ts';
import { edgeOf, linesOf } from './edge.ts';
import { type Field, joined, mapField } from './field.ts';
import { fitLoop } from './fit.ts';
import { boundsOf, type CutPath, flatten, type Loop, type Point } from './path.ts';
import { distancesFrom } from './polygon-distance.ts';
import { circle } from './shapes.ts';
import { smoothed } from './smooth.ts';

/** How a ring is hung on. */
export interface Tab {
  /** Diameter of the hole, mm. */
  readonly hole: number;
  /** Material around the hole, mm. */
  readonly wall: number;
  /** Smallest radius of the cut, mm. */
  readonly radius: number;
}

/** The cut with its tab, and the hole in it by itself. */
export interface Tabbed {
  readonly path: CutPath;
  readonly hole: CutPath;
}

/** Between places of the grid, mm, and how far the curves may lie off their line. */
const [STEP, TOLERANCE] = [0.1, 0.05];

/**
 * Joins a tab with a round hole to the top of a cut: the hole lies outside the cut, above the highest place near its
 * middle, and the tab flows into it with the smallest radius that is allowed.
 * @param path outlines in mm
 */
export function withTab(path: CutPath, { hole, wall, radius }: Tab): Tabbed {
  const outer = hole / 2 + wall;
  const polygons = flatten(path);
  const centre = middleOfTab(polygons.flat(), outer, hole / 2);
  const box = boundsOf(path);
  const pad = outer + 4 * radius + 1;
  const [left, top] = [Math.min(box.x, centre[0] - outer) - pad, Math.min(box.y, centre[1] - outer) - pad];
  const right = Math.max(box.x + box.width, centre[0] + outer) + pad;
  const bottom = box.y + box.height + pad;
  const grid = {
    width: Math.ceil((right - left) / STEP) + 1,
    height: Math.ceil((bottom - top) / STEP) + 1,
    ...{ step: STEP, x: left, y: top },
  };
  const body = distancesFrom(polygons, grid);
  const both = joined(body, disc(body, centre, outer));
  const area = signedDistance(smoothed(signedDistance(both), radius * 1.2));
  const round = circle(centre, hole / 2);
  return {
    path: {
      loops: [
        ...linesOf(edgeOf(area)).map((line) => fitLoop(line, { tolerance: TOLERANCE, radius })),
        ...round.loops.map(reversed),
      ],
    },
    hole: round,
  };
}

/** Where the tab stands: above the highest place within its own width of the middle. */
function middleOfTab(points: readonly Point[], outer: number, holeRadius: number): Point {
  const xs = points.map(([x]) => x);
  const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
  const reach = Math.max(outer, (Math.max(...xs) - Math.min(...xs)) / 6);
  const [x, y] = points
    .filter(([px]) => Math.abs(px - middle) <= reach)
    .reduce((best, point) => (point[1] < best[1] ? point : best), [
      middle,
      Number.POSITIVE_INFINITY,
    ] as Point);
  // The hole stays clear of the body; the rest of the disc overlaps it.
  return [x, y - holeRadius - 0.5];
}

const disc = (field: Field, [cx, cy]: Point, radius: number): Field =>
  mapField(field, (_, i) => {
    const [x, y] = [
      field.x + (i % field.width) * field.step,
      field.y + Math.floor(i / field.width) * field.step,
    ];
    return Math.hypot(x - cx, y - cy) - radius;
  });

/** A hole runs the other way round than an outline. */
const reversed = (loop: Loop): Loop =>
  loop
    .map(({ from, control1, control2, to }) => ({
      from: to,
      control1: control2,
      control2: control1,
      to: from,
    }))
    .reverse();
