import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fileEntry } from '../delivery/file-entry.ts';
import { hashFile } from '../files.ts';

/** What must be read of a manifest to know whether its order is made. */
const manifest = z.object({
  filesKey: z.string(),
  files: z.array(fileEntry),
});

/**
 * Whether a manifest says that the order of a key is made, and its files are as it says. Their size must be right; a file
 * that is younger than the manifest, which is written last, is read and held against its checksum.
 */
async function stands(folder: string, file: string): Promise<string | null> {
  const path = join(folder, file);
  try {
    const { filesKey, files } = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
    const { mtimeMs } = await stat(path);
    for (const { path: name, bytes, sha256 } of files) {
      const found = await stat(join(folder, name));
      if (found.size !== bytes) return null;
      if (found.mtimeMs > mtimeMs && (await hashFile(join(folder, name))) !== sha256) return null;
    }
    return filesKey;
  } catch {
    // Not there, not whole, or not ours: not made.
    return null;
  }
}

/** What is made in a folder. The manifests themselves are the record: no other can be wrong. */
export class MadeOrders {
  readonly #folder: string;
  #all: Promise<Map<string, string>> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Whether an order's files are there and whole.
   * @param name of its files; where it is not certain, all manifests of the folder are read
   * @returns the name of its manifest, or `null` where it is not made
   */
  async find(key: string, name: string, certain: boolean): Promise<string | null> {
    const usual = `${name}.json`;
    if ((await stands(this.#folder, usual)) === key) return usual;
    if (certain) return null;
    this.#all ??= this.#scan();
    return (await this.#all).get(key) ?? null;
  }

  async #scan(): Promise<Map<string, string>> {
    const names = await readdir(this.#folder).catch(() => []);
    const keys = new Map<string, string>();
    for (const name of names.filter((one) => one.endsWith('.json'))) {
      const key = await stands(this.#folder, name);
      if (key) keys.set(key, name);
    }
    return keys;
  }
}
