import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { writeWhole } from '../files.ts';
import { defineCommand, option } from './command.ts';
import { demoWorkspace } from './demo-workspace.ts';

export const galleryCommand = defineCommand({
  name: 'gallery',
  describe: 'Make the sample of every template, and a page and a picture that show them as printed',
  options: {
    dir: option(z.string().default('output/gallery'), {
      description: 'Folder for the files and the page, and for the demo workspace below it',
      positional: true,
    }),
    template: option(z.array(z.string()).default([]), {
      description: 'Only the samples of this template; repeatable (default: all)',
      alias: 't',
      placeholder: 'name',
    }),
  },
  examples: [['gallery', 'writes index.html and gallery.jpg into output/gallery']],
  async run({ dir, template: wanted }, context) {
    const { terminal, cwd, signal } = context;
    const [
      { listTemplates, findTemplate },
      { makeGallery },
      { galleryPage },
      { gallerySheet },
      { inWorkshop },
    ] = await Promise.all([
      import('../layout/template.ts'),
      import('../gallery/gallery.ts'),
      import('../gallery/page.ts'),
      import('../gallery/gallery-sheet.ts'),
      import('../workshop.ts'),
    ]);
    const templates =
      wanted.length > 0 ? await Promise.all(wanted.map((name) => findTemplate(name))) : await listTemplates();
    const folder = resolve(cwd, dir);
    const workspace = await demoWorkspace(join(folder, 'demo'), signal);
    return inWorkshop(
      workspace,
      dir,
      context,
      async (workshop) => {
        const exhibits = await makeGallery(templates, workshop, ({ product, template, pages }) => {
          terminal.clear();
          const count = pages.length === 1 ? '' : `, ${pages.length} pages`;
          terminal.print(`${product.name}: ${template.name}${count}`);
        });
        const page = join(folder, 'index.html');
        await writeWhole(page, (path) => writeFile(path, galleryPage(exhibits)));
        const sheet = join(folder, 'gallery.jpg');
        const jpeg = await gallerySheet(exhibits, await workshop.browser());
        await writeWhole(sheet, (path) => writeFile(path, jpeg));
        terminal.clear();
        terminal.print(`${exhibits.length} samples: ${terminal.colours.bold(relative(cwd, page))}`);
        return undefined;
      },
      { manyOrders: true },
    );
  },
});
