import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A hidden name in a folder that nobody else has, also not on another machine that shares the folder. */
export const temporaryName = (folder: string): string => join(folder, `.${randomUUID()}.part`);

/**
 * Writes a file whole or not at all: `write` fills a temporary neighbour, which is then renamed into place.
 * Whatever goes wrong, the temporary file is removed and an older file of that name stays as it was.
 * @param path where the file is to be
 * @param write fills the temporary path that it is given
 */
export async function writeWhole(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryName(dirname(path));
  await mkdir(dirname(path), { recursive: true });
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The SHA-256 of bytes, hexadecimal. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The SHA-256 of a file, hexadecimal, read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The SHA-256 of anything that JSON can hold or of bytes, hexadecimal: the key of a cache entry. */
export function hashOf(...parts: (string | Uint8Array | object)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes =
      part instanceof Uint8Array ? part : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part));
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}
