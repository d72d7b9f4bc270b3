import * as z from 'zod';
import { expected, PrintcatError } from '../errors.ts';
import type { FileOutput } from '../preflight/report/schema.ts';
import { type Context, defineCommand, jsonOption, option } from './command.ts';

const options = {
  files: option(z.array(z.string()).min(1), { description: 'The PDFs to judge', positional: true }),
  rules: option(z.string().optional(), {
    description:
      "What to hold them against: sheetfed, label, digital, x4, x1a, or a printer's name (printcat printers); default: sheetfed, or the workspace's",
    alias: 'r',
    placeholder: 'name',
  }),
  without: option(z.array(z.string()).default([]), {
    description: 'Switch a rule off by its name, for example R0014; the report says so',
    placeholder: 'rule',
  }),
  html: option(z.string().optional(), {
    description:
      'Write the report as an HTML file with the findings drawn on the pages; for several PDFs a folder',
    placeholder: 'file',
  }),
  fix: option(z.string().optional(), {
    description:
      'Mend what is safe to mend into a new PDF, and judge that: boxes, Trapped, ID, XMP, hairlines, RGB',
    placeholder: 'file',
  }),
  password: option(z.string().optional(), {
    description: 'The password of encrypted PDFs',
    placeholder: 'text',
  }),
  maxTime: option(z.number().positive().default(120), {
    description: 'Give up on a PDF after this many seconds',
    placeholder: 's',
  }),
  json: jsonOption,
};
type Args = z.output<z.ZodObject<typeof options>>;

export const preflightCommand = defineCommand({
  name: 'preflight',
  describe: 'Judge any PDF as a printer would: what is wrong, where, and what to do about it',
  options,
  examples: [
    ['preflight cover.pdf', 'what a sheetfed offset printer would refuse'],
    [
      'preflight cover.pdf --rules kdp --html report.html',
      'against a printer, with the findings on the page',
    ],
    ['preflight flyer.pdf --fix flyer-fixed.pdf', 'mend what is safe to mend into a new file'],
  ],
  async run(args, context) {
    const [{ ruleSet, knownRules }, { judgeFile }] = await Promise.all([
      import('../preflight/rule-set.ts'),
      import('./judge-file.ts'),
    ]);
    const config = await workspacePreflight(context);
    const set = ruleSet(args.rules ?? config.rules ?? 'sheetfed');
    const without = [
      ...knownRules(config.without, 'preflight.without in printcat.json'),
      ...knownRules(args.without, '--without'),
    ];
    if (args.fix !== undefined && args.files.length > 1) {
      throw expected('one PDF', '--fix', args.files.join(', '), 'Fix them one by one.');
    }
    const outputs: FileOutput[] = [];
    for (const file of args.files) {
      outputs.push(await judgeFile(file, { ...set, without }, args, context));
      context.signal.throwIfAborted();
    }
    return print(outputs, args, context);
  },
});

/** The workspace's own wishes, where the command is run in one. */
async function workspacePreflight({
  cwd,
}: Context): Promise<{ rules?: string | undefined; without: string[] }> {
  const { findWorkspace, readConfig } = await import('../catalogue/workspace.ts');
  let workspace: string;
  try {
    workspace = findWorkspace(cwd);
  } catch (error) {
    if (error instanceof PrintcatError) return { without: [] };
    throw error;
  }
  return (await readConfig(workspace)).preflight ?? { without: [] };
}

/** @returns 0 without an error, 1 with one, 2 where a file cannot be judged */
async function print(outputs: readonly FileOutput[], { json }: Args, { terminal }: Context): Promise<number> {
  terminal.clear();
  if (json) terminal.json({ format: 'printcat-preflight-1', files: outputs });
  else {
    const { printOutput } = await import('./print-output.ts');
    for (const [i, output] of outputs.entries()) {
      if (i > 0) terminal.print();
      printOutput(output, terminal);
    }
  }
  if (outputs.some(({ verdict }) => verdict === 'unusable')) return 2;
  return outputs.some(({ verdict }) => verdict === 'errors') ? 1 : 0;
}
