import { runProgram } from '../../src/tools/run.ts';

/** qpdf's verdict on a PDF's syntax and streams: `ok` is without error and without warning. */
export async function qpdfCheck(file: string): Promise<{ ok: boolean; text: string }> {
  const { ok, stdout, stderr } = await runProgram('qpdf', ['--check', file]);
  return { ok, text: `${stdout}${stderr}`.trim() };
}
