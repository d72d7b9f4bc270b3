import * as z from 'zod';
import { type OrderBasics, orderOptions } from '../order/order-options.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { proofOptions } from './proof-options.ts';

export const makeCommand = defineCommand({
  name: 'make',
  describe: 'Make a product from one image or several: the press file, a proof and a manifest',
  options: {
    product: option(z.string(), { description: 'What to make (printcat products)', positional: true }),
    ids: option(z.array(z.string()).min(1), {
      description: 'IDs of released images, the main one first (printcat list)',
      positional: true,
    }),
    ...orderOptions,
    ...proofOptions,
    out: option(z.string().optional(), {
      description: "Folder for the files (default: the workspace's output)",
      alias: 'o',
      placeholder: 'dir',
    }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  async moreOptions(line, { cwd }) {
    const [{ findProduct, listProducts, productNames }, { workspaceIfAny }] = await Promise.all([
      import('../products/index.ts'),
      import('../catalogue/workspace.ts'),
    ]);
    const flag = line.findIndex((word) => word === '-w' || word === '--workspace');
    const workspace = workspaceIfAny(cwd, flag === -1 ? undefined : line[flag + 1]);
    const names = productNames(workspace);
    const asked = line.find((word) => names.includes(word));
    if (asked !== undefined) {
      const { name, options } = findProduct(asked, workspace);
      return { title: `Options of ${name}:`, options };
    }
    // Without a product every option of any is known, so that the product is what is missed.
    const options = Object.assign({}, ...listProducts(workspace).map((product) => product.options));
    return { title: 'Options of products (printcat make <product> --help shows its own):', options };
  },
  examples: [
    [
      "make book-cover 20220912034858 --set title='Night Walks' --pages 240",
      'an A6 cover for a Japanese printer',
    ],
    [
      "make book-cover 20220912034858 -s title='Night Walks' --size 6x9 --pages 240 --printer kdp",
      'one for KDP',
    ],
  ],
  async run(args, context) {
    const { terminal } = context;
    const [{ chooseWorkspace }, { readFields }, { inWorkshop }] = await Promise.all([
      import('../catalogue/workspace.ts'),
      import('../order/order.ts'),
      import('../workshop.ts'),
    ]);
    const { product, ids, guides, paperWhite, gamut, out, json, workspace, ...rest } = args as typeof args &
      MakeArgs;
    const isBasic = ([name]: [string, unknown]) => name in orderOptions;
    const entries = Object.entries(rest);
    const { set, ...basics } = Object.fromEntries(entries.filter(isBasic)) as OrderBasics;
    const options = Object.fromEntries(entries.filter((entry) => !isBasic(entry)));
    const order = { ...basics, product, images: ids, fields: readFields(set), options };
    const folder = chooseWorkspace(context.cwd, workspace);
    return inWorkshop(folder, out, context, async (workshop) => {
      const [{ make }, { printMade }] = await Promise.all([import('../make.ts'), import('./print-made.ts')]);
      const made = await make(order, workshop, { guides, paperWhite, gamut });
      terminal.clear();
      if (json) terminal.json({ ...made.manifest, written: made.files });
      else printMade(made, terminal, context.cwd);
      return undefined;
    });
  },
});

/** What the product's options leave out of the type. */
type MakeArgs = OrderBasics & {
  product: string;
  ids: string[];
  guides: boolean;
  paperWhite: boolean;
  gamut: boolean;
  json: boolean;
  out: string | undefined;
  workspace: string | undefined;
};
