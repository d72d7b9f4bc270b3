import { resolve } from 'node:path';
import * as z from 'zod';
import { defineCommand, option } from './command.ts';

export const init = defineCommand({
  name: 'init',
  describe: 'Make a folder a workspace: a catalogue of images and their products',
  options: {
    dir: option(z.string().default('.'), {
      description: 'The folder; it is made if need be',
      positional: true,
    }),
  },
  examples: [
    ['init', 'make this folder a workspace'],
    ['init cats', 'make the folder cats'],
  ],
  async run({ dir }, { terminal, cwd }) {
    const { initWorkspace } = await import('../catalogue/workspace.ts');
    const { openCatalogue } = await import('../catalogue/catalogue.ts');
    const { workspace, created } = await initWorkspace(resolve(cwd, dir));
    openCatalogue(workspace).close();
    terminal.print(created ? `Made a workspace in ${workspace}` : `${workspace} is a workspace already.`);
    if (created) terminal.print('Next: printcat import <files or folders…>');
    return undefined;
  },
});
