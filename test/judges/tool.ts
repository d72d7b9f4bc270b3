import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from '../../src/tools/path.ts';
import { runProgram } from '../../src/tools/run.ts';

/** Whether a judge is installed. */
export const hasTool = (name: string): boolean => findOnPath(name) !== null;

/** Runs a judge and returns what it printed; a judge that fails is an error with what it complained of. */
export async function judge(program: string, ...args: readonly string[]): Promise<string> {
  const { ok, stdout, stderr } = await runProgram(program, args);
  if (!ok) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Gives `use` an empty folder and deletes it afterwards. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-judge-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
