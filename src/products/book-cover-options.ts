import * as z from 'zod';
import { option } from '../option.ts';
import { parseLength } from '../units.ts';
import { printerNames } from './printer.ts';

/** A length of more than 0: mm as a number, or text such as `0.5in`; mm inside the program. */
const length = z.union([z.number(), z.string()]).transform((given, context) => {
  const mm = typeof given === 'number' ? given : parseLength(given);
  if (mm !== null && mm > 0) return mm;
  context.addIssue({ code: 'custom', message: 'Expected a length of more than 0, such as 12.5mm or 0.5in' });
  return z.NEVER;
});

/** What an order of a book cover says of the book and its printer. */
export const bookCoverOptions = {
  size: option(z.string().optional(), {
    description:
      "Format of the book: a name (a6, 文庫, 6x9 …) or WxH in mm or in (default: the printer's usual)",
    placeholder: 'name|WxH',
  }),
  pages: option(z.int().positive().optional(), {
    description: 'Pages of the book block; needed for the spine, unless --spine is given',
    placeholder: 'n',
  }),
  paper: option(z.string().optional(), {
    description: "Paper of the book block (default: the printer's first; see printcat printers)",
    placeholder: 'name',
  }),
  printer: option(z.enum(printerNames()).default('jp'), {
    description: 'Whose requirements the file meets',
  }),
  binding: option(z.enum(['left', 'right']).optional(), {
    description:
      'Bound on the left, or on the right as for vertical Japanese text (default: as the template reads)',
  }),
  spine: option(length.optional(), {
    description: "Width of the spine from the printer's own calculator, instead of the formula",
    placeholder: 'length',
  }),
  override: option(z.array(z.string()).optional(), {
    description: "Another number for one of the printer's, as key=value: bleed=5mm, spine.clear=2mm …",
    placeholder: 'key=value',
  }),
};

/** One order of a book cover. */
export type BookCoverOrder = z.output<z.ZodObject<typeof bookCoverOptions>>;
