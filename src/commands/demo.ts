import { relative, resolve } from 'node:path';
import * as z from 'zod';
import { defineCommand, option } from './command.ts';
import { demoWorkspace } from './demo-workspace.ts';

/** The layout whose sample the demo makes. */
const TEMPLATE = 'quarter';

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
