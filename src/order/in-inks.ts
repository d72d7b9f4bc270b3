import { ExactColours } from '../colour/exact-colours.ts';
import { PrintcatError } from '../errors.ts';
import type { OutputColours } from '../press/output-colours.ts';
import type { Edition } from '../press/standards.ts';
import type { ProofLook } from '../preview/proof.ts';
import type { Geometry } from '../products/geometry.ts';
import type { Order } from './order.ts';

/** What is asked of a press needs one. */
export function refuseWithoutInks(
  { space, title }: Edition,
  { black }: Order,
  { paperWhite, gamut }: ProofLook,
): void {
  if (space === 'cmyk') return;
  const asked = paperWhite ? '--paper-white' : gamut ? '--gamut' : black === 'k' ? null : `--black ${black}`;
  if (asked) {
    throw new PrintcatError(`Expected a file in inks for ${asked} but received ${title}`, {
      hint: 'Its printer chooses the press: leave it out, or choose --standard x4 and the --profile of the press.',
    });
  }
}

/**
 * A spot is an ink: in sRGB it would be a colour like any other, and a cut line would be printed.
 * @param geometry the product's; one whose dielines shall not be in the file comes without (`withoutDielines`)
 */
export function refuseSpots({ title }: Edition, exact: ExactColours, { product, pages }: Geometry): void {
  const dieline = pages.flatMap(({ dielines }) => dielines)[0];
  if (dieline) {
    throw new PrintcatError(
      `The ${product} has a dieline (${dieline.role}), which takes a spot, and ${title} has none`,
      { hint: 'Choose --standard x4.' },
    );
  }
  const spot = exact.swaps.map(({ colour }) => colour).find((colour) => colour.kind === 'spot');
  if (!spot) return;
  throw new PrintcatError(
    `The template prints with the spot ${spot.spot.name}, which ${title} does not have`,
    {
      hint: 'Choose --standard x4, or a template without spots.',
    },
  );
}

/** The exact colours of a template, as they look in the file's own colours. */
export const exactColours = (colours: OutputColours): ExactColours =>
  colours.space === 'cmyk'
    ? new ExactColours((inks) => colours.look(inks), colours.inkLimit)
    : new ExactColours();
