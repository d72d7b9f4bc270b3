import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { messageOf } from '../errors.ts';
import { isProgram } from '../tools/path.ts';
import { runProgram } from '../tools/run.ts';

/** What a program that is to be a browser turned out to be. */
export type Examined =
  | { readonly name: string; readonly version: string }
  /** Why it cannot be used, to follow "which". */
  | { readonly problem: string };

/** All of Chromium's kin have four-part versions; Firefox and others have not. */
const VERSION = /^(.*?)[ /](\d+\.\d+\.\d+\.\d+)/m;
const FOLDER = /^\d+\.\d+\.\d+\.\d+$/;
const WINDOWS_NAMES: Record<string, string> = { chrome: 'Google Chrome', msedge: 'Microsoft Edge' };
/** A snap's first start takes long. */
const TIMEOUT = 30_000;

/**
 * Asks a program whether it is Chrome or one of its kin, and which version. It is really run, so a launcher
 * without its browser or with a library missing is found out here.
 */
export async function examine(
  path: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<Examined> {
  if (!isProgram(path)) return { problem: 'is not a program there' };
  if (platform === 'win32') return examineOnWindows(path);
  const { ok, stdout, stderr } = await runProgram(path, ['--version'], { env, timeout: TIMEOUT });
  if (!ok) return { problem: `cannot be run: ${stderr.trim().split('\n')[0]}` };
  const match = VERSION.exec(stdout);
  return match
    ? { name: match[1]!.trim(), version: match[2]! }
    : { problem: `answers "${stdout.trim().split('\n')[0]}", not as a browser of Chromium's kin` };
}

/** On Windows `chrome.exe --version` opens a window; but the installer puts a folder named so beside it. */
async function examineOnWindows(path: string): Promise<Examined> {
  const program = basename(path, '.exe').toLowerCase();
  try {
    const version = (await readdir(dirname(path))).find((entry) => FOLDER.test(entry));
    return { name: WINDOWS_NAMES[program] ?? program, version: version ?? 'unknown' };
  } catch (error) {
    return { problem: `cannot be read: ${messageOf(error)}` };
  }
}
