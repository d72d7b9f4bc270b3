import type { Finding, Report, Unjudged } from '../preflight/model.ts';
import {
  fileLine,
  type Group,
  gathered,
  groupFindings,
  measureBeside,
  pageList,
  ruleLine,
  verdict,
} from '../preflight/report/group.ts';
import type { Terminal } from '../terminal.ts';
import { formatMm } from '../units.ts';
import { plain } from './plain.ts';
import { wrap } from './table.ts';

/** Columns of a report. */
const WIDTH = 80;
/** Places of one rule that are spelled out. */
const PLACES = 3;
const INDENT = 2;

/** A report for people, in lines of at most 80 columns: what is wrong by rule, the worst first. */
export function textReport(
  name: string,
  report: Report,
  { bold, dim, red, yellow, green }: Terminal['colours'],
): string[] {
  const groups = groupFindings(report.findings);
  const errors = groups.some(({ severity }) => severity === 'error');
  const colour = errors ? red : groups.length > 0 ? yellow : green;
  const lines = [
    ...wrap(`${plain(name)}  ${fileLine(report)}`, WIDTH).map((line, i) => (i === 0 ? bold(line) : line)),
    `${report.profile.title}: ${colour(verdict(report))}`,
  ];
  for (const group of groups) {
    const sign = group.severity === 'error' ? red('✗') : yellow('!');
    const title = headed(`${sign} `, plain(group.title)).map((line, i) => (i === 0 ? bold(line) : line));
    lines.push('', ...title, ...indented(ruleLine(group)).map(dim));
    lines.push(...placeLines(group));
    lines.push(...indented(`→ ${plain(group.hint)}`).map(dim));
  }
  lines.push(...unjudgedLines(report.unjudged, bold));
  if (report.switchedOff.length > 0) {
    lines.push('', ...headed('', `Switched off, so not judged: ${report.switchedOff.join(', ')}`, 0));
  }
  lines.push('', dim(`${report.judged.length} rules judged.`));
  return lines;
}

/** The rule's name, and where it stands if that says more. */

/** What was found, once for all places where it reads the same. */
function placeLines({ findings, count }: Group): string[] {
  const told = new Map<string, Finding[]>();
  for (const finding of findings) {
    const text = [finding.message, measureBeside(finding)].filter(Boolean).join(' — ');
    const same = told.get(text);
    if (same) same.push(finding);
    else told.set(text, [finding]);
  }
  const shown = [...told].slice(0, PLACES);
  const lines = shown.flatMap(([text, same]) => {
    const where = placeOf(same);
    return indented(`${plain(text)}${where && ` (${where})`}`);
  });
  const rest = told.size - shown.length;
  if (rest > 0) lines.push(...indented(`… and ${rest} more of this kind, ${count} places in all`));
  return lines;
}

/** `page 3 at 12.5 mm, 40 mm`, `pages 2–5, 12 times`. */
function placeOf(findings: readonly Finding[]): string {
  const pages = pageList(findings.map(({ page }) => page));
  const count = findings.reduce((sum, finding) => sum + finding.count, 0);
  const [first] = findings;
  const at = count === 1 && first?.box ? ` at ${formatMm(first.box.x, 1)}, ${formatMm(first.box.y, 1)}` : '';
  return [pages + at, count > 1 ? `${count} times` : ''].filter(Boolean).join(', ');
}

function unjudgedLines(unjudged: readonly Unjudged[], bold: Terminal['colours']['bold']): string[] {
  if (unjudged.length === 0) return [];
  const lines = [...gathered(unjudged)].flatMap(([text, pages]) => {
    const where = pageList(pages);
    return headed('? ', `${plain(text)}${where && ` (${where})`}`, 2);
  });
  return ['', bold('Not judged'), ...lines];
}

/**
 * Text behind a head, wrapped under itself, no number torn from its unit; the head may hold colours, so its width is
 * given.
 */
const headed = (head: string, text: string, width = INDENT): string[] =>
  wrap(text.replace(/(\d) (mm|pt|ppi|%)/g, '$1\u00a0$2'), WIDTH - width).map(
    (line, i) => (i === 0 ? head : ' '.repeat(width)) + line.replaceAll('\u00a0', ' '),
  );

const indented = (text: string): string[] => headed(' '.repeat(INDENT), text);
