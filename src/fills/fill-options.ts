import * as z from 'zod';
import { DARK_EDGES } from '../mosaics/mosaic.ts';
import { MOSAIC_ORDERS } from '../mosaics/order.ts';
import { option } from '../option.ts';
import { REPEATS } from '../repeats/pattern.ts';
import { parseLength, parseSize, type Size } from '../units.ts';

/** A length of 0 or more: mm as a number, or text such as `0.5in`; mm inside the program. */
const length = z.union([z.number(), z.string()]).transform((given, context) => {
  const mm = typeof given === 'number' ? given : parseLength(given);
  if (mm !== null && mm >= 0) return mm;
  context.addIssue({ code: 'custom', message: 'Expected a length such as 2.5mm or 0.1in' });
  return z.NEVER;
});

/** A tile's width in mm, or both its sides. */
const tile = z
  .union([z.number(), z.string()])
  .transform((given, context): { width: number; height: number | null } => {
    const text = String(given);
    const size: Size | null = parseSize(text);
    const width = size?.width ?? parseLength(text);
    if (width !== null && width > 0) return { width, height: size?.height ?? null };
    context.addIssue({ code: 'custom', message: 'Expected a width or a size such as 60mm or 60x40mm' });
    return z.NEVER;
  });

const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'Expected a colour such as #1d2b3a')
  .transform((text) => text.toLowerCase() as `#${string}`);

/** A share of the trim's height, or a length. */
const share = z
  .union([z.number(), z.string()])
  .transform((given, context): { mm: number } | { share: number } => {
    const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(String(given).trim());
    if (percent && Number(percent[1]) <= 100) return { share: Number(percent[1]) / 100 };
    const mm = typeof given === 'number' ? given : percent ? null : parseLength(given);
    if (mm !== null && mm >= 0) return { mm };
    context.addIssue({ code: 'custom', message: 'Expected a share or a length such as 25% or 80mm' });
    return z.NEVER;
  });

/** What patterns and mosaics have in common. */
const tileOptions = {
  tile: option(tile.optional(), {
    description:
      "Tiles of a pattern or mosaic: their width, or WxH; the height follows the (first) picture (default: the picture's own pixels, at most a third of the shorter side)",
    placeholder: 'width|WxH',
  }),
  gap: option(length.optional(), {
    description: 'Between the tiles; the least distance of scattered pictures (default: 0, scattered 3 mm)',
    placeholder: 'length',
  }),
  ground: option(z.union([z.enum(['auto', 'none']), colour]).default('auto'), {
    description:
      "What is seen between pictures: the light tone of the picture's palette, nothing, or a colour",
    placeholder: 'auto|none|#rrggbb',
  }),
};

/** How a product offers patterns to `make`; `fillOf` reads them. */
export const repeatOptions = {
  repeat: option(z.enum(['none', ...REPEATS]).default('none'), {
    description:
      'The picture as a pattern: side by side, rows or columns shifted by half, every other one mirrored, or strewn without touching',
  }),
  ...tileOptions,
  turn: option(z.number().min(0).max(180).default(30), {
    description: 'How far scattered pictures turn either way, degrees: 0 keeps all upright, 180 is all ways',
    placeholder: 'degrees',
  }),
  smallest: option(z.number().gt(0).max(1).default(0.5), {
    description: 'How small scattered pictures become to fill holes, as a share of their size',
    placeholder: 'share',
  }),
  seed: option(z.int().min(0).max(0xffffffff).default(1), {
    description: 'Another number is another arrangement of several or scattered pictures',
    placeholder: 'n',
  }),
  cyclic: option(z.enum(['keep', 'make']).default('keep'), {
    description:
      'Make a picture join its own copies (printcat seams tells whether it does); it loses a sixth for it',
  }),
};

/** How a product offers mosaics to `make`; `fillOf` reads them. */
export const mosaicOptions = {
  ...tileOptions,
  columns: option(z.int().positive().max(1000).optional(), {
    description: 'Tiles of a mosaic side by side, instead of --tile',
    placeholder: 'n',
  }),
  sort: option(z.enum(MOSAIC_ORDERS).default('id'), {
    description: 'Where pictures lie in a mosaic: by ID, by date, or by colour, light ones on top',
  }),
  empty: option(z.boolean().default(false), {
    description: 'Leave cells empty for which there is no picture, instead of showing some again',
  }),
  dark: option(share.optional(), {
    description: 'A zone of one colour at the bottom, as a share of the height or a length, such as 25%',
    placeholder: 'share|length',
  }),
  darkColour: option(colour.default('#000000'), {
    description: 'Colour of that zone',
    placeholder: '#rrggbb',
  }),
  darkEdge: option(z.enum(DARK_EDGES).default('cut'), {
    description: 'Tiles at the edge of that zone: cut off, faded into it, or left out unless whole',
  }),
  link: option(z.array(z.string().min(1)).default([]), {
    description: 'An address as a QR code, side by side in the dark zone, or else at the bottom; repeatable',
    placeholder: 'address',
  }),
  credits: option(z.boolean().default(false), {
    description:
      'Also write a page (HTML and Markdown) with every picture, its ID, title and prompt, for the QR code to lead to',
  }),
  qrSize: option(length.optional(), {
    description: 'Side of a QR code with its white margin (default: what fits the zone; else 25 mm)',
    placeholder: 'length',
  }),
};

/** The options of patterns and of mosaics as a product's order has them; a product may offer either or both. */
export type FillOrder = Partial<
  z.output<z.ZodObject<typeof repeatOptions>> & z.output<z.ZodObject<typeof mosaicOptions>>
>;
