import * as z from 'zod';
import { type OrderBasics, orderOptions } from '../order/order-options.ts';
import { defineCommand, option } from './command.ts';
import { makeCommand } from './make.ts';
import { studioOptions } from './studio-options.ts';

export const previewCommand = defineCommand({
  name: 'preview',
  describe: 'Open the studio with an order: see a product as printed before it is made',
  options: {
    product: option(z.string(), {
      description: 'What to see (printcat products); with --sheet also all of them: all',
      positional: true,
    }),
    ids: option(z.array(z.string()).min(1), {
      description: 'IDs of images, the main one first (printcat list)',
      positional: true,
    }),
    ...orderOptions,
    ...studioOptions,
    // In the place of the sheets of paper that `make` fills.
    sheet: option(z.string().optional(), {
      description:
        'Write a contact sheet instead, PNG or PDF: a product with each of the pictures, or all products with them',
      placeholder: 'file',
    }),
  },
  moreOptions: (line, context) => makeCommand.moreOptions!(line, context),
  examples: [
    ['preview book-cover 20220912034858 --pages 240 --printer kdp', 'opens the cover in the browser'],
    ['preview all 20220912034858 --sheet all.png', 'writes the proofs of all products, one beside the other'],
  ],
  async run(args, context) {
    const [{ chooseWorkspace }, { readFields }, { serve }, { changedOptions }] = await Promise.all([
      import('../catalogue/workspace.ts'),
      import('../order/order.ts'),
      import('../studio/serve.ts'),
      import('../studio/changed-options.ts'),
    ]);
    const { product, ids, host, port, open, workspace, set, template, sheet, ...options } =
      args as PreviewArgs;
    const folder = chooseWorkspace(context.cwd, workspace);
    if (sheet !== undefined) {
      const { writeContactSheet, ALL_PRODUCTS } = await import('../studio/compare.ts');
      const own = product === ALL_PRODUCTS ? {} : changedOptions(options, product, folder);
      const given = { ...own, ...(template !== undefined && { template }), fields: readFields(set) };
      return writeContactSheet({ workspace: folder, product, ids, given, file: sheet }, context);
    }
    const order = {
      ...changedOptions(options, product, folder),
      ...{ product, images: ids, template, fields: readFields(set) },
    };
    return serve({ workspace: folder, host, port, open, order, orderFile: undefined }, context);
  },
});

/** What the product's options leave out of the type. */
type PreviewArgs = OrderBasics & {
  product: string;
  ids: string[];
  host: string;
  port: number | undefined;
  open: boolean;
  workspace: string | undefined;
  sheet: string | undefined;
  [option: string]: unknown;
};
