import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expected, messageOf, PrintcatError } from '../errors.ts';
import { writeWhole } from '../files.ts';

/** Where machines put what they give each other: objects under the SHA-256 of their bytes, never changed. */
export interface Store {
  /** As messages name it; without secrets. */
  readonly place: string;
  has(sha256: string): Promise<boolean>;
  /** Keeps an object; all of it or nothing is there afterwards. */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  /** @returns `null` where it is not there */
  get(sha256: string): Promise<Uint8Array | null>;
}

/** The name of an object below the store's root, with `/`. */
export const objectName = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256}`;

/**
 * Opens a store.
 * @param place a folder that all machines share, relative to `cwd`, or `s3://bucket/prefix`
 * @throws PrintcatError where there can be none
 */
export async function openStore(place: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Store> {
  if (place.startsWith('s3:')) return (await import('./s3-store.ts')).openS3Store(place, env);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place))
    throw expected('a folder or s3://bucket/prefix', '--store', place.replace(/\/\/.*@/, '//'));
  return FolderStore.open(resolve(cwd, place));
}

/** A folder that all machines see: a network share, or any folder where they are processes of one machine. */
class FolderStore implements Store {
  private constructor(readonly place: string) {}

  /** Makes the folder; not those above it, since a share that is not mounted would be made anew on every machine. */
  static async open(folder: string): Promise<FolderStore> {
    try {
      if (!existsSync(folder)) await mkdir(folder);
      if (!(await stat(folder)).isDirectory()) throw new Error('a file stands there');
    } catch (error) {
      throw new PrintcatError(`Expected a folder for --store but received ${folder} (${messageOf(error)})`, {
        hint: 'Name a folder that this machine and all workers see; it is made where the one above it is there.',
      });
    }
    return new FolderStore(folder);
  }

  async has(sha256: string): Promise<boolean> {
    return existsSync(this.#path(sha256));
  }

  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(sha256);
    await mkdir(dirname(path), { recursive: true });
    await writeWhole(path, (temporary) => writeFile(temporary, bytes));
  }

  async get(sha256: string): Promise<Uint8Array | null> {
    return readFile(this.#path(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  }

  #path(sha256: string): string {
    return join(this.place, ...objectName(sha256).split('/'));
  }
}
