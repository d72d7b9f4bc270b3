import type { Artwork } from '../artwork/artwork.ts';
import { chooseProfile, type PressWish } from '../colour/conditions.ts';
import type { PressIntent } from '../colour/intents.ts';
import { PressColours, SHIPPED_PROFILES } from '../colour/press-colours.ts';
import { type ScreenColours, screenColours } from '../colour/screen-colours.ts';
import { expected } from '../errors.ts';
import type { PrinterPreset } from '../products/printer.ts';
import type { Black } from './black.ts';
import { type PendingPicture, type PictureOptions, pending, pressPictures } from './pictures.ts';
import { rgbPicture } from './rgb-pictures.ts';
import { STANDARDS, type Standard } from './standards.ts';

/** The colours that a file is written in: the inks of a press, or sRGB. */
export type OutputColours = PressColours | ScreenColours;

export interface ColourWish extends PressWish {
  readonly intent: PressIntent;
  readonly black: Black;
}

/**
 * Opens the colours that an order's file is written in.
 * @param preset the printer's, which decides what the order leaves open
 * @param tablesDir folder where the tables for pictures are kept from run to run
 * @throws PrintcatError for a profile that cannot be used, or where none is used at all
 */
export async function openColours(
  { profile, condition, intent, black }: ColourWish,
  standard: Standard,
  preset: PrinterPreset['file'],
  tablesDir: string,
): Promise<OutputColours> {
  if (STANDARDS[standard].space === 'rgb') {
    const given =
      profile === undefined ? (['--condition', condition] as const) : (['--profile', profile] as const);
    if (given[1] === undefined) return screenColours();
    throw expected(
      'nothing beside --standard rgb, which stays in sRGB,',
      given[0],
      given[1],
      'Leave it out, or choose --standard x4.',
    );
  }
  const chosen = chooseProfile({ profile, condition }, preset.profile.value, Object.keys(SHIPPED_PROFILES));
  return PressColours.open(chosen.profile, {
    intent,
    neutrals: black === 'profile' ? 'profile' : 'black',
    tablesDir,
    ...(chosen.condition !== undefined && { condition: chosen.condition }),
    ...(preset.tac && { inkLimit: preset.tac.value }),
  });
}

/** Encodes artworks in the colours of their file, a few at a time, while the caller goes on. */
export const encodePictures = (
  artworks: readonly Artwork[],
  colours: OutputColours,
  cacheDir: string,
  options: PictureOptions,
): PendingPicture[] =>
  colours.space === 'rgb'
    ? pending(artworks, (artwork) => rgbPicture(artwork, options))
    : pressPictures(artworks, colours, cacheDir, options);
