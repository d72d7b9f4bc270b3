import { ExitCode, interrupted, messageOf, PrintcatError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { findOnPath } from '../tools/path.ts';
import { runProgram } from '../tools/run.ts';
import { downloadBrowser } from './download.ts';
import { type BrowserFound, type FindOptions, findBrowser } from './find.ts';
import { byHand, installRoute, type System, thisSystem } from './system.ts';
import { examine } from './version.ts';

export interface EnsureOptions extends FindOptions {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** The machine, by default this one. */
  readonly system?: System;
}

const NONE = 'Expected Chrome, Chromium or Edge to lay pages out with, but found none';

/**
 * The browser to lay pages out with. Where none is found, one is installed: Debian's own as root, else Chrome's
 * headless shell into the user's cache. What is being done is said beforehand.
 * @throws PrintcatError (exit code 3) where none can be installed, with what to do
 */
export async function ensureBrowser(options: EnsureOptions): Promise<BrowserFound> {
  const found = await findBrowser(options);
  if (found) return found;
  const system = options.system ?? thisSystem();
  const route = installRoute(system);
  if (route === 'apt') return installByApt(options, system);
  if (route === 'download') return installByDownload(options, system);
  throw missing(NONE, system);
}

async function installByApt(options: EnsureOptions, system: System): Promise<BrowserFound> {
  options.terminal.note('No browser found: installing Debian’s chromium with apt-get');
  await apt(options, ['install', '-y', '--no-install-recommends', 'chromium'], system);
  const found = await findBrowser(options);
  if (!found) throw missing('Expected a browser after apt-get install chromium, but found none', system);
  options.terminal.done(`${found.name} ${found.version} installed`);
  return found;
}

async function installByDownload(options: EnsureOptions, system: System): Promise<BrowserFound> {
  const { env, signal, terminal } = options;
  terminal.note('No browser found: fetching Chrome’s headless shell into the user’s cache');
  const libraries = system.root && system.distribution.includes('debian');
  try {
    if (libraries) await apt(options, ['update'], system);
    const progress = (bytes: number, total: number) =>
      terminal.progress(`Chrome’s headless shell: ${megabytes(bytes)} of ${megabytes(total)} MB`);
    const path = await downloadBrowser({ env, signal, libraries, progress });
    const examined = await examine(path, env);
    if ('problem' in examined) throw missing(`The browser just fetched ${examined.problem}`, system);
    terminal.done(`${examined.name} ${examined.version} fetched`);
    return { path, ...examined, from: 'printcat' };
  } catch (error) {
    if (error instanceof PrintcatError) throw error;
    throw missing(`${NONE}, and fetching one failed: ${reasonOf(error)}`, system);
  } finally {
    terminal.clear();
  }
}

/**
 * Runs apt-get quietly; where it cannot install, its lists may be missing or old: once more with new ones.
 * @throws PrintcatError (exit code 3) when it fails, after printing what it said
 */
async function apt(options: EnsureOptions, args: readonly string[], system: System): Promise<void> {
  const { signal, terminal } = options;
  const program = findOnPath('apt-get', options.env);
  if (!program) throw missing(`${NONE}, nor apt-get to install one`, system);
  const env = { ...options.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...line: string[]) => {
    terminal.progress(`apt-get ${line.join(' ')}`);
    return runProgram(program, line, { env, signal });
  };
  let ran = await run(...args);
  if (!ran.ok && args[0] === 'install' && !signal.aborted && (await run('update')).ok)
    ran = await run(...args);
  terminal.clear();
  if (signal.aborted) throw interrupted();
  if (ran.ok) return;
  terminal.warn(`apt-get ${args.join(' ')} said:\n${`${ran.stdout}${ran.stderr}`.trim()}`);
  throw missing(`${NONE}, and apt-get could not install one`, system);
}

const missing = (message: string, system: System): PrintcatError =>
  new PrintcatError(message, { hint: byHand(system), exitCode: ExitCode.missingTool });

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** The downloader's reason, without its list of the places that it tried: there is one. */
const reasonOf = (error: unknown): string =>
  messageOf(error)
    .replace(/^All providers failed[\s\S]*- DefaultProvider: /, '')
    .split('\n')[0]!;
