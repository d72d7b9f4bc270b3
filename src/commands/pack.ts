import { relative, resolve } from 'node:path';
import * as z from 'zod';
import { expected } from '../errors.ts';
import { defineCommand, jsonOption, option } from './command.ts';

export const packCommand = defineCommand({
  name: 'pack',
  describe: "Bundle a printer's files with their manifests and a job ticket (XJDF) into a ZIP",
  options: {
    manifests: option(z.array(z.string()).min(1), {
      description: 'Manifests of made orders, or folders with some',
      positional: true,
    }),
    to: option(z.string(), { description: 'The ZIP to write', placeholder: 'file.zip' }),
    printer: option(z.string().optional(), {
      description: 'Only the orders for this printer (default: all must be for the same)',
      placeholder: 'name',
    }),
    printOnly: option(z.boolean().default(false), {
      description: 'Only what is printed, with manifests and ticket: no proofs, no reports',
    }),
    json: jsonOption,
  },
  examples: [
    ['pack output --printer jp --to jp.zip', 'all orders in output for that printer'],
    ['pack output/20220912034858-book-cover-6x9-kdp.json --to kdp.zip', 'one order'],
  ],
  async run({ manifests, to, printer, printOnly, json }, { terminal, signal, cwd }) {
    if (!/\.zip$/i.test(to)) throw expected('a file that ends in .zip', '--to', to);
    const { findManifests, pack } = await import('../delivery/pack.ts');
    const found = await findManifests(manifests.map((path) => resolve(cwd, path)));
    const made = await pack(
      found,
      resolve(cwd, to),
      { printOnly, ...(printer !== undefined && { printer }) },
      { signal, onStage: (stage) => terminal.progress(`${stage}…`) },
    );
    terminal.clear();
    for (const warning of made.warnings) terminal.warn(warning);
    if (json) {
      terminal.json({ format: 'printcat-pack-1', ...made });
      return undefined;
    }
    const { bold } = terminal.colours;
    const orders = made.orders.length === 1 ? '1 order' : `${made.orders.length} orders`;
    const pieces = made.orders.reduce((sum, { quantity }) => sum + quantity, 0);
    terminal.print(
      `${bold(relative(cwd, made.path))}: ${orders} for ${made.provider.title}, ${pieces} pieces, ${made.files.length} files, ${(made.bytes / 1e6).toFixed(1)} MB`,
    );
    return undefined;
  },
});
