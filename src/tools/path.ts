import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** Whether `path` is a file that may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Where a program of this name would lie, in the order of the environment's PATH. */
export function pathCandidates(name: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const { delimiter, join } = platform === 'win32' ? win32 : posix;
  const file = platform === 'win32' ? `${name}.exe` : name;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, file));
}

/** The first program of this name on the environment's PATH, or `null`. */
export function findOnPath(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  return pathCandidates(name, env, platform).find(isProgram) ?? null;
}
