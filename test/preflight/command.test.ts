import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preflightOutput } from '../../src/preflight/report/schema.ts';
import { hasTool } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { printcat } from '../make/cli.ts';
import { buildPdf, onePage } from './pdf-builder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-preflight-'));
  await writeFile(join(folder, 'rgb.pdf'), onePage('1 0 0 rg 20 20 60 60 re f'));
  await writeFile(join(folder, 'note.txt'), 'not a PDF');
  await writeFile(join(folder, 'ink.pdf'), onePage('0.2 0.9 0.9 0 k 20 20 60 60 re f'));
  const heavy = onePage('0.9 0.9 0.9 0.9 k 20 20 160 160 re f');
  await writeFile(join(folder, 'heavy.pdf'), heavy);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) => printcat(folder, ['preflight', ...args]);
const json = async (...args: string[]) => {
  const { stdout, code } = await run(...args, '--json');
  return { code, output: preflightOutput.parse(JSON.parse(stdout)) };
};
const rulesOf = ({ output }: Awaited<ReturnType<typeof json>>) =>
  output.files[0]!.report!.findings.map(({ rule }) => rule);

describe('exit codes', () => {
  test('1 with an error, which is told with its rule and what to do', async () => {
    const { code, stdout, stderr } = await run('rgb.pdf');
    expect(code).toBe(1);
    expect(stdout).toMatch(/R0027/);
    expect(stdout).toMatch(/→ Convert the colours to CMYK/);
    expect(stderr).toBe('');
  });

  test('2 for what is no PDF, 2 for what is not there; the others are judged all the same', async () => {
    const { code, output } = await json('note.txt', 'rgb.pdf', 'gone.pdf');
    expect(code).toBe(2);
    expect(output.files.map(({ verdict }) => verdict)).toEqual(['unusable', 'errors', 'unusable']);
    expect(output.files[0]!.problem).toMatch(/Expected a PDF/);
    expect(output.files[2]!.problem).toMatch(/gone\.pdf/);
  });

  test.each<[what: string, args: string[], message: RegExp]>([
    ['no file', [], /Expected <files\.\.> after printcat preflight/],
    [
      'unknown rules',
      ['rgb.pdf', '--rules', 'newspaper'],
      /Expected one of sheetfed, label, .* but received newspaper/,
    ],
    ['unknown rule', ['rgb.pdf', '--without', 'R9999'], /Expected a rule's name .*R9999/],
    ['no time', ['rgb.pdf', '--max-time', '0'], /Expected more than 0 for --max-time/],
    ['fixing two at once', ['rgb.pdf', 'ink.pdf', '--fix', 'out.pdf'], /Expected one PDF for --fix/],
    [
      'fixing onto the original',
      ['rgb.pdf', '--fix', './rgb.pdf'],
      /Expected another file than the original/,
    ],
  ])('2 for wrong usage: %s', async (_, args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('0 where nothing but warnings are found', async () => {
    const broken = await json('heavy.pdf');
    const errors = broken.output.files[0]!.report!.findings.filter(({ severity }) => severity === 'error');
    const without = [...new Set(errors.map(({ rule }) => rule))].flatMap((rule) => ['--without', rule]);
    const { code, output } = await json('heavy.pdf', ...without);
    expect(output.files[0]!.verdict).toBe('warnings');
    expect(output.files[0]!.report!.findings.map(({ rule }) => rule)).toContain('R0025');
    expect(code).toBe(0);
  });
});

describe('rules', () => {
  test('ink is counted in the worker: 360 % over a square', async () => {
    const { output } = await json('heavy.pdf');
    const ink = output.files[0]!.report!.findings.find(({ rule }) => rule === 'R0025')!;
    expect(ink.measured).toMatchObject({ unit: '%' });
    expect((ink.measured as { value: number }).value).toBeCloseTo(360, -1);
  });

  test('a rule switched off is not judged, and the report says so', async () => {
    expect(rulesOf(await json('rgb.pdf'))).toContain('R0027');
    const off = await json('rgb.pdf', '--without', 'R0027');
    expect(rulesOf(off)).not.toContain('R0027');
    expect(off.output.files[0]!.report!.switchedOff).toEqual(['R0027']);
    expect((await run('rgb.pdf', '--without', 'R0027')).stdout).toContain(
      'Switched off, so not judged: R0027',
    );
  });

  test("a workspace's printcat.json chooses the rules and switches off", async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'printcat-preflight-ws-'));
    try {
      const config = { version: 1, preflight: { rules: 'label', without: ['R0027'] } };
      await writeFile(join(workspace, 'printcat.json'), JSON.stringify(config));
      const { stdout } = await printcat(workspace, ['preflight', join(folder, 'rgb.pdf'), '--json']);
      const { report } = preflightOutput.parse(JSON.parse(stdout)).files[0]!;
      expect(report!.profile.name).toBe('label');
      expect(report!.switchedOff).toEqual(['R0027']);
    } finally {
      await rm(workspace, { recursive: true, force: true });
    }
  });

  test("a printer's rules are those of its preset", async () => {
    const { output } = await json('heavy.pdf', '--rules', 'ingram');
    const { profile, findings } = output.files[0]!.report!;
    expect(profile.name).toBe('ingram');
    // Ingram takes 240 % at most, not 320.
    expect(findings.map(({ threshold }) => threshold)).toContainEqual({ value: 240, unit: '%' });
  });
});

describe('what is written', () => {
  test('--html: one file beside the report, for several PDFs one each in a folder', async () => {
    await run('rgb.pdf', '--html', 'one.html');
    expect(await readFile(join(folder, 'one.html'), 'utf8')).toContain('<title>Preflight: rgb.pdf</title>');
    await run('rgb.pdf', 'ink.pdf', '--html', 'reports');
    expect((await readdir(join(folder, 'reports'))).sort()).toEqual(['ink.html', 'rgb.html']);
  });

  test('--fix: a new file, judged again; the original as it was', async () => {
    const before = await readFile(join(folder, 'rgb.pdf'));
    const result = await json('rgb.pdf', '--fix', 'fixed.pdf');
    const { fixed } = result.output.files[0]!;
    expect(fixed!.changes).toContain('RGB colours converted to the press profile (page 1)');
    expect(rulesOf(result)).not.toContain('R0027');
    expect((await readFile(join(folder, 'fixed.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await readFile(join(folder, 'rgb.pdf'))).toEqual(before);
    const { stdout } = await run('rgb.pdf', '--fix', 'fixed.pdf');
    expect(stdout).toMatch(/^Fixed into fixed\.pdf\n\+ TrimBox set to the MediaBox \(page 1\)/);
  });

  test.skipIf(!hasTool('qpdf'))(
    '--password opens what needs one; without it that is the finding',
    async () => {
      const plain = join(folder, 'plain.pdf');
      await writeFile(plain, buildPdf({ pages: [{ content: '1 0 0 rg 20 20 60 60 re f' }] }));
      await judge('qpdf', '--encrypt', 'cat', 'cat', '256', '--', plain, join(folder, 'locked.pdf'));
      expect(rulesOf(await json('locked.pdf'))).toEqual(['RD-READ']);
      expect(rulesOf(await json('locked.pdf', '--password', 'cat'))).toContain('R0027');
    },
  );
});
