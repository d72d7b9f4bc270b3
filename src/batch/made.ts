import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { hashFile } from '../files.ts';

/** What must be read of a manifest to know whether its order is made. */
const manifest = z.object({
  idempotencyKey: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
});

/**
 * Whether a manifest says that the order of a key is made, and its files are as it says. Their size must be right; a file
 * that is younger than the manifest, which is written last, is read and held against its checksum.
 */
async function stands(folder: string, file: string): Promise<string | null> {
  const path = join(folder, file);
  try {
    const { idempotencyKey, files } = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
    const { mtimeMs } = await stat(path);
    for (const { name, bytes, sha256 } of files) {
      const found = await stat(join(folder, name));
      if (found.size !== bytes) return null;
      if (found.mtimeMs > mtimeMs && (await hashFile(join(folder, name))) !== sha256) return null;
    }
    return idempotencyKey;
  } catch {
    // Not there, not whole, or not ours: not made.
    return null;
  }
}

/** What is made in a folder. The manifests themselves are the record: no other can be wrong. */
export class MadeOrders {
  readonly #folder: string;
  #all: Promise<Set<string>> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Whether an order's files are there and whole.
   * @param name of its files; where it is not certain, all manifests of the folder are read
   */
  async has(key: string, name: string, certain: boolean): Promise<boolean> {
    if ((await stands(this.#folder, `${name}.json`)) === key) return true;
    if (certain) return false;
    this.#all ??= this.#scan();
    return (await this.#all).has(key);
  }

  async #scan(): Promise<Set<string>> {
    const names = await readdir(this.#folder).catch(() => []);
    const keys = new Set<string>();
    for (const name of names.filter((one) => one.endsWith('.json'))) {
      const key = await stands(this.#folder, name);
      if (key) keys.add(key);
    }
    return keys;
  }
}
