import { relative, resolve } from 'node:path';
import * as z from 'zod';
import { packagePath } from '../paths.ts';
import { defineCommand, option } from './command.ts';

/** The layout whose sample the demo makes. */
const TEMPLATE = 'quarter';
const WHO = 'printcat demo';

export const demoCommand = defineCommand({
  name: 'demo',
  describe:
    'Make a first cover: prepare this machine, import the demo cats, make a book cover of one of them',
  options: {
    dir: option(z.string().default('output'), {
      description: 'Folder for the cover, and for the demo workspace below it',
      positional: true,
    }),
  },
  async run({ dir }, context) {
    const { terminal, cwd, signal } = context;
    const [{ prepareMachine }, { findTemplate }, { sampleOrder }, { make }, { inWorkshop }, { printMade }] =
      await Promise.all([
        import('../tools/prepare.ts'),
        import('../layout/template.ts'),
        import('../order/sample.ts'),
        import('../make.ts'),
        import('../workshop.ts'),
        import('./print-made.ts'),
      ]);
    await prepareMachine(context);
    const workspace = await demoWorkspace(resolve(cwd, dir, 'demo'), signal);
    const order = await sampleOrder(await findTemplate(TEMPLATE));
    return inWorkshop(workspace, dir, context, async (workshop) => {
      const made = await make(order, workshop);
      terminal.clear();
      printMade(made, terminal, cwd);
      const place = relative(cwd, workspace) || '.';
      terminal.print();
      terminal.print(`Twelve cats are released in ${place}. Go on there: printcat list --workspace ${place}`);
      return undefined;
    });
  },
});

/** A workspace with the demo collection in it, all of it released. */
async function demoWorkspace(folder: string, signal: AbortSignal): Promise<string> {
  const [{ initWorkspace }, { openCatalogue }, { importFiles }] = await Promise.all([
    import('../catalogue/workspace.ts'),
    import('../catalogue/catalogue.ts'),
    import('../catalogue/import.ts'),
  ]);
  const { workspace } = await initWorkspace(folder);
  const catalogue = openCatalogue(workspace);
  try {
    const when = new Date().toISOString();
    const collection = [packagePath('assets', 'demo')];
    await importFiles(catalogue, collection, { cwd: workspace, who: WHO, when, signal });
    catalogue.decide(catalogue.ids(), 'released', { who: WHO, when });
  } finally {
    catalogue.close();
  }
  return workspace;
}
