import type { Point } from '../engine/numbers.ts';
import { EYE } from './head.ts';
import { type Camera, project, type Solid } from './solid.ts';

/** The outlines of an eye on the page, to draw it sharp over a painted face. */
export interface Eye {
  readonly almond: readonly Point[];
  readonly iris: readonly Point[];
  readonly pupil: readonly Point[];
  readonly glint: readonly Point[];
}

const STEPS = 48;

/** Both eyes of a head as `camera` sees them. `slit` is the pupil's half width in eye half-widths. */
export function eyesOnPage(head: Solid, camera: Camera, slit = 0.2): [left: Eye, right: Eye] {
  const onFace = (x: number, y: number): Point => {
    let z = 1.4;
    for (let step = 0; step < 60; step++) z -= head(x, y, z) * 0.8;
    return project(camera, [x, y, z]);
  };
  const eye = (side: 1 | -1): Eye => {
    const { width, slant } = EYE;
    /** u to the outer corner, v up, along the slant. */
    const slanted = (u: number, v: number): Point =>
      onFace(
        side * (EYE.x + width * (u * Math.cos(slant) - v * Math.sin(slant))),
        EYE.y + width * (u * Math.sin(slant) + v * Math.cos(slant)),
      );
    const upright = (u: number, v: number): Point => onFace(side * EYE.x + width * u, EYE.y + width * v);
    const lidAt = (u: number, scale: number): number => (Math.max(0, 1 - Math.abs(u) ** 2.4) * scale) / width;
    const along = (from: number, to: number, scale: number, reach: number): Point[] =>
      Array.from({ length: STEPS }, (_, i) => {
        const u = from + ((to - from) * i) / (STEPS - 1);
        return slanted(u * reach, lidAt(u, scale) * reach);
      });
    const oval = (x: number, y: number, rx: number, ry: number): Point[] =>
      Array.from({ length: STEPS }, (_, i) => {
        const angle = (i / STEPS) * 2 * Math.PI;
        return upright(x + Math.cos(angle) * rx, y + Math.sin(angle) * ry);
      });
    return {
      almond: [...along(-1, 1, EYE.upper, 1.17), ...along(1, -1, -EYE.lower, 1.17)],
      iris: [...along(-1, 1, EYE.upper, 0.95), ...along(1, -1, -EYE.lower, 0.95)],
      pupil: oval(0, 0.04, slit, 0.62),
      glint: oval(-0.24, 0.26, 0.13, 0.14),
    };
  };
  return [eye(-1), eye(1)];
}
