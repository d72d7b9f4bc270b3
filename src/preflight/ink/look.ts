import type { InkSpace } from './ink-space.ts';
import { PROCESS } from './plates.ts';

/** The plates that an object paints where it overprints; `all` where that is no question. */
export type Painted = readonly string[] | 'all';

export interface Paint {
  readonly space: InkSpace | null;
  readonly colour: readonly number[];
  /** Of a pattern: what it paints. */
  readonly pattern: Painted | null;
}

/** What a content stream starts with: what of the graphics state decides on which plates something is painted. */
export interface Look {
  readonly fill: Paint;
  readonly stroke: Paint;
  readonly overprintFill: boolean;
  readonly overprintStroke: boolean;
  readonly overprintMode: 0 | 1;
  readonly blend: string;
  readonly textMode: number;
  /** Whether the font's glyphs have colours of their own. */
  readonly paintedGlyphs: boolean;
}

/** A paint for the colour that a page starts with: black of DeviceGray (ISO 32000-1, table 52). */
export const startingLook = (grey: InkSpace): Look => {
  const black: Paint = { space: grey, colour: [0], pattern: null };
  return {
    fill: black,
    stroke: black,
    overprintFill: false,
    overprintStroke: false,
    overprintMode: 0,
    blend: 'Normal',
    textMode: 0,
    paintedGlyphs: false,
  };
};

/** What of a look a form's own repainting depends on. */
export const lookKey = (look: Look): string =>
  JSON.stringify([
    plainPaint(look.fill, look),
    plainPaint(look.stroke, look),
    look.overprintFill,
    look.overprintStroke,
    look.overprintMode,
    look.blend,
    look.textMode,
    look.paintedGlyphs,
  ]);
const plainPaint = (paint: Paint, look: Look) => paint.pattern ?? painted(paint, look.overprintMode);

/** The plates that a paint touches when it overprints (ISO 32000-1, table 149). */
export function painted({ space, colour, pattern }: Paint, mode: 0 | 1): Painted {
  if (pattern) return pattern;
  if (!space) return 'all';
  if (space.isDeviceCmyk && mode === 1) return PROCESS.filter((plate) => space.ink(colour, plate) > 0);
  return space.plates;
}
