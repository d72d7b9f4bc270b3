import { formatMeasured } from '../findings.ts';
import type { Finding, Report, Severity, Unjudged } from '../model.ts';
import { RULES } from '../rules/index.ts';

/** All findings of one rule at one severity: what a reader sees as one thing to mend. */
export interface Group {
  readonly rule: string;
  readonly title: string;
  readonly clause: string;
  readonly severity: Severity;
  readonly hint: string;
  /** By page; findings without one first. */
  readonly findings: readonly Finding[];
  /** How often in all. */
  readonly count: number;
}

/** Errors first; among equals what was found most often; then by rule. */
export function groupFindings(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const rank = (severity: Severity) => (severity === 'error' ? 0 : 1);
  return [...groups.values()]
    .map((found): Group => {
      const [first] = found as [Finding, ...Finding[]];
      const rule = RULES.find(({ id }) => id === first.rule);
      return {
        rule: first.rule,
        title: rule?.title ?? first.rule,
        clause: rule?.clause ?? '',
        severity: first.severity,
        hint: first.hint,
        findings: found.sort((a, b) => (a.page ?? 0) - (b.page ?? 0)),
        count: found.reduce((sum, { count }) => sum + count, 0),
      };
    })
    .sort(
      (a, b) =>
        rank(a.severity) - rank(b.severity) ||
        b.count - a.count ||
        (a.rule < b.rule ? -1 : Number(a.rule > b.rule)),
    );
}

/** A rule's name with where it comes from: `GWG 2022 R0009`, `PR-SAFE, the printer's preset`. */
export const ruleLine = ({ rule, clause }: Pick<Group, 'rule' | 'clause'>): string =>
  clause.includes(rule) ? clause : clause ? `${rule}, ${clause}` : rule;

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `2 errors, 1 warning`, `nothing found`: kinds of findings, not places. */
export function verdict(report: Report): string {
  const groups = groupFindings(report.findings);
  const errors = groups.filter(({ severity }) => severity === 'error').length;
  const warnings = groups.length - errors;
  const parts = [errors && many(errors, 'error'), warnings && many(warnings, 'warning')].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'nothing found';
}

export const hasErrors = (report: Report): boolean =>
  report.findings.some(({ severity }) => severity === 'error');

/** `page 3`, `pages 1–4, 7`; empty for the file as a whole. */
export function pageList(pages: readonly (number | null)[]): string {
  const numbers = [...new Set(pages)].filter((page) => page !== null).sort((a, b) => a - b);
  if (numbers.length === 0) return '';
  const runs: [number, number][] = [];
  for (const page of numbers) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  const shown = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const more = shown.length > 8 ? [...shown.slice(0, 8), '…'] : shown;
  return `${numbers.length === 1 ? 'page' : 'pages'} ${more.join(', ')}`;
}

/** `96 ppi, the limit is 149 ppi`; `null` where nothing was measured. */
function measure({ measured, threshold }: Finding): string | null {
  if (measured === undefined) return null;
  const value = formatMeasured(measured);
  return threshold === undefined ? value : `${value}, the limit is ${formatMeasured(threshold)}`;
}

/** The measure, where the message has not told it already. */
export const measureBeside = (finding: Finding): string | null =>
  typeof finding.measured === 'string' && finding.message.includes(finding.measured)
    ? null
    : measure(finding);

/** What the file is: `2 pages, 105 × 148 mm, PDF/X-4, 1.2 MB`. */
export function fileLine({ file, pages }: Report): string {
  const [first] = pages;
  const size = first ? (first.trim ?? first.crop ?? first.media) : null;
  const isOne = size && pages.every((page) => sameSize(page.trim ?? page.crop ?? page.media, size));
  const bytes =
    file.bytes < 1e6 ? `${Math.ceil(file.bytes / 1000)} kB` : `${(file.bytes / 1e6).toFixed(1)} MB`;
  return [
    file.pages > 0 && many(file.pages, 'page'),
    size && `${round(size.width)} × ${round(size.height)} mm${isOne ? '' : ' and other sizes'}`,
    file.standard ?? (file.version && `PDF ${file.version}`),
    bytes,
  ]
    .filter(Boolean)
    .join(', ');
}

type Size = { readonly width: number; readonly height: number };
const round = (mm: number): number => Math.round(mm * 10) / 10;
const sameSize = (a: Size, b: Size): boolean =>
  Math.abs(a.width - b.width) < 0.05 && Math.abs(a.height - b.height) < 0.05;

/** What could not be judged, each once with all its pages. */
export function gathered(unjudged: readonly Unjudged[]): Map<string, (number | null)[]> {
  const told = new Map<string, (number | null)[]>();
  for (const { what, why, page } of unjudged) {
    const text = `${what}: ${why}`;
    told.set(text, [...(told.get(text) ?? []), page]);
  }
  return told;
}
