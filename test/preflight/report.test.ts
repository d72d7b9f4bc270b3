import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import { beforeAll, describe, expect, test } from 'vitest';
import { textReport } from '../../src/commands/report-text.ts';
import { packagePath } from '../../src/paths.ts';
import { inspect } from '../../src/preflight/inspect.ts';
import type { Finding, Report } from '../../src/preflight/model.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { groupFindings, pageList, verdict } from '../../src/preflight/report/group.ts';
import { htmlReport, pagesToShow } from '../../src/preflight/report/html.ts';
import { pagePictures } from '../../src/preflight/report/pictures.ts';
import { asOutput, jsonSchema, preflightOutput } from '../../src/preflight/report/schema.ts';
import { hasTool } from '../judges/index.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';
import { buildPdf } from './pdf-builder.ts';

const plainColours = pc.createColors(false);

const finding = (rule: string, rest: Partial<Finding> = {}): Finding => ({
  ...{ rule, severity: 'error', page: 1, box: null, message: `${rule} is broken`, hint: 'Mend it.' },
  ...{ count: 1, boxes: [] },
  ...rest,
});
const reportOf = (findings: readonly Finding[], rest: Partial<Report> = {}): Report => ({
  file: {
    ...{ bytes: 123_456, version: '1.6', pages: 9, encrypted: false, title: null, creator: null },
    ...{ producer: null, standard: 'PDF/X-4' },
  },
  profile: { name: 'sheetfed', title: 'GWG 2022 Sheetfed offset, CMYK' },
  pages: [],
  findings,
  unjudged: [],
  judged: ['R0009', 'R0031'],
  switchedOff: [],
  ...rest,
});

let pdf: Uint8Array;
let real: Report;
beforeAll(async () => {
  pdf = buildPdf({
    pages: [
      {
        content: '1 0 0 rg 20 20 60 60 re f 0 0 0 1 k 100 100 50 50 re f',
        entries: '/TrimBox [10 10 190 190]',
      },
      { content: '0 1 0 rg 0 0 200 100 re f 0.1 w 0 0 0 0 K 5 5 m 100 5 l S' },
      { content: '0 0 0 1 k 20 20 60 60 re f' },
    ],
  });
  real = await inspect(pdf, { profile: profileNamed('sheetfed'), off: ['R0014'] });
});

describe('for people', () => {
  test('errors first, then by how often, then by rule; a rule once for all its pages', () => {
    const groups = groupFindings([
      finding('R0016', { severity: 'warning', count: 90 }),
      finding('R0031', { page: 2 }),
      finding('R0009', { count: 5, page: 3 }),
      finding('R0031', { page: 1 }),
    ]);
    expect(groups.map(({ rule, count }) => [rule, count])).toEqual([
      ['R0009', 5],
      ['R0031', 2],
      ['R0016', 90],
    ]);
    expect(groups[1]!.findings.map(({ page }) => page)).toEqual([1, 2]);
  });

  test.each<[pages: (number | null)[], text: string]>([
    [[null], ''],
    [[4], 'page 4'],
    [[3, 1, 2, 7, 7, null], 'pages 1–3, 7'],
    [[1, 3, 5, 7, 9, 11, 13, 15, 17], 'pages 1, 3, 5, 7, 9, 11, 13, 15, …'],
  ])('%j is "%s"', (pages, text) => {
    expect(pageList(pages)).toBe(text);
  });

  test('what stands in the report', () => {
    const report = reportOf(
      [
        finding('R0031', {
          message: 'An image has few pixels',
          measured: { value: 96, unit: 'ppi' },
          threshold: { value: 149, unit: 'ppi' },
          box: { x: 12.34, y: 40, width: 10, height: 10 },
        }),
        finding('R0009', { severity: 'warning', page: 2, count: 12 }),
      ],
      {
        switchedOff: ['R0014'],
        unjudged: [
          { what: 'total ink', why: 'ink was not counted', page: 4 },
          { what: 'total ink', why: 'ink was not counted', page: 5 },
        ],
      },
    );
    const text = textReport('a.pdf', report, plainColours).join('\n');
    expect(text).toContain('a.pdf  9 pages, PDF/X-4, 124 kB');
    expect(text).toContain('1 error, 1 warning');
    expect(text).toContain('An image has few pixels — 96 ppi, the limit is 149 ppi');
    expect(text).toMatch(/page 1 at 12\.3 mm,\s+40 mm/);
    expect(text).toMatch(/page 2, 12 times/);
    expect(text).toContain('? total ink: ink was not counted (pages 4–5)');
    expect(text).toContain('Switched off, so not judged: R0014');
    expect(text).toContain('2 rules judged.');
    expect(text.indexOf('R0031')).toBeLessThan(text.indexOf('R0009'));
  });

  test('no line is longer than 80 columns, no colour without a terminal', () => {
    const long = finding('R0031', { message: 'word '.repeat(60).trim(), hint: 'advice '.repeat(40).trim() });
    for (const report of [reportOf([long]), real]) {
      for (const line of textReport('x/'.repeat(20), report, plainColours)) {
        expect(line.length).toBeLessThanOrEqual(80);
        expect(line).not.toContain('\u001b');
      }
    }
  });

  test('a name from the file cannot move the cursor', () => {
    const evil = finding('R0031', { message: 'Font \u001b[2J\r\nArial' });
    const text = textReport('\u001b[31mevil.pdf', reportOf([evil]), plainColours).join('\n');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\r');
  });

  test('nothing found is said', () => {
    expect(verdict(reportOf([]))).toBe('nothing found');
  });
});

