import * as z from 'zod';
import { option } from '../option.ts';
import { parseLength } from '../units.ts';

/** A length, 0 included: mm as a number, or text such as `0.25in`; mm inside the program. */
const length = z.union([z.number(), z.string()]).transform((given, context) => {
  const mm = typeof given === 'number' ? given : parseLength(given);
  if (mm !== null && mm >= 0) return mm;
  context.addIssue({ code: 'custom', message: 'Expected a length such as 0, 5mm or 0.25in' });
  return z.NEVER;
});

export const FLIPS = ['long', 'short', 'none'] as const;
/** Over which edge a printer turns the sheet to print its back; `none` prints one side only. */
export type Flip = (typeof FLIPS)[number];

/** How a product is laid on sheets for a home, office or digital printer. */
export const sheetOptions = {
  sheet: option(z.string().optional(), {
    description:
      'Also lay the product on sheets to print at 100 %: a4, a3, b4, b5, sra3, letter, legal, tabloid or WxH in mm or in',
    placeholder: 'name|WxH',
  }),
  copies: option(z.int().min(1).max(1000).optional(), {
    description: 'Copies of the product, over as many sheets as they take (default: full sheets)',
    placeholder: 'n',
  }),
  gutter: option(length.optional(), {
    description:
      'Between products on the sheet, trim to trim; 0 for one cut between two (default: both bleeds)',
    placeholder: 'length',
  }),
  flip: option(z.enum(FLIPS).optional(), {
    description:
      'Edge over which the printer turns the sheet for its back; none for one side only (default: long for products of two pages)',
  }),
  sheetMargin: option(length.optional(), {
    description: "Margin that the printer leaves white (default: the sheet's, mostly 5 mm)",
    placeholder: 'length',
  }),
  ruler: option(z.boolean().default(true), {
    description: 'Print a ruler beside the product that shows whether the printer scaled the sheet',
  }),
} as const;

/** Sheets as an order wishes them, for a sheet that was chosen. */
export type SheetWish = Omit<z.output<z.ZodObject<typeof sheetOptions>>, 'sheet'> & {
  readonly sheet: string;
};
