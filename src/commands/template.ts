import { join, relative } from 'node:path';
import * as z from 'zod';
import { kebab } from '../option-facts.ts';
import { defineCommand, option, workspaceOption } from './command.ts';

export const templateCommand = defineCommand({
  name: 'template',
  describe: "Start a template of your own in the workspace's templates folder",
  options: {
    action: option(z.enum(['new']), { description: 'new: write one that works', positional: true }),
    name: option(z.string(), { description: 'Its name, for example my-cover', positional: true }),
    product: option(z.string().default('book-cover'), {
      description: 'The product that it lays out (printcat products)',
      alias: 'p',
      placeholder: 'name',
    }),
    workspace: workspaceOption,
  },
  examples: [['template new my-card --product postcard', 'writes templates/my-card']],
  async run({ name, product, workspace }, { terminal, cwd, signal }) {
    const [
      { chooseWorkspace, workspacePaths },
      { findProduct },
      { scaffoldTemplate },
      { inCatalogue },
      { exampleOf },
    ] = await Promise.all([
      import('../catalogue/workspace.ts'),
      import('../products/index.ts'),
      import('../layout/scaffold.ts'),
      import('./in-catalogue.ts'),
      import('../order/example.ts'),
    ]);
    const own = chooseWorkspace(cwd, workspace);
    const folder = join(own, 'templates', name);
    const found = findProduct(product, own);
    const { images, geometry } = await inCatalogue(workspace, { cwd }, (catalogue) =>
      exampleOf(found, { catalogue, workspace: own, cacheDir: workspacePaths(own).cache, signal }),
    );
    const files = await scaffoldTemplate(folder, found, images, geometry);
    const { bold } = terminal.colours;
    terminal.print(`${bold(relative(cwd, folder) || '.')}: ${files.join(', ')}`);
    const flags = Object.entries(found.declaration.example).flatMap(([key, given]) =>
      [given].flat().map((value) => (value === true ? `--${kebab(key)}` : `--${kebab(key)} ${value}`)),
    );
    const line = ['printcat make', product, ...images, '--template', name, ...flags].join(' ');
    terminal.print(`Look at it: ${line} --guides`);
    return undefined;
  },
});
