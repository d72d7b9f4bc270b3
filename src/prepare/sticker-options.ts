import * as z from 'zod';
import { contourOptions as cuts, OUTLINES } from '../contours/contour.ts';
import { nestOptions } from '../nesting/nest.ts';
import { option } from '../option.ts';

const outline = z.enum(OUTLINES);
const millimetres = z.number().min(5).max(2000);
const OUTLINE =
  'What the cut follows: the transparency of the picture, its subject on a plain ground, either (auto), or a shape that an opaque picture fills';

/** How the cut runs around each picture, whether there is one or many. */
const cutOptions = {
  border: option(z.number().min(0).max(50).optional(), {
    description:
      "From the art to the cut; 0 lets a picture in a shape run past the cut (default: the printer's safe distance)",
    placeholder: 'mm',
  }),
  corner: option(z.number().min(0).max(200).default(3), {
    description: "Radius of a rectangle's corners",
    placeholder: 'mm',
  }),
  radius: cuts.radius,
  narrowest: option(cuts.narrowest, {
    description: 'Narrowest gap, neck and hole of a cut',
    placeholder: 'mm',
  }),
  holes: cuts.holes,
  islands: cuts.islands,
  bridge: cuts.bridge,
  speck: cuts.speck,
  choke: option(z.number().min(0).max(5).default(0.3), {
    description: "How far white ink keeps inside the art's edge",
    placeholder: 'mm',
  }),
};

/** What an order says of the cut around one picture. */
export const contourOptions = {
  longest: option(millimetres.optional(), {
    description: 'Longer side of the sticker once it is cut (default: 70)',
    placeholder: 'mm',
  }),
  width: option(millimetres.optional(), {
    description: 'Width of the whole picture in print, transparent margins included, instead of --longest',
    placeholder: 'mm',
  }),
  outline: option(outline.default('auto'), { description: OUTLINE }),
  ...cutOptions,
};

/** What an order says of a cut with a tab for a ring. */
export const tabOptions = {
  ...contourOptions,
  hole: option(z.number().min(1).max(20).default(3), {
    description: 'Diameter of the hole for the ring',
    placeholder: 'mm',
  }),
  wall: option(z.number().min(1).max(20).default(2.5), {
    description: 'Material around the hole',
    placeholder: 'mm',
  }),
};

/** What an order says of many stickers on a sheet. A list has one value for all pictures, or one for each. */
export const gangOptions = {
  longest: option(z.array(millimetres).optional(), {
    description:
      'Longer side of each sticker once it is cut: once for all, or once for each picture (default: what fits)',
    placeholder: 'mm',
  }),
  each: option(z.array(z.int().min(1).max(500)).default([1]), {
    description: 'How many of each: once for all, or once for each picture',
    placeholder: 'n',
  }),
  outline: option(z.array(outline).default(['auto']), {
    description: `${OUTLINE}; once for all, or once for each picture`,
    placeholder: OUTLINES.join('|'),
  }),
  ...cutOptions,
  arrange: option(z.enum(['nested', 'grid', 'loose']).optional(), {
    description:
      'Nested as close as their true shapes let them, in a grid, or loose and slightly tilted (default: as the product is)',
  }),
  gap: option(z.number().min(0).max(50).optional(), {
    description: "Least distance between two cuts (default: the printer's)",
    placeholder: 'mm',
  }),
  margin: option(z.number().min(0).max(100).optional(), {
    description:
      "Least distance between a cut and the sheet's edge (default: the printer's, or its safe distance)",
    placeholder: 'mm',
  }),
  rotations: nestOptions.rotations,
  effort: nestOptions.effort,
  seed: nestOptions.seed,
};

export type ContourOrder = z.output<z.ZodObject<typeof contourOptions>>;
export type GangOrder = z.output<z.ZodObject<typeof gangOptions>>;
/** How one cut runs. */
export type CutOrder = Pick<ContourOrder, Exclude<keyof typeof cutOptions, 'border'>> & {
  readonly border: number;
};
