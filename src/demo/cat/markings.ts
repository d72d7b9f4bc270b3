import { blend, type Colour } from '../engine/colour.ts';
import { cloudNoise } from '../engine/noise.ts';
import { clamp, smoothstep } from '../engine/numbers.ts';
import { type EyePlace, inEar, inEye } from './head.ts';

/** The colours of a cat's face. */
export interface Coat {
  readonly fur: Colour;
  readonly stripe: Colour;
  /** Muzzle, chin and chest. */
  readonly pale: Colour;
  readonly innerEar: Colour;
  readonly nose: Colour;
  readonly iris: Colour;
  readonly irisRim: Colour;
  readonly dark: Colour;
  /** 0 plain … 1 fully striped. */
  readonly stripes: number;
}

/** A coat in greys, for styles that look at the light alone. */
export function greyCoat({ stripes, ...tones }: Record<keyof Coat, number>): Coat {
  const grey = (tone: number): Colour => [tone, tone, tone];
  return {
    fur: grey(tones.fur),
    stripe: grey(tones.stripe),
    pale: grey(tones.pale),
    innerEar: grey(tones.innerEar),
    nose: grey(tones.nose),
    iris: grey(tones.iris),
    irisRim: grey(tones.irisRim),
    dark: grey(tones.dark),
    stripes,
  };
}

const warp = cloudNoise(77, 3);

/** Tabby markings at a place of the head, 0…1: the M of the brow, the cheek lines, the bars of the chest. */
function tabby(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  const wobble = warp(x * 2.2 + 9, y * 2.2) * 0.16;
  const brow = smoothstep(0.24, 0.42, y) * smoothstep(1.1, 0.6, y);
  const lines = Math.cos((ax / (0.42 + 0.5 * clamp(y - 0.2))) * 11.5 + wobble * 7);
  const cheek =
    smoothstep(0.42, 0.62, ax) *
    smoothstep(0.22, 0.02, y) *
    smoothstep(0.75, 0.3, z) *
    smoothstep(-0.85, -0.65, y);
  const sweep = Math.cos((y + 0.42 * ax + wobble * 0.5) * 17);
  const chest = smoothstep(-0.75, -1.0, y);
  const bars = Math.cos((y - 0.3 * ax * ax + wobble) * 9);
  return clamp(
    brow * smoothstep(0, 0.55, lines) +
      cheek * smoothstep(0.05, 0.6, sweep) +
      0.7 * chest * smoothstep(0.2, 0.7, bars),
  );
}

/** What a place of the head's surface looks like, and how much it asks for a small brush, 0…1. */
interface Marking {
  readonly colour: Colour;
  readonly detail: number;
  /** It is wet: it stays light in the shade. */
  readonly shine?: true;
}

/** The marking at a place of the head or, below it, of the body, in the head's frame. */
export function markingAt(x: number, y: number, z: number, coat: Coat): Marking {
  const eye = inEye(x, y);
  const { u, open } = eye;
  if (z > 0.2 && open < 1) return { colour: eyeColour(eye, coat), detail: 1, shine: true };
  if (z > 0.2 && open < 1.26 && u > -1.2) return { colour: coat.dark, detail: 0.8 };
  const ax = Math.abs(x);
  const noseTop = -0.1;
  const noseDepth = (noseTop - y) / 0.16;
  if (z > 0.8 && noseDepth > 0 && noseDepth < 1 && ax < 0.15 * (1 - noseDepth ** 1.5 * 0.8)) {
    const nostril = Math.hypot((ax - 0.075) / 0.035, (noseDepth - 0.55) / 0.28) < 1;
    return { colour: nostril ? coat.dark : coat.nose, detail: 0.8 };
  }
  const mouthLine = y < -0.24 && y > -0.42 && ax < 0.014 && z > 0.6;
  const mouthCurve = -0.42 - 0.05 * Math.sin(clamp(ax / 0.24) * Math.PI);
  if (z > 0.5 && ax < 0.25 && (mouthLine || Math.abs(y - mouthCurve) < 0.014))
    return { colour: coat.dark, detail: 0.7 };
  if (inEar(x, y, z)) return { colour: coat.innerEar, detail: 0.2 };
  const muzzle = smoothstep(0.42, 0.3, Math.hypot(ax, (y + 0.38) * 1.25)) * smoothstep(0.35, 0.6, z);
  const blaze =
    smoothstep(0.11, 0.04, ax - Math.max(0, -y) * 0.25) *
    smoothstep(0.45, 0.0, y) *
    smoothstep(0.4, 0.6, z) *
    0.6;
  const ring = smoothstep(1.9, 1.4, open) * 0.55;
  const chin = smoothstep(-0.45, -0.55, y) * smoothstep(0.55, 0.3, ax);
  const bib = smoothstep(-0.7, -1.0, y) * smoothstep(0.75, 0.35, ax) * 0.85;
  const pale = clamp(Math.max(muzzle, blaze, ring, chin, bib));
  const striped = blend(coat.fur, coat.stripe, tabby(x, y, z) * coat.stripes);
  return { colour: blend(striped, coat.pale, pale), detail: z > 0.5 && y < 0.5 ? 0.3 : 0 };
}

function eyeColour({ v, across, rise, open }: EyePlace, { iris, irisRim, dark }: Coat): Colour {
  if (Math.hypot((across + 0.24) / 0.16, (rise - 0.26) / 0.17) < 1) return [1, 1, 0.97];
  if (Math.hypot(across / 0.2, (rise - 0.04) / 0.7) < 1) return dark;
  const glow = smoothstep(0.4, -0.5, rise - across * 0.4);
  const lit = blend(irisRim, iris, smoothstep(1, 0.5, open) * 0.5 + glow * 0.6);
  return blend(lit, dark, 0.55 * smoothstep(0.2, 0.62, v));
}
