import * as z from 'zod';
import { defineCommand, option } from './command.ts';
import { studioOptions } from './studio-options.ts';

export const studioCommand = defineCommand({
  name: 'studio',
  describe: 'Open a page in the browser where products are seen as printed, changed, checked and made',
  options: {
    order: option(z.string().optional(), {
      description: 'An order (YAML or JSON) to start with; the page follows when the file changes',
      placeholder: 'file',
    }),
    ...studioOptions,
  },
  examples: [
    ['studio', 'opens the workspace of this folder'],
    ['studio --order cover.yaml --no-open', 'prints the address of an order'],
  ],
  async run({ order, host, port, open, workspace }, context) {
    const [{ chooseWorkspace }, { serve }] = await Promise.all([
      import('../catalogue/workspace.ts'),
      import('../studio/serve.ts'),
    ]);
    const folder = chooseWorkspace(context.cwd, workspace);
    return serve({ workspace: folder, host, port, open, order: null, orderFile: order }, context);
  },
});
