import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/preflight/inspect.ts';
import type { PageCoverage, ProfileName } from '../../src/preflight/model.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { RULES } from '../../src/preflight/rules/index.ts';
import { HELVETICA, onePage, text } from './pdf-builder.ts';
import { CASES } from './rules-content-cases.ts';

describe('the rules on content', () => {
  for (const { rule, what, file, profiles, measured, expect: expectation = {} } of CASES) {
    for (const [name, severity] of Object.entries(profiles)) {
      it(`${rule} ${severity ?? 'says nothing'} for ${name}: ${what}`, async () => {
        const report = await inspect(file, { profile: profileNamed(name), expect: expectation });
        const found = report.findings.filter((finding) => finding.rule === rule);
        expect(found.map((finding) => finding.severity)).toEqual(severity === null ? [] : [severity]);
        const worst = found[0]?.measured;
        if (measured !== undefined && typeof worst === 'object') expect(worst.value).toBeCloseTo(measured, 2);
        expect(report.findings.filter(({ rule: id }) => id === 'RD-READ')).toEqual([]);
      });
    }
  }

  it('has a file that breaks it and one that keeps it for each rule and each profile that has it', () => {
    const elsewhere = ['RD-READ', 'R0025', 'R0026'];
    const missing = RULES.filter(
      ({ id }) => !elsewhere.includes(id) && CASES.some(({ rule }) => rule === id),
    ).flatMap(({ id, levels }) =>
      Object.keys(levels).flatMap((name) => {
        const said = CASES.filter(({ rule }) => rule === id).map(
          ({ profiles }) => profiles[name as ProfileName],
        );
        const breaks = said.some((severity) => severity);
        return breaks && said.includes(null) ? [] : [`${id} ${name}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it('judges ink by what was counted', async () => {
    const coverage = (cmyk: number, all: number): PageCoverage => ({
      page: 1,
      squareMm: 15,
      squares: [{ box: { x: 1, y: 2, width: 15, height: 15 }, cmyk, all }],
      inks: ['Cyan', 'Magenta', 'Yellow', 'Black'],
      uncounted: [],
    });
    const rules = async (name: ProfileName, cmyk: number, total: number) => {
      const options = { profile: profileNamed(name) };
      const countInk = async () => coverage(cmyk, total);
      const { findings } = await inspect(onePage('1 1 1 1 k 10 10 50 50 re f'), options, { countInk });
      return findings.filter(({ rule }) => rule === 'R0025' || rule === 'R0026').map(({ rule }) => rule);
    };
    expect(await rules('sheetfed', 321, 321)).toEqual(['R0025']);
    expect(await rules('sheetfed', 320, 400)).toEqual([]);
    expect(await rules('label', 200, 321)).toEqual(['R0026']);
    expect(await rules('label', 330, 320)).toEqual([]);
    expect(await rules('digital', 400, 400)).toEqual([]);
    const uncounted = await inspect(onePage('0 0 0 1 k 10 10 50 50 re f'), {
      profile: profileNamed('sheetfed'),
    });
    expect(uncounted.unjudged).toContainEqual({ what: 'total ink', why: 'ink was not counted', page: null });
  });

  it('switches a rule off by name, and says so', async () => {
    const file = onePage(text(6, '0 0 0 1 k'), HELVETICA);
    const report = await inspect(file, { profile: profileNamed('sheetfed'), off: ['R0009'] });
    expect(report.findings.map(({ rule }) => rule)).not.toContain('R0009');
    expect(report.switchedOff).toEqual(['R0009']);
    expect(report.judged).not.toContain('R0009');
  });

  it('gathers a page of hairlines into one finding with the worst in front', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => `${0.1 + i / 1e4} w 10 ${i / 3} m 90 ${i / 3} l S`);
    const report = await inspect(onePage(`1 1 0 0 K ${lines.reverse().join(' ')}`), {
      profile: profileNamed('digital'),
    });
    const found = report.findings.filter(({ rule }) => rule === 'R0019');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ count: 500, page: 1, measured: { value: 0.1, unit: 'pt' } });
    expect(found[0]?.threshold).toEqual({ value: 0.25, unit: 'pt' });
    expect(found[0]?.boxes).toHaveLength(50);
    expect(found[0]?.boxes).toContainEqual(found[0]?.box);
  });
});
