import { ellipsoid, join, limb, type Solid, scoop, type Vector } from './solid.ts';

const mirror = ([x, y, z]: Vector): Vector => [-x, y, z];

/** The hollow of an ear. */
const EAR = { from: [0.56, 0.5, 0.14], to: [0.86, 1.14, 0], radius: 0.35, flat: 0.45 } as const;
const hollow = limb(EAR.from, EAR.to, EAR.radius, 0.02, EAR.flat);

/** Whether a place of the head's surface lies inside an ear. */
export const inEar = (x: number, y: number, z: number): boolean =>
  y > 0.52 && z < 0.2 && Math.abs(hollow(Math.abs(x), y, z) - 0.012) < 0.035;

/** Half the head's width is about 1; the face looks along z. */
export function headSolid(): Solid {
  let head = ellipsoid([0, 0.06, -0.1], [1.0, 0.82, 0.86]);
  for (const side of [(v: Vector) => v, mirror]) {
    head = join(head, ellipsoid(side([0.56, -0.26, 0.12]), [0.55, 0.4, 0.46]), 0.3);
    head = join(head, ellipsoid(side([0.37, 0.36, 0.5]), [0.26, 0.14, 0.2]), 0.22);
  }
  head = join(head, limb([0, 0.3, 0.62], [0, -0.14, 0.94], 0.16, 0.12), 0.22);
  head = join(head, ellipsoid([0, -0.5, 0.6], [0.24, 0.2, 0.22]), 0.12);
  for (const side of [(v: Vector) => v, mirror]) {
    head = join(head, ellipsoid(side([0.17, -0.32, 0.74]), [0.25, 0.2, 0.26]), 0.07);
    const shell = limb(side([0.56, 0.46, -0.14]), side([0.87, 1.24, -0.12]), 0.47, 0.035, 0.45);
    const ear = scoop(shell, limb(side(EAR.from), side(EAR.to), EAR.radius, 0.02, EAR.flat), 0.05);
    head = join(head, ear, 0.1);
  }
  head = join(head, ellipsoid([0, -0.17, 0.99], [0.13, 0.075, 0.08]), 0.05);
  return head;
}

/** A head on neck and shoulders, for portraits. */
export const bust = (): Solid => join(headSolid(), limb([0, -0.75, -0.4], [0, -3.2, -0.6], 0.82, 1.9), 0.4);

/** Where each eye lies on the face, and its almond: half its width and height, and its slant. */
export const EYE = { x: 0.4, y: 0.1, width: 0.232, upper: 0.17, lower: 0.135, slant: 0.3 } as const;

/** A place in an eye's own frame, in eye half-widths. */
export interface EyePlace {
  /** Along the slant, from the inner (−1) to the outer corner (1), and up from it. */
  readonly u: number;
  readonly v: number;
  /** To the viewer's right and plumb up, for what does not slant: the pupil and the glint. */
  readonly across: number;
  readonly rise: number;
  /** Below 1 inside the almond. */
  readonly open: number;
}

export function inEye(x: number, y: number): EyePlace {
  const dx = Math.abs(x) - EYE.x;
  const dy = y - EYE.y;
  const cos = Math.cos(EYE.slant);
  const sin = Math.sin(EYE.slant);
  const u = (dx * cos + dy * sin) / EYE.width;
  const v = (-dx * sin + dy * cos) / EYE.width;
  const lid = (v > 0 ? EYE.upper : EYE.lower) / EYE.width;
  // The lids' arcs, rounder than a parabola: below 1 is inside the almond.
  const open = Math.abs(u) >= 1.25 ? 9 : Math.abs(v) / lid + Math.abs(u) ** 2.4;
  const across = (dx / EYE.width) * Math.sign(x);
  return { u, v, across, rise: dy / EYE.width, open };
}
