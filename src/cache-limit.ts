import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Usual size of a cache, GB: some thousand artworks. */
export const CACHE_GIGABYTES = 20;

/** What one kind of thing takes in a cache. */
export interface CacheUse {
  /** Its folder: `artwork`. */
  readonly kind: string;
  readonly entries: number;
  readonly bytes: number;
}

/** Files that belong together, such as pixels and their facts: they come and go together. */
interface Entry {
  readonly kind: string;
  readonly paths: string[];
  bytes: number;
  /** When it was last used, ms since 1970. */
  used: number;
}

/** Half files of programs that were killed are of no use to anybody after this time, ms. */
const ABANDONED_AFTER = 24 * 3600e3;

/**
 * Says that an entry is in use, so that it is among the last to go. File systems do not keep the time of every reading.
 * @param path one of its files
 */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  // A cache that cannot be written to is no hindrance to reading it.
  await utimes(path, now, now).catch(() => undefined);
}

/** What a cache takes on disk, by kind; nothing of a folder that is not there. */
export async function cacheUse(folder: string): Promise<CacheUse[]> {
  const kinds = new Map<string, { entries: number; bytes: number }>();
  for (const { kind, bytes } of await entriesOf(folder)) {
    const sum = kinds.get(kind) ?? { entries: 0, bytes: 0 };
    kinds.set(kind, { entries: sum.entries + 1, bytes: sum.bytes + bytes });
  }
  return [...kinds].map(([kind, sum]) => ({ kind, ...sum })).sort((a, b) => b.bytes - a.bytes);
}

/**
 * Removes what was not used for the longest time until a cache takes no more than it may; all of it can be made again.
 * @param most size that it may have, bytes
 * @param since what was used since then stays, ms since 1970
 * @returns how much it took before and takes now, bytes
 */
export async function keepWithin(
  folder: string,
  most: number,
  since: number,
): Promise<{ before: number; after: number }> {
  const entries = await entriesOf(folder);
  const before = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let after = before;
  const now = Date.now();
  for (const entry of entries.sort((a, b) => a.used - b.used)) {
    const stays = entry.paths.some(isHalf)
      ? now - entry.used <= ABANDONED_AFTER
      : after <= most || entry.used >= since;
    if (stays) continue;
    // Somebody else may have removed it.
    for (const path of entry.paths) await rm(path, { force: true }).catch(() => undefined);
    after -= entry.bytes;
  }
  return { before, after };
}

const isHalf = (path: string): boolean => path.includes('.part');

/** All that lies in the folders of a cache; files beside them, of some bytes, are no entries. */
async function entriesOf(folder: string): Promise<Entry[]> {
  const kinds = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const entries = new Map<string, Entry>();
  for (const { name: kind } of kinds.filter((entry) => entry.isDirectory())) {
    const files = await readdir(join(folder, kind), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const file of files.filter((entry) => entry.isFile())) {
      const path = join(file.parentPath, file.name);
      const found = await stat(path).catch(() => null);
      if (!found) continue;
      const stem = join(file.parentPath, /^\.?[^.]+/.exec(file.name)?.[0] ?? file.name);
      const entry = entries.get(stem) ?? { kind, paths: [], bytes: 0, used: 0 };
      entry.paths.push(path);
      entry.bytes += found.size;
      entry.used = Math.max(entry.used, found.mtimeMs);
      entries.set(stem, entry);
    }
  }
  return [...entries.values()];
}

/** A file's time may lie before that of the clock that is asked: file systems keep it in steps, some of two seconds, ms. */
const STEP_OF_TIMES = 2_000;

/** Orders after which it is looked whether a cache has grown too large: to look takes some seconds where it is large. */
const LOOK_EVERY = 200;

/** Keeps a cache within its size while orders are made; what those that are being made use stays. */
export class CacheKeeper {
  readonly #folder: string;
  readonly #most: number;
  readonly #begun = new Map<symbol, number>();
  #ended = 0;
  #looking: Promise<unknown> = Promise.resolve();

  /** @param most size that it may have, bytes */
  constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  /** An order begins. @returns to be called when it ends */
  begin(): () => void {
    const order = Symbol('order');
    this.#begun.set(order, Date.now() - STEP_OF_TIMES);
    return () => {
      this.#begun.delete(order);
      this.#ended++;
      if (this.#ended % LOOK_EVERY === 0) this.#look();
    };
  }

  /** Looks a last time, where anything was made; returns when that is done. */
  async close(): Promise<void> {
    if (this.#ended > 0) this.#look();
    await this.#looking;
  }

  #look(): void {
    const since = Math.min(Date.now(), ...this.#begun.values());
    this.#looking = this.#looking
      .then(() => keepWithin(this.#folder, this.#most, since))
      // A cache that cannot be read will be looked at again.
      .catch(() => undefined);
  }
}
