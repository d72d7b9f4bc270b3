import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { expected, messageOf, PrintcatError, stopIfAborted } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { Report } from '../preflight/model.ts';
import { hasErrors } from '../preflight/report/group.ts';
import type { FileOutput } from '../preflight/report/schema.ts';
import type { RuleSet } from '../preflight/rule-set.ts';
import type { Context } from './command.ts';

export interface Wish {
  readonly files: readonly string[];
  readonly html?: string | undefined;
  readonly fix?: string | undefined;
  readonly password?: string | undefined;
  /** s */
  readonly maxTime: number;
}

/**
 * Judges one PDF, fixes it where that is wished, and writes its HTML report.
 * @throws PrintcatError for what cannot be written, or not be fixed
 */
export async function judgeFile(
  path: string,
  rules: RuleSet & { readonly without: readonly string[] },
  wish: Wish,
  { terminal, cwd, signal }: Context,
): Promise<FileOutput> {
  const shown = basename(path);
  const bytes = await read(resolve(cwd, path));
  if (!bytes) return unusable(path, `Expected a readable file but found none at ${path}`);
  const options = {
    profile: rules.profile,
    expect: rules.expect,
    off: rules.without,
    ...(wish.password === undefined ? {} : { password: wish.password }),
  };
  const { preflight } = await import('../preflight/preflight.ts');
  const judge = (file: Uint8Array): Promise<Report> =>
    preflight(file, options, { seconds: wish.maxTime, megabytes: 900 });

  terminal.progress(`${shown}: judging…`);
  let report: Report;
  try {
    report = await judge(bytes);
  } catch (error) {
    if (error instanceof PrintcatError) return unusable(path, error.message);
    throw error;
  }
  stopIfAborted(signal);
  let pdf: Uint8Array = bytes;
  let fixed: FileOutput['fixed'];
  if (wish.fix !== undefined) {
    terminal.progress(`${shown}: fixing…`);
    const target = resolve(cwd, wish.fix);
    await refuseOriginal(resolve(cwd, path), target);
    const { fixPdf } = await import('../preflight/fix/fix.ts');
    const made = await fixPdf(bytes, { colours: rules.profile.base !== 'digital' });
    pdf = made.pdf;
    await writeWhole(target, (temporary) => writeFile(temporary, made.pdf));
    fixed = { path: wish.fix, changes: [...made.changes], left: [...made.left] };
    terminal.progress(`${basename(wish.fix)}: judging…`);
    report = await judge(pdf);
  }
  if (wish.html !== undefined) {
    terminal.progress(`${shown}: drawing its pages…`);
    const several = wish.files.length > 1;
    const target = resolve(
      cwd,
      several ? join(wish.html, `${shown.replace(/\.pdf$/i, '')}.html`) : wish.html,
    );
    await writeHtml(target, fixed ? basename(fixed.path) : shown, report, pdf, wish.password);
    terminal.note(`${shown}: the report is in ${relative(cwd, target)}`);
  }
  const { asOutput } = await import('../preflight/report/schema.ts');
  const verdict = hasErrors(report) ? 'errors' : report.findings.length > 0 ? 'warnings' : 'clean';
  return { path, verdict, report: asOutput(report), ...(fixed ? { fixed } : {}) };
}

const unusable = (path: string, problem: string): FileOutput => ({ path, verdict: 'unusable', problem });

async function read(path: string): Promise<Uint8Array | null> {
  try {
    return (await stat(path)).isFile() ? await readFile(path) : null;
  } catch {
    return null;
  }
}

async function refuseOriginal(original: string, target: string): Promise<void> {
  const there = await realpath(target).catch(() => null);
  if (there === null || there !== (await realpath(original))) return;
  throw expected('another file than the original', '--fix', target, 'The original is never written over.');
}

async function writeHtml(
  target: string,
  name: string,
  report: Report,
  pdf: Uint8Array,
  password: string | undefined,
): Promise<void> {
  const [{ htmlReport, pagesToShow }, { pagePictures }] = await Promise.all([
    import('../preflight/report/html.ts'),
    import('../preflight/report/pictures.ts'),
  ]);
  const pictures = await pagePictures(pdf, pagesToShow(report), password);
  try {
    await writeWhole(target, (temporary) => writeFile(temporary, htmlReport(name, report, pictures)));
  } catch (error) {
    throw new PrintcatError(`Could not write the report to ${target}: ${messageOf(error)}`, { cause: error });
  }
}
