import * as z from 'zod';
import type { Product } from '../products/product.ts';
import type { NamedSize } from '../products/sizes.ts';
import type { Terminal } from '../terminal.ts';
import { formatMm } from '../units.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { Footnotes, table } from './table.ts';

const GROUP_TITLES: Readonly<Record<Product['group'], string>> = {
  covers: 'Covers',
  stickers: 'Stickers',
  paper: 'Paper',
  things: 'Things',
};

export const productsCommand = defineCommand({
  name: 'products',
  describe: 'List what can be made; with a name, what it takes',
  options: {
    name: option(z.string().optional(), {
      description: 'A product, for example book-cover',
      positional: true,
    }),
    workspace: workspaceOption,
    json: jsonOption,
  },
  examples: [
    ['products', 'what can be made'],
    ['products book-cover', 'its options, its sizes, who makes it'],
  ],
  async run({ name, workspace, json }, { terminal, cwd }) {
    const [{ listProducts, findProduct }, { workspaceIfAny }] = await Promise.all([
      import('../products/index.ts'),
      import('../catalogue/workspace.ts'),
    ]);
    const own = workspaceIfAny(cwd, workspace);
    if (name === undefined) {
      const products = listProducts(own);
      if (json) terminal.json(products.map(overview));
      else printList(products, terminal);
      return undefined;
    }
    const product = findProduct(name, own);
    if (json) terminal.json(await productFacts(product, own));
    else await printProduct(product, own, terminal);
    return undefined;
  },
});

const overview = ({ name, title, description, group, output }: Product) => ({
  ...{ name, title, description, group, output },
});

function printList(products: readonly Product[], terminal: Terminal): void {
  const { bold } = terminal.colours;
  const width = Math.max(...products.map(({ name }) => name.length));
  for (const [i, group] of (Object.keys(GROUP_TITLES) as Product['group'][]).entries()) {
    const rows = products.filter((product) => product.group === group);
    if (rows.length === 0) continue;
    if (i > 0) terminal.print();
    terminal.print(bold(GROUP_TITLES[group]));
    const cells = rows.map(({ name, output, description }) => [
      name.padEnd(width),
      output === 'image' ? 'PNG' : 'PDF',
      description,
    ]);
    for (const line of table(cells)) terminal.print(line);
  }
}

async function productFacts(product: Product, workspace: string | undefined) {
  const [{ optionFacts }, { sizesOf }, { printersOf }] = await Promise.all([
    import('../option-facts.ts'),
    import('../products/parameters.ts'),
    import('../products/printer.ts'),
  ]);
  const { name, group, pictures, declaration, options } = product;
  const size = Object.values(declaration.parameters).find((parameter) => parameter.kind === 'size');
  return {
    ...overview(product),
    pictures,
    printers: printersOf(name, group, workspace),
    options: optionFacts(options),
    sizes: size ? sizesOf(size) : [],
  };
}

async function printProduct(product: Product, own: string | undefined, terminal: Terminal): Promise<void> {
  const { options, sizes, printers, pictures } = await productFacts(product, own);
  const notes = new Footnotes();
  const { bold } = terminal.colours;
  const print = (rows: string[][]) => {
    for (const line of table(rows)) terminal.print(line);
  };
  terminal.print(`${bold(product.name)} – ${product.description}`);
  print([
    ['printers', printers.join(', ')],
    ['file', product.output === 'image' ? 'PNG in sRGB' : 'PDF for a press'],
    ['pictures', pictures.min === pictures.max ? `${pictures.min}` : `${pictures.min} to ${pictures.max}`],
  ]);
  terminal.print();
  terminal.print(bold('Options'));
  const { kebab } = await import('../option-facts.ts');
  print(
    Object.entries(options).map(([name, facts]) => [
      facts.type === 'boolean'
        ? `--${kebab(name)}`
        : `--${kebab(name)} <${facts.enum?.join('|') ?? facts.placeholder ?? 'value'}>`,
      `${facts.description}${facts.default === undefined || facts.type === 'boolean' ? '' : ` (default: ${facts.default})`}`,
    ]),
  );
  if (sizes.length === 0) return;
  terminal.print();
  terminal.print(bold('Formats'));
  print(await sizeRows(sizes, notes));
  terminal.print();
  terminal.print(bold('Sources'));
  print(notes.rows());
}

async function sizeRows(sizes: readonly NamedSize[], notes: Footnotes): Promise<string[][]> {
  const { AUTHORITIES } = await import('../products/sourced.ts');
  const { sizeMm } = await import('../products/sizes.ts');
  return sizes.flatMap(({ name, title, aliases, size, others }) =>
    [size, ...others].map((entry, i) => {
      const { width, height } = sizeMm(entry);
      return [
        i === 0 ? name : '',
        `${formatMm(width)} × ${formatMm(height)}`,
        `${AUTHORITIES[entry.authority]} ${entry.retrieved ?? ''}`,
        notes.mark(entry.source),
        i === 0 ? [...new Set([title, ...aliases])].join(', ') : 'at other printers',
      ];
    }),
  );
}
