import { describe, expect, it } from 'vitest';
import { doctor } from '../../src/commands/doctor.ts';
import { runCli } from '../../src/commands/parse.ts';
import { ExitCode } from '../../src/errors.ts';
import { processTerminal } from '../../src/terminal.ts';

/** Runs `printcat doctor` and keeps what it prints. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv) {
  const printed: string[] = [];
  const values: unknown[] = [];
  const terminal = {
    ...processTerminal(),
    print: (line = '') => void printed.push(line),
    json: (value: unknown) => void values.push(value),
  };
  const context = { terminal, env, cwd: process.cwd(), signal: new AbortController().signal };
  return { code: await runCli([doctor], ['doctor', ...args], '0.0.0', context), printed, values };
}

describe('printcat doctor', () => {
  it('is content where what is needed is there', async () => {
    const { code, printed } = await run([], process.env);
    expect(code).toBe(ExitCode.ok);
    expect(printed.find((line) => line.includes('Browser'))).toMatch(/^✓ Browser {7}\S/);
  });

  it('says ✗, what to do, and exit code 3 where something needed is missing; ! where it is not needed', async () => {
    const { code, printed } = await run([], { PATH: '', PRINTCAT_BROWSER: '/nowhere/chrome' });
    expect(code).toBe(ExitCode.missingTool);
    const line = printed.findIndex((text) => text.startsWith('✗ Browser'));
    expect(printed[line + 1]).toMatch(/^ {16}Name the program itself/);
    expect(printed).toContainEqual(expect.stringMatching(/^! qpdf/));
    expect(printed).toContainEqual(expect.stringMatching(/^✓ Catalogue/));
  });

  it('--json tells the same to a program', async () => {
    const { values, printed } = await run(['--json'], { PATH: '', PRINTCAT_BROWSER: '/nowhere/chrome' });
    expect(printed).toEqual([]);
    expect(values).toEqual([{ ready: false, findings: expect.any(Array) }]);
  });
});
