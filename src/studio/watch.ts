import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

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
  const watchers = places.filter((place) => existsSync(place)).map((place) => watched(place, soon));
  // A place that goes away is watched no more.
  for (const watcher of watchers) watcher.on('error', () => watcher.close());
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function watched(place: string, onChange: () => void): FSWatcher {
  if (statSync(place).isDirectory()) return watch(place, { recursive: true, persistent: false }, onChange);
  // Many editors write a new file and put it in the old one's place: only the folder sees both.
  const name = basename(place);
  return watch(dirname(place), { persistent: false }, (_, changed) => {
    if (changed === null || changed === name) onChange();
  });
}
