import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspect } from '../../src/preflight/inspect.ts';
import type { ProfileName } from '../../src/preflight/model.ts';
import { levelsOf, profileNamed } from '../../src/preflight/profiles.ts';
import { RULES } from '../../src/preflight/rules/index.ts';
import { pdfX } from './pdfx-builder.ts';
import { CASES as CONTENT_CASES } from './rules-content-cases.ts';
import { INK_CASES, type InkCase } from './rules-ink-cases.ts';
import { PRINTER_CASES } from './rules-printer-cases.ts';
import { STRUCTURE_CASES } from './rules-structure-cases.ts';

const CASES: readonly InkCase[] = [...STRUCTURE_CASES, ...CONTENT_CASES, ...PRINTER_CASES, ...INK_CASES];
const KNOWN = new Set(RULES.map(({ id }) => id));

/** What became of a rule's files in one profile. */
interface Row {
  broken: number;
  found: number;
  kept: number;
  clean: number;
}
const rows = new Map<string, Row>();
const rowOf = (rule: string, profile: string): Row => {
  const key = `${rule} ${profile}`;
  const row = rows.get(key) ?? { broken: 0, found: 0, kept: 0, clean: 0 };
  rows.set(key, row);
  return row;
};

/** `PRINTCAT_PREFLIGHT_TABLE=output/preflight.md npx vitest run test/preflight/table.test.ts` writes it. */
afterAll(async () => {
  const path = process.env.PRINTCAT_PREFLIGHT_TABLE;
  if (!path) return;
  const lines = RULES.map((rule) => {
    const names = Object.keys(rule.levels).filter((name) => rows.has(`${rule.id} ${name}`));
    const sum = (count: keyof Row) => names.reduce((total, name) => total + rowOf(rule.id, name)[count], 0);
    const counts = `${sum('found')} of ${sum('broken')} | ${sum('clean')} of ${sum('kept')}`;
    return `| ${rule.id} | ${rule.title} | ${names.join(', ')} | ${counts} |`;
  });
  const head = ['| rule | what must hold | profiles | broken found | kept clean |', '|---|---|---|---|---|'];
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `# Preflight: every rule against its files\n\n${[...head, ...lines].join('\n')}\n`);
});

describe('a file as the standard wants it', () => {
  it.each([
    ['sheetfed', 'x4'],
    ['digital', 'x4'],
    ['x4', 'x4'],
    ['x1a', 'x1a'],
  ] as const)('breaks no rule of %s', async (name, standard) => {
    const { findings, judged } = await inspect(pdfX(standard), { profile: profileNamed(name) });
    expect(findings).toEqual([]);
    expect(judged.length).toBeGreaterThan(20);
  });
});

describe('every rule', () => {
  it('has a file that breaks it and one that keeps it in each profile that has it', () => {
    const missing = RULES.flatMap((rule) =>
      (Object.keys(rule.levels) as ProfileName[])
        .filter((name) => levelsOf(rule, profileNamed(name)).length > 0)
        .flatMap((name) => {
          const answers = CASES.filter(({ rule: id }) => id === rule.id).map(
            ({ profiles }) => profiles[name],
          );
          const breaks = answers.some((severity) => severity);
          return breaks && answers.includes(null) ? [] : [`${rule.id} ${name}`];
        }),
    );
    expect(missing).toEqual([]);
  });

  it('has files only for rules that there are', () => {
    expect(CASES.filter(({ rule }) => !KNOWN.has(rule)).map(({ rule }) => rule)).toEqual([]);
  });

  for (const { rule, what, file, profiles, expect: expectation = {}, ink } of CASES) {
    for (const [name, severity] of Object.entries(profiles)) {
      it(`${rule} ${severity ?? 'says nothing'} for ${name}: ${what}`, async () => {
        const options = { profile: profileNamed(name), expect: expectation };
        const countInk = ink && (async () => ink);
        const { findings } = await inspect(file, options, countInk ? { countInk } : {});
        const found = findings.filter((finding) => finding.rule === rule).map((finding) => finding.severity);
        const worst = found.includes('error') ? 'error' : (found[0] ?? null);
        const row = rowOf(rule, name);
        if (severity) {
          row.broken++;
          if (worst === severity) row.found++;
        } else {
          row.kept++;
          if (worst === null) row.clean++;
        }
        expect(worst).toBe(severity);
      });
    }
  }
});
