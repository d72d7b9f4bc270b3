import type { Rule } from '../model.ts';
import { inkOnly, inkOrRgbImages, x1aColour, x4Colour } from './colours.ts';
import {
  dielineClosed,
  dielineFeature,
  dielineGap,
  dielineInside,
  dielineOverprint,
  dielineSpot,
  dielineStroke,
  dielineWhite,
} from './dieline.ts';
import { bitmapResolution, imageResolution, pageImageResolution } from './images.ts';
import { cmykInk, totalInk } from './ink.ts';
import {
  blackLineOverprint,
  grayLine,
  grayOverprint,
  thinColouredLine,
  thinWhiteLine,
  whitePathOverprint,
} from './lines.ts';
import { emptyPage } from './page.ts';
import { PRINTER_RULES } from './printer/index.ts';
import { readable } from './reading.ts';
import { registrationColour, spotCase, spotCount, spotLookAlike, spotSuffix } from './spots.ts';
import { cuttingStep } from './steps.ts';
import { STRUCTURE_RULES } from './structure/index.ts';
import {
  blackTextOverprint,
  courier,
  grayText,
  richBlackText,
  smallColouredText,
  smallWhiteText,
  whiteTextOverprint,
} from './text.ts';
import { blendSpace, x1aTransparency } from './transparency.ts';

/** Every rule there is, in the order of the specification. */
export const RULES: readonly Rule[] = [
  readable,
  // R0001 is PDF/X-4 whole.
  ...STRUCTURE_RULES,
  emptyPage,
  whiteTextOverprint,
  whitePathOverprint,
  blackTextOverprint,
  blackLineOverprint,
  grayText,
  grayLine,
  grayOverprint,
  courier,
  richBlackText,
  smallWhiteText,
  smallColouredText,
  thinWhiteLine,
  thinColouredLine,
  spotCount,
  spotSuffix,
  spotCase,
  spotLookAlike,
  registrationColour,
  cmykInk,
  totalInk,
  inkOnly,
  inkOrRgbImages,
  blendSpace,
  imageResolution,
  bitmapResolution,
  pageImageResolution,
  cuttingStep,
  x1aColour,
  x1aTransparency,
  x4Colour,
  dielineClosed,
  dielineSpot,
  dielineStroke,
  dielineOverprint,
  dielineFeature,
  dielineGap,
  dielineInside,
  dielineWhite,
  ...PRINTER_RULES,
];
