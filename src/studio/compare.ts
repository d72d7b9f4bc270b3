import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Context } from '../commands/command.ts';
import { expected, PrintcatError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { contactSheet } from '../gallery/contact-sheet.ts';
import { fittingTemplate } from '../order/fitting-template.ts';
import { readOrder } from '../order/read-order.ts';
import { resolveOrder } from '../order/resolve-order.ts';
import { inWorkshop } from '../workshop.ts';
import { choicesOf } from './choices.ts';
import { PressRoom } from './press-room.ts';
import type { Choices, WrittenOrder } from './protocol.ts';
import { type ComparedProof, comparedProof, sheetOf } from './tile.ts';

/** In the place of a product: one picture on all of them. */
export const ALL_PRODUCTS = 'all';

export interface SheetWish {
  readonly workspace: string;
  /** A product, or `ALL_PRODUCTS`. */
  readonly product: string;
  readonly ids: readonly string[];
  /** Fields, template and options of each. */
  readonly given: { readonly fields: Record<string, string>; readonly [option: string]: unknown };
  /** A PNG or a PDF. */
  readonly file: string;
}

/**
 * Orders beside each other: the pictures on every product that takes them, or each picture on one product. Fields that a
 * template needs and nobody gave are its sample's.
 */
export function comparedOrders(
  { products, templates }: Choices,
  { product, ids, given }: Pick<SheetWish, 'product' | 'ids' | 'given'>,
): WrittenOrder[] {
  const filled = (name: string, wanted: unknown): WrittenOrder['fields'] | null => {
    const template =
      templates.find((candidate) => candidate.name === wanted && candidate.products.includes(name)) ??
      fittingTemplate(templates, name);
    if (!template) return null;
    const known = template.fields.flatMap(({ name: field, required }) => {
      const text = given.fields[field] ?? (required ? template.samples[name]?.[field] : undefined);
      return text === undefined ? [] : [[field, text]];
    });
    return Object.fromEntries(known);
  };
  if (product !== ALL_PRODUCTS) {
    const fields = { ...filled(product, given.template), ...given.fields };
    return ids.map((id) => ({ ...given, product, images: [id], fields }));
  }
  return products.flatMap(({ name, pictures, example, options }) => {
    const fields = filled(name, undefined);
    if (!fields || ids.length < pictures.min) return [];
    const own = Object.entries(given).filter(([key]) => key !== 'template' && !(key in options));
    const images = ids.slice(0, pictures.max);
    return [{ ...example, ...Object.fromEntries(own), product: name, images, fields }];
  });
}

/**
 * Presses orders and writes their proofs as one contact sheet. Pictures are enlarged in the plain way unless the orders say
 * otherwise: a small picture of a page shows no difference.
 * @throws PrintcatError for a file that is neither PNG nor PDF, and where none of the orders can be made
 */
export async function writeContactSheet(wish: SheetWish, context: Context): Promise<undefined> {
  const { terminal, signal, cwd } = context;
  const kind = extname(wish.file).toLowerCase();
  if (kind !== '.png' && kind !== '.pdf') throw expected('a file .png or .pdf', '--sheet', wish.file);
  return inWorkshop(
    wish.workspace,
    undefined,
    context,
    async (workshop) => {
      const room = new PressRoom();
      const proofs: ComparedProof[] = [];
      try {
        for (const order of comparedOrders(await choicesOf(workshop, null), wish)) {
          const written = { upscaler: 'lanczos', ...order };
          try {
            const read = readOrder(written, 'the order', wish.workspace);
            const job = await resolveOrder({ ...read, allowUnreleased: true }, workshop, {});
            proofs.push(await comparedProof(room, job, workshop));
            terminal.print(`${order.product}: ${order.images.join(', ')}`);
          } catch (error) {
            if (!(error instanceof PrintcatError) || signal.aborted) throw error;
            terminal.warn(`${order.product}: ${error.message}`);
          }
        }
      } finally {
        room.close();
      }
      if (proofs.length === 0) throw new PrintcatError('None of the orders can be made: there is no sheet');
      const bytes = await contactSheet(await workshop.browser(), {
        ...{ ...sheetOf(proofs), kind: kind === '.pdf' ? 'pdf' : 'png' },
      });
      await writeWhole(resolve(cwd, wish.file), (path) => writeFile(path, bytes));
      terminal.print(`${proofs.length} proofs: ${terminal.colours.bold(wish.file)}`);
      return undefined;
    },
    { manyOrders: true },
  );
}
