import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { nearPath } from '../delivery/file-entry.ts';
import { ExitCode, messageOf, PrintcatError } from '../errors.ts';
import { sha256Of } from '../files.ts';
import { filesOf } from '../order/idempotency-key.ts';
import type { Store } from './store.ts';

export const sha256Text = z.string().regex(/^[0-9a-f]{64}$/, 'Expected a SHA-256, hexadecimal');

/** A folder: its files by their names in it, each as the SHA-256 of its bytes. */
export const tree = z.record(nearPath, sha256Text);
export type Tree = Readonly<z.output<typeof tree>>;

/** That an object is not in the store, though somebody put it there. */
export class MissingObject extends PrintcatError {
  constructor(sha256: string, { place }: Store) {
    super(`Expected ${sha256} in the store ${place} but it is not there`, {
      hint: 'Give the orders and all workers the same --store, and empty it only when no run is going.',
      exitCode: ExitCode.failed,
    });
  }
}

/** The objects of a store: each is looked for and put once, and what is read is held against its name. */
export class Objects {
  readonly store: Store;
  readonly #there = new Map<string, Promise<void>>();

  constructor(store: Store) {
    this.store = store;
  }

  /** @returns its SHA-256, hexadecimal */
  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = sha256Of(bytes);
    await this.#once(sha256, async () => bytes);
    return sha256;
  }

  /** @returns its SHA-256, hexadecimal; the same for the same value */
  putJson(value: unknown): Promise<string> {
    return this.put(Buffer.from(JSON.stringify(value)));
  }

  /**
   * Puts a file of which it is known what is in it.
   * @throws PrintcatError where it is something else by now
   */
  putFile(path: string, sha256: string): Promise<void> {
    return this.#once(sha256, async () => {
      const bytes = await readFile(path);
      if (sha256Of(bytes) === sha256) return bytes;
      throw new PrintcatError(`Expected ${path} as it was planned but it changed meanwhile`, {
        hint: 'Run the same line again.',
      });
    });
  }

  /** Puts the files of folders; each folder stands under its name in the tree. @returns the tree's SHA-256 */
  async putFolders(folders: Readonly<Record<string, string>>): Promise<string> {
    const files: [string, string][] = [];
    for (const [name, folder] of Object.entries(folders)) {
      for (const [file, sha256] of Object.entries(await filesOf(folder))) {
        await this.putFile(join(folder, ...file.split('/')), sha256);
        files.push([`${name}/${file}`, sha256]);
      }
    }
    return this.putJson(Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  /** @throws MissingObject where it is not there; PrintcatError where it is not what its name says */
  async get(sha256: string): Promise<Uint8Array> {
    const bytes = await this.#ask(this.store.get(sha256));
    if (!bytes) throw new MissingObject(sha256, this.store);
    if (sha256Of(bytes) === sha256) return bytes;
    throw new PrintcatError(`The object ${sha256} of the store ${this.store.place} is damaged`, {
      hint: 'Remove it from the store, then run the same line again.',
      exitCode: ExitCode.failed,
    });
  }

  async getJson(sha256: string): Promise<unknown> {
    return JSON.parse(Buffer.from(await this.get(sha256)).toString());
  }

  /** @throws PrintcatError (exit code 3) where the store itself cannot be used: then no order can be made */
  async #ask<T>(asked: Promise<T>): Promise<T> {
    return asked.catch((error: unknown) => {
      if (error instanceof PrintcatError) throw error;
      throw new PrintcatError(`Could not use the store ${this.store.place}: ${messageOf(error)}`, {
        hint: 'See that it is there, can be written to and has room; then run the same line again.',
        exitCode: ExitCode.missingTool,
        cause: error,
      });
    });
  }

  /** Looks anew for everything: the store has lost something. */
  lookAgain(): void {
    this.#there.clear();
  }

  #once(sha256: string, read: () => Promise<Uint8Array>): Promise<void> {
    const put = async () => {
      if (await this.#ask(this.store.has(sha256))) return;
      const bytes = await read();
      await this.#ask(this.store.put(sha256, bytes));
    };
    const putting =
      this.#there.get(sha256) ??
      put().catch((error: unknown) => {
        this.#there.delete(sha256);
        throw error;
      });
    this.#there.set(sha256, putting);
    return putting;
  }
}
