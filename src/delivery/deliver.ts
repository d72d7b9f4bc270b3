import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PrintcatError } from '../errors.ts';

/** A file to be delivered. */
export interface Delivery {
  /** Name within the folder. */
  readonly name: string;
  readonly role: 'print' | 'proof' | 'manifest';
  readonly bytes: Uint8Array;
}

/** A delivered file, as a manifest lists it. */
export interface DeliveredFile {
  readonly role: Delivery['role'];
  readonly name: string;
  readonly bytes: number;
  /** Checksums in hexadecimal; several providers ask for MD5. */
  readonly md5: string;
  readonly sha256: string;
}

const digest = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

/** What a manifest says of a file. */
export const describeFile = ({ role, name, bytes }: Delivery): DeliveredFile => ({
  role,
  name,
  bytes: bytes.length,
  md5: digest('md5', bytes),
  sha256: digest('sha256', bytes),
});

/**
 * Makes sure, before any work is done, that files can be written into a folder.
 * @throws PrintcatError where it cannot be made or written to
 */
export async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, `.${process.pid}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new PrintcatError(
      `Expected a folder that can be written to for --out but received ${folder} (${messageOf(error)})`,
      {
        hint: 'Name another folder with --out.',
      },
    );
  }
}

/**
 * Writes all files of an order or none: each to a temporary name first, then renamed together.
 * @throws PrintcatError (exit code 1) where the disk refuses
 */
export async function deliver(folder: string, files: readonly Delivery[]): Promise<void> {
  const temporary = files.map((_, i) => join(folder, `.${process.pid}-${i}.part`));
  try {
    for (const [i, file] of files.entries()) await writeFile(temporary[i]!, file.bytes);
    for (const [i, file] of files.entries()) await rename(temporary[i]!, join(folder, file.name));
  } catch (error) {
    await Promise.all(temporary.map((path) => rm(path, { force: true })));
    throw new PrintcatError(`Could not write into ${folder}: ${messageOf(error)}`, {
      exitCode: 1,
      hint: 'Free some space or name another folder with --out.',
      cause: error,
    });
  }
}
