import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Editors write a file in several steps: what follows within this time is one change, ms. */
const TOGETHER = 300;

/**
 * Watches files and folders, with all below them, until it is stopped. One change is worked on at a time; what changes
 * meanwhile is the next.
 * @param paths that are not there yet are left out
 * @param onChange told what changed; its answer are further places to watch
 */
export async function watchFor(
  paths: readonly string[],
  signal: AbortSignal,
  onChange: (changed: readonly string[]) => Promise<readonly string[]>,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let wake = () => {};
  const note = (path: string) => {
    changed.add(relative(process.cwd(), path));
    wake();
  };
  const add = (path: string) => {
    if (watchers.has(path) || !existsSync(path)) return;
    const isFolder = statSync(path).isDirectory();
    // A file that is replaced by another is no longer seen: its folder sees it.
    const seen = isFolder ? path : dirname(path);
    const watcher = watch(seen, { recursive: isFolder }, (_, name) => {
      if (name === null) return note(path);
      if (!isFolder && name !== basename(path)) return;
      if (!basename(name).startsWith('.')) note(join(seen, name));
    });
    watcher.on('error', () => {
      watchers.delete(path);
      watcher.close();
    });
    watchers.set(path, watcher);
  };
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  try {
    for (const path of paths) add(path);
    while (!signal.aborted) {
      if (changed.size === 0) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([woken, stopped]);
      }
      // The last step of a change is waited for.
      let before: number;
      do {
        before = changed.size;
        await new Promise((resolve) => setTimeout(resolve, TOGETHER));
      } while (changed.size > before && !signal.aborted);
      if (signal.aborted) return;
      const now = [...changed].sort();
      changed.clear();
      for (const path of [...paths, ...(await onChange(now))]) add(path);
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}
