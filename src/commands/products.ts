import * as z from 'zod';
import type { Product } from '../products/product.ts';
import type { Terminal } from '../terminal.ts';
import { formatMm } from '../units.ts';
import { defineCommand, jsonOption, option } from './command.ts';
import { Footnotes, table } from './table.ts';

export const productsCommand = defineCommand({
  name: 'products',
  describe: 'List what can be made; with a name, what it takes',
  options: {
    name: option(z.string().optional(), {
      description: 'A product, for example book-cover',
      positional: true,
    }),
    json: jsonOption,
  },
  examples: [
    ['products', 'what can be made'],
    ['products book-cover', 'its options and the formats of books'],
  ],
  async run({ name, json }, { terminal }) {
    const { products, findProduct } = await import('../products/index.ts');
    if (name === undefined) {
      const list = products.map((product) => [product.name, product.description]);
      if (json) terminal.json(products.map(({ name, title, description }) => ({ name, title, description })));
      else for (const line of table(list)) terminal.print(line);
      return undefined;
    }
    const product = findProduct(name);
    if (json) terminal.json(await productFacts(product));
    else await printProduct(product, terminal);
    return undefined;
  },
});

async function productFacts({ name, title, description, options }: Product) {
  const { optionFacts } = await import('./parse.ts');
  const { bookSizes } = await import('../products/sizes.ts');
  return { name, title, description, options: optionFacts(options), sizes: bookSizes() };
}

async function printProduct(product: Product, terminal: Terminal): Promise<void> {
  const { AUTHORITIES } = await import('../products/sourced.ts');
  const { sizeMm } = await import('../products/sizes.ts');
  const { options, sizes } = await productFacts(product);
  const notes = new Footnotes();
  const { bold } = terminal.colours;
  const print = (rows: string[][]) => {
    for (const line of table(rows)) terminal.print(line);
  };
  terminal.print(`${bold(product.name)} – ${product.description}`);
  print(
    Object.entries(options).map(([name, facts]) => [
      `--${name} <${facts.enum?.join('|') ?? facts.placeholder ?? 'value'}>`,
      `${facts.description}${facts.default === undefined ? '' : ` (default: ${facts.default})`}`,
    ]),
  );
  terminal.print();
  terminal.print(bold('Formats'));
  print(
    sizes.flatMap(({ name, title, aliases, size, others }) =>
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
    ),
  );
  terminal.print('  or any WIDTHxHEIGHT, in mm or in: 120x180, 5.25x8in');
  terminal.print();
  terminal.print(bold('Sources'));
  print(notes.rows());
}
