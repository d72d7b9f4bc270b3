import type { FileOutput } from '../preflight/report/schema.ts';
import type { Terminal } from '../terminal.ts';
import { plain } from './plain.ts';
import { textReport } from './report-text.ts';
import { wrap } from './table.ts';

/** One file's report on a terminal: what was fixed, then what is left to say. */
export function printOutput({ path, problem, report, fixed }: FileOutput, terminal: Terminal): void {
  const { bold, dim, red } = terminal.colours;
  if (!report) {
    terminal.print(`${bold(plain(path))}  ${red('not judged')}`);
    for (const line of wrap(plain(problem ?? ''), 80)) terminal.print(line);
    return;
  }
  if (fixed) {
    terminal.print(bold(`Fixed into ${plain(fixed.path)}`));
    const told = fixed.changes.length > 0 ? fixed.changes : ['Nothing had to be changed'];
    for (const [sign, lines] of [
      ['+', told],
      ['–', fixed.left],
    ] as const) {
      for (const text of lines) {
        for (const [i, line] of wrap(text, 76).entries()) terminal.print(`${i === 0 ? sign : ' '} ${line}`);
      }
    }
    if (fixed.left.length > 0) terminal.print(dim('+ done, – left as it was'));
    terminal.print();
  }
  for (const line of textReport(fixed?.path ?? path, report, terminal.colours)) terminal.print(line);
}
