import * as z from 'zod';
import { expected } from '../errors.ts';
import { option } from '../option.ts';
import type { ProofLook } from '../preview/proof.ts';

/** What a proof shows, the same for every command that makes orders. */
export const proofOptions = {
  proof: option(z.boolean().default(true), {
    description:
      'Draw the proofs and a report with the page in it; --no-proof makes the press file and its manifest alone, quicker where there are thousands',
  }),
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

/**
 * What a command was told of its proofs.
 * @throws PrintcatError where a proof shall show something, and there shall be none
 */
export function proofLook({ proof, guides, paperWhite, gamut }: Required<ProofLook>): ProofLook {
  const shown = guides ? '--guides' : paperWhite ? '--paper-white' : gamut ? '--gamut' : null;
  if (!proof && shown) throw expected(`no ${shown}`, '--no-proof', 'both', 'It says what a proof shows.');
  return { proof, guides, paperWhite, gamut };
}
