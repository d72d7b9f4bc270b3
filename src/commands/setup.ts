import { ExitCode } from '../errors.ts';
import { defineCommand, jsonOption } from './command.ts';

export const setup = defineCommand({
  name: 'setup',
  describe: "Make this machine ready: a browser if there is none, and the default upscaler's weights",
  options: { json: jsonOption },
  examples: [['setup', 'once, after installing printcat; printcat doctor shows what there is']],
  async run({ json }, context) {
    const { terminal } = context;
    const { prepareMachine } = await import('../tools/prepare.ts');
    const prepared = await prepareMachine(context);
    const { browser, weights } = prepared;
    if (json) terminal.json(prepared);
    else {
      terminal.print(`Browser: ${browser.name} ${browser.version} (${browser.path})`);
      terminal.print(`Weights: ${weights ?? 'none'}`);
    }
    return weights ? ExitCode.ok : ExitCode.missingTool;
  },
});
