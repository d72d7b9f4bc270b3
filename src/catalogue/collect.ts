import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A file that was asked for. */
export interface Found {
  /** The path as the user would write it: what they gave, and what lies below it. */
  readonly shown: string;
  readonly path: string;
}

/**
 * The files that paths stand for: a file is itself, a folder everything in it and below, sorted by name. Hidden
 * files and folders are skipped, as are links to folders (they may lead in circles).
 * @param paths files and folders, relative to `cwd`; what does not exist comes back as it is, to be refused
 * @param skip a folder that is passed over
 */
export async function collectFiles(paths: readonly string[], cwd: string, skip: string): Promise<Found[]> {
  const files = new Map<string, Found>();
  const walk = async (shown: string): Promise<void> => {
    const path = resolve(cwd, shown);
    const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
    if (!entries) return add(shown);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = join(shown, entry.name);
      if (entry.name.startsWith('.') || resolve(cwd, below) === skip) continue;
      if (entry.isDirectory()) await walk(below);
      else if (!entry.isSymbolicLink() || !(await isDirectory(resolve(cwd, below)))) add(below);
    }
  };
  const add = (shown: string): void => {
    const path = resolve(cwd, shown);
    if (!files.has(path)) files.set(path, { shown, path });
  };
  for (const path of paths) await walk(path);
  return [...files.values()];
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