describe('JSON', () => {
  const output = () => ({
    format: 'printcat-preflight-1' as const,
    files: [
      { path: 'a.pdf', verdict: 'errors' as const, report: asOutput(real) },
      { path: 'b.txt', verdict: 'unusable' as const, problem: 'Expected a PDF' },
    ],
  });

  test('loses nothing of the report', () => {
    expect(asOutput(real)).toEqual(JSON.parse(JSON.stringify(real)));
    expect(real.findings.length).toBeGreaterThan(1);
  });

  test('the published schema is that of the declaration', async () => {
    const published = await readFile(
      packagePath('assets', 'schemas', 'preflight-report.schema.json'),
      'utf8',
    );
    expect(JSON.parse(published)).toEqual(JSON.parse(jsonSchema()));
  });

  test('the declaration takes a report and refuses half of one', () => {
    expect(preflightOutput.safeParse(output()).success).toBe(true);
    expect(preflightOutput.safeParse({ format: 'printcat-preflight-1', files: [{ path: 1 }] }).success).toBe(
      false,
    );
  });

  const validator =
    'import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))';
  test.skipIf(!hasTool('python3'))('an independent validator agrees', async ({ skip }) => {
    await judge('python3', '-c', 'import jsonschema').catch(() => skip('python3 has no jsonschema'));
    await inTemporaryFolder(async (folder) => {
      const schema = packagePath('assets', 'schemas', 'preflight-report.schema.json');
      const validate = async (value: unknown) => {
        const file = join(folder, 'report.json');
        await writeFile(file, JSON.stringify(value));
        return judge('python3', '-c', validator, file, schema);
      };
      await validate(output());
      const broken = output();
      const [first] = broken.files;
      Object.assign(first!.report!.findings[0]!, { severity: 'fatal' });
      await expect(validate(broken)).rejects.toThrow(/fatal/);
    });
  });
});

describe('HTML', () => {
  test('each finding stands on its page, its box leads to it and it to its box', async () => {
    const pictures = await pagePictures(pdf, pagesToShow(real));
    expect(pictures.map(({ page }) => page)).toEqual(pagesToShow(real));
    const html = htmlReport('a.pdf', real, pictures);
    const targets = [...html.matchAll(/ id="([fb]\d+)"/g)].map(([, id]) => id);
    const links = [...html.matchAll(/ href="#([fb]\d+)"/g)].map(([, id]) => id);
    expect(new Set(targets).size).toBe(targets.length);
    for (const link of links) expect(targets).toContain(link);
    expect(targets.filter((id) => id!.startsWith('f')).length).toBe(real.findings.length);
    expect(targets.filter((id) => id!.startsWith('b')).length).toBe(
      real.findings.filter(({ box }) => box).length,
    );
  });

  test('nothing comes from outside, nothing runs', async () => {
    const html = htmlReport('a.pdf', real, await pagePictures(pdf, [1]));
    expect(html).not.toMatch(/<script|<link|<iframe|https?:|url\(|@import/i);
    expect(
      [...html.matchAll(/(?:src|href)="(?!#)([^"]{0,30})/g)].map(([, start]) => start!.slice(0, 15)),
    ).toEqual(['data:image/jpeg']);
  });

  test('a box is drawn where it lies in the page', async () => {
    const box = { x: 7, y: 14, width: 21, height: 3 };
    const report = reportOf([finding('R0031', { box, boxes: [box] })], { pages: real.pages });
    const html = htmlReport('a.pdf', report, await pagePictures(pdf, [1]));
    expect(html).toContain('viewBox="0 0 70.56 70.56"');
    expect(html).toMatch(/<rect class="mark error" x="7" y="14" width="21" height="3"/);
    expect(html).toMatch(/<rect class="trim" x="3.53" y="3.53" width="63.5" height="63.5"/);
  });

  test('what stands in the file cannot become markup', () => {
    const report = reportOf([finding('R0031', { message: '<img src=x onerror=alert(1)>' })]);
    const html = htmlReport('"><script>.pdf', report, []);
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('<script');
  });

  test('a page that cannot be drawn has a report all the same', async () => {
    expect(await pagePictures(Buffer.from('no PDF'), [1])).toEqual([]);
    expect(htmlReport('a.pdf', real, [])).toContain(real.findings[0]!.hint.slice(0, 20));
  });
});
