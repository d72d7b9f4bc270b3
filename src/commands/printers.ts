import * as z from 'zod';
import type { Sourced } from '../products/geometry.ts';
import type { PrinterPreset } from '../products/printer.ts';
import type { Terminal } from '../terminal.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { Footnotes, table } from './table.ts';

export const printersCommand = defineCommand({
  name: 'printers',
  describe: "List the printers' presets; with a name, every number with its source",
  options: {
    name: option(z.string().optional(), { description: 'A printer, for example kdp', positional: true }),
    workspace: workspaceOption,
    json: jsonOption,
  },
  examples: [
    ['printers', 'the printers there are'],
    ['printers jp', 'what Japanese printers ask for, number by number'],
  ],
  async run({ name, workspace, json }, { terminal, cwd }) {
    const { workspaceIfAny } = await import('../catalogue/workspace.ts');
    const own = workspaceIfAny(cwd, workspace);
    const { printerNames, readPrinter } = await import('../products/printer.ts');
    const printers = (name === undefined ? printerNames(own) : [name]).map((each) => readPrinter(each, own));
    if (json) terminal.json(name === undefined ? printers : printers[0]);
    else if (name === undefined) for (const line of table(printers.map(overview))) terminal.print(line);
    else await printNumbers(printers[0]!, terminal);
    return undefined;
  },
});

function overview({ name, title, makes, marks, file }: PrinterPreset): string[] {
  const drawn = marks.value === 'none' ? 'no marks' : `${marks.value} marks`;
  return [name, makes.join(', '), drawn, `${file.ppi.value} ppi`, title];
}

async function printNumbers(printer: PrinterPreset, terminal: Terminal): Promise<void> {
  const { numbersOf } = await import('../products/printer.ts');
  const { AUTHORITIES, formatSourced } = await import('../products/sourced.ts');
  const notes = new Footnotes();
  const { yellow, bold } = terminal.colours;
  const row = (key: string, entry: Sourced<unknown>) => [
    key,
    `${AUTHORITIES[entry.authority]}${entry.retrieved ? ` ${entry.retrieved}` : ''}`,
    notes.mark(entry.source),
    formatSourced(entry),
  ];
  const print = (rows: string[][]) => {
    for (const line of table(rows)) {
      terminal.print(line.includes(AUTHORITIES.unverified) ? yellow(line) : line);
    }
  };
  const { papers, ...rest } = printer;
  terminal.print(bold(`${printer.title} (${printer.name})`));
  print(numbersOf(rest).map(({ key, entry }) => row(key, entry)));
  if (printer.spineFrom) terminal.print(`  The spine's width comes from ${printer.spineFrom}: --spine.`);
  for (const paper of papers) {
    terminal.print();
    terminal.print(`${bold(paper.name)} – ${[paper.title, ...paper.aliases].join(', ')}`);
    print(numbersOf(paper).map(({ key, entry }) => row(key.replace(/^others\.\d+$/, 'elsewhere'), entry)));
    if (paper.remark) terminal.print(`  This printer ${paper.remark}.`);
  }
  terminal.print();
  terminal.print(bold('Sources'));
  print(notes.rows());
}
