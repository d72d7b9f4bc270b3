import * as z from 'zod';
import { BLEED_FILLS, MAX_ZOOM, UPSCALERS, USUAL_BLEED_FILL } from '../artwork/artwork.ts';
import { PRESS_INTENTS } from '../colour/intents.ts';
import { option } from '../option.ts';
import { BLACKS } from '../press/black.ts';
import { STANDARD_NAMES } from '../press/standards.ts';
import { sheetOptions } from '../sheets/options.ts';

const focalPoint = z
  .string()
  .regex(/^(0|1|0?\.\d+|1\.0+),(0|1|0?\.\d+|1\.0+)$/, 'Expected two fractions from 0 to 1 such as 0.5,0.3')
  .transform((text) => {
    const [x = 0.5, y = 0.5] = text.split(',').map(Number);
    return { x, y };
  });

/** What every order says, whatever the product; the product's own options come beside these. */
export const orderOptions = {
  template: option(z.string().optional(), {
    description: 'Layout of the product: a name (printcat templates) or a folder',
    alias: 't',
    placeholder: 'name',
  }),
  set: option(z.array(z.string()).default([]), {
    description:
      "A field of the template, e.g. --set title='Night Walks' (printcat templates NAME lists them)",
    alias: 's',
    placeholder: 'field=value',
  }),
  profile: option(z.string().optional(), {
    description: "Press profile: FOGRA39, 'CGATS TR 006', or a CMYK .icc file (default: the printer's)",
    placeholder: 'name|file.icc',
  }),
  condition: option(
    z
      .string()
      .regex(/^[^\p{Cc}]{1,100}$/u, 'Expected the name of a printing condition such as FOGRA51')
      .optional(),
    {
      description:
        "Printing condition of an own profile, e.g. FOGRA51 or JC200103; one that is not registered stands as the press's own name",
      placeholder: 'name',
    },
  ),
  standard: option(z.enum(STANDARD_NAMES).optional(), {
    description:
      "Standard of the press file: PDF/X-4; PDF/X-1a:2001 or :2003, without transparency; or PDF 1.7 in sRGB for those who convert by themselves (default: the printer's)",
  }),
  intent: option(z.enum(PRESS_INTENTS).default('relative'), {
    description:
      'Colours beyond the press: the nearest (relative, black point compensated), or all eased in (perceptual)',
  }),
  black: option(z.enum(BLACKS).default('k'), {
    description:
      "Greys and black of the layout: black ink alone; the same with large areas in the printer's rich black; or the four inks of the profile",
  }),
  lossless: option(z.boolean().default(false), {
    description:
      'Keep every pixel of the pictures as converted, three times as large (default: JPEG, quality 95, 4:4:4)',
  }),
  ppi: option(z.number().min(72).max(1200).optional(), {
    description: "Resolution of the pictures on the product (default: the printer's, mostly 300)",
    placeholder: 'n',
  }),
  upscaler: option(z.enum(UPSCALERS).default('fast'), {
    description: 'How small pictures are enlarged (printcat models tells them apart)',
  }),
  bleedFill: option(z.enum(BLEED_FILLS).optional(), {
    description: `Where a picture has no room for the bleed: enlarge it, mirror it, or extend its edge colour (default: as the studio kept it, else ${USUAL_BLEED_FILL})`,
  }),
  focal: option(focalPoint.optional(), {
    description:
      'Point of the picture that stays in the crop, as fractions of width and height (default: as the studio kept it, else found)',
    placeholder: 'x,y',
  }),
  zoom: option(z.number().min(1).max(MAX_ZOOM).optional(), {
    description:
      'How many times larger the picture is shown than it must be to fill its place (default: as the studio kept it, else 1)',
    placeholder: 'n',
  }),
  ...sheetOptions,
  quantity: option(z.int().min(1).max(1_000_000).default(1), {
    description: 'How many are ordered, for the manifest and the job ticket',
    alias: 'q',
    placeholder: 'n',
  }),
  sku: option(
    z
      .string()
      .regex(/^[^\p{Cc}]{1,100}$/u, "Expected the provider's article number, up to 100 letters")
      .optional(),
    {
      description: "The provider's article number (SKU) of the product, for the manifest and the job ticket",
      placeholder: 'text',
    },
  ),
  allowUnreleased: option(z.boolean().default(false), {
    description: 'Make a trial from a picture that nobody has released yet',
  }),
} as const;

/** The part of an order that does not depend on the product. */
export type OrderBasics = z.output<z.ZodObject<typeof orderOptions>>;
