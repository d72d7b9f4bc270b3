import { existsSync, type FSWatcher, watch } from 'node:fs';

/** Editors write a file in several steps: they are one change, ms. */
const SETTLING = 120;

/**
 * Tells of changes in folders and files, those below them too; what does not exist is not watched.
 * @returns what ends the watching
 */
export function watchPlaces(places: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLING);
  };
  const watchers: FSWatcher[] = [];
  for (const place of places) {
    if (!existsSync(place)) continue;
    const watcher = watch(place, { recursive: true, persistent: false }, soon);
    // A place that goes away is watched no more.
    watcher.on('error', () => watcher.close());
    watchers.push(watcher);
  }
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
