import * as z from 'zod';
import { option } from '../option.ts';

/** What a proof shows, the same for every command that makes orders. */
export const proofOptions = {
  guides: option(z.boolean().default(false), {
    description: 'Draw trim, bleed, safe areas and folds over the proof, with their sizes',
  }),
  paperWhite: option(z.boolean().default(false), {
    description:
      "Show the paper's own colour in the proof (absolute colorimetric); without it the paper is the screen's white",
  }),
  gamut: option(z.boolean().default(false), {
    description:
      'A second proof, grey, with what the press cannot reach in magenta (over ΔE2000 3 from the wanted colour), and its share of the page',
  }),
} as const;
