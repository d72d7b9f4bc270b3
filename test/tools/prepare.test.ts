import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExitCode } from '../../src/errors.ts';
import { processTerminal } from '../../src/terminal.ts';
import { prepareMachine } from '../../src/tools/prepare.ts';
import { testFolder, writeBrowser } from '../browser/programs.ts';

describe.skipIf(process.platform === 'win32')('prepareMachine', () => {
  const folder = testFolder();

  /** A machine with a browser, no weights, and a registry at which nobody listens. */
  async function machine(signal: AbortSignal) {
    const said: string[] = [];
    await mkdir(join(folder.path, 'cwd'));
    // Port 9 is "discard" (RFC 863), which no machine of today serves: the refusal comes at once.
    await writeFile(join(folder.path, 'cwd', '.npmrc'), 'registry=http://127.0.0.1:9/\n');
    const env = {
      PATH: '',
      HOME: folder.path,
      PRINTCAT_CACHE: join(folder.path, 'cache'),
      PRINTCAT_BROWSER: await writeBrowser(join(folder.path, 'chrome'), 'Google Chrome 5.0.0.0'),
    };
    const say = (message: string) => void said.push(message);
    const terminal = { ...processTerminal(), warn: say, note: say };
    return { said, context: { terminal, env, signal, cwd: join(folder.path, 'cwd') } };
  }

  it('goes on with a warning where only the weights cannot be had', async () => {
    const { said, context } = await machine(new AbortController().signal);
    expect(await prepareMachine(context)).toMatchObject({ browser: { version: '5.0.0.0' }, weights: null });
    expect(said[0]).toMatch(/^Fetching upconv_7 .*MB to download/);
    expect(said[1]).toMatch(/could not be fetched.*enlarged by Lanczos/);
  });

  it('does not go on when it is stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    const { context } = await machine(stop.signal);
    await expect(prepareMachine(context)).rejects.toMatchObject({ exitCode: ExitCode.interrupted });
  });
});
