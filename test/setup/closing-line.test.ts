import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/tools/run.ts';
import { testFolder } from '../browser/programs.ts';

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const REPORTER = fileURLToPath(new URL('closing-line.ts', import.meta.url));

describe('the closing line of a run', () => {
  const folder = testFolder();

  /** Runs vitest on test files of these contents, and returns the last line that it prints. */
  async function lastLine(files: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
    for (const [index, file] of files.entries()) {
      await writeFile(join(folder.path, `${index}.test.js`), file);
    }
    const args = ['run', '--root', folder.path, '--globals', '--reporter', 'default', '--reporter', REPORTER];
    const { stdout } = await runProgram(process.execPath, [VITEST, ...args], {
      env: { ...process.env, ...env },
    });
    return stdout.trimEnd().split('\n').at(-1);
  }

  it('counts each test, and a file that cannot be loaded as one failure', async () => {
    const files = [
      "it('a', () => {}); it('b', () => {}); describe('c', () => { it('d', () => { throw new Error('no'); }); });",
      "throw new Error('not loaded');",
      "beforeAll(() => { throw new Error('hook'); }); it('e', () => {});",
      "it.skip('f', () => {}); it.todo('g');",
    ];
    expect(await lastLine(files, { CI: 'true' })).toBe('2 passed, 3 failed, 3 skipped');
  });

  it('is plain where all pass', async () => {
    expect(await lastLine(["it('a', () => {});"], { CI: 'true' })).toBe('1 passed, 0 failed');
  });

  it('is left out where nobody’s machine reads it', async () => {
    expect(await lastLine(["it('a', () => {});"], { CI: '' })).not.toContain('passed, 0 failed');
  });
});
