import * as z from 'zod';
import { expected, PrintcatError } from '../errors.ts';
import { kebab } from '../option-facts.ts';
import type { Order } from '../order/order.ts';
import { type OrderBasics, orderOptions } from '../order/order-options.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { proofLook, proofOptions } from './proof-options.ts';

export const makeCommand = defineCommand({
  name: 'make',
  describe: 'Make a product from one image or several: the press file, a proof and a manifest',
  options: {
    product: option(z.string().optional(), {
      description: 'What to make (printcat products)',
      positional: true,
    }),
    ids: option(z.array(z.string()).default([]), {
      description: 'IDs of released images, the main one first (printcat list)',
      positional: true,
    }),
    ...orderOptions,
    ...proofOptions,
    order: option(z.string().optional(), {
      description:
        'The one order of a file (.csv, .yaml, .json, .jsonl), in the place of a product, images and options',
      placeholder: 'file',
    }),
    save: option(z.string().optional(), {
      description: 'Also write the order into a file (.yaml or .json), for --order and for printcat batch',
      placeholder: 'file',
    }),
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
    // The file says everything.
    if (line.some((word) => word === '--order' || word.startsWith('--order=')))
      return { title: '', options: {} };
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
    const given = args as MakeArgs;
    const { out, json, save } = given;
    const look = proofLook(given);
    const folder = chooseWorkspace(context.cwd, given.workspace);
    const orderFiles =
      given.order !== undefined || save !== undefined ? await import('../batch/one-order.ts') : null;
    if (save !== undefined) orderFiles?.requireOrderFile(save);
    if (given.order !== undefined) refuseBeside(given);
    const order =
      given.order === undefined || !orderFiles
        ? orderOf(given, readFields)
        : await orderFiles.readOneOrder(given.order, context.cwd, folder);
    return inWorkshop(folder, out, context, async (workshop) => {
      const [{ make }, { printMade }] = await Promise.all([import('../make.ts'), import('./print-made.ts')]);
      const made = await make(order, workshop, look);
      if (save !== undefined) await orderFiles?.saveOrder(order, save, context.cwd, folder);
      terminal.clear();
      if (json) terminal.json({ ...made.manifest, written: made.files });
      else printMade(made, terminal, context.cwd);
      return undefined;
    });
  },
});

/** What the product's options leave out of the type. */
type MakeArgs = OrderBasics & {
  product: string | undefined;
  ids: string[];
  proof: boolean;
  guides: boolean;
  paperWhite: boolean;
  gamut: boolean;
  order: string | undefined;
  save: string | undefined;
  json: boolean;
  out: string | undefined;
  workspace: string | undefined;
};

/** Options of the command that are not the order's. */
const NOT_OF_ORDER = [
  'product',
  'ids',
  'order',
  'save',
  'json',
  'out',
  'workspace',
  ...Object.keys(proofOptions),
];

/** The order that the line itself says. */
function orderOf(args: MakeArgs, readFields: (pairs: readonly string[]) => Record<string, string>): Order {
  const { product, ids } = args;
  if (product === undefined || ids.length === 0) {
    throw new PrintcatError('Expected <product> and <ids..> after printcat make but received less', {
      hint: 'printcat make --help',
    });
  }
  const isBasic = ([name]: [string, unknown]) => name in orderOptions;
  const entries = Object.entries(args).filter(([name]) => !NOT_OF_ORDER.includes(name));
  const { set, ...basics } = Object.fromEntries(entries.filter(isBasic)) as OrderBasics;
  const options = Object.fromEntries(entries.filter((entry) => !isBasic(entry)));
  return { ...basics, product, images: ids, fields: readFields(set), options };
}

/** @throws PrintcatError where the line says something of the order that stands in a file */
function refuseBeside(args: MakeArgs): void {
  const usual = z.object(orderOptions).parse({}) as Readonly<Record<string, unknown>>;
  const said = Object.keys(orderOptions).find(
    (name) => JSON.stringify(args[name as keyof MakeArgs]) !== JSON.stringify(usual[name]),
  );
  const beside = args.product ?? args.ids[0] ?? (said && `--${kebab(said)}`);
  if (beside === undefined) return;
  throw expected('nothing beside it', '--order', beside, 'The file says what is made: write it there.');
}
