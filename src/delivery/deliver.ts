import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExitCode, messageOf, PrintcatError } from '../errors.ts';
import { temporaryName } from '../files.ts';
import type { FileEntry, Role } from './file-entry.ts';

/** A file to be delivered. */
export interface Delivery {
  /** Name within the folder. */
  readonly name: string;
  readonly role: Role;
  readonly bytes: Uint8Array;
  /** Of a PDF; 1 for a picture; left out for what has none. */
  readonly pages?: number;
}

const digest = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

/** What a manifest says of a file. */
export const describeFile = ({ role, name, bytes, pages }: Delivery): FileEntry => ({
  ...{ role, path: name, bytes: bytes.length },
  md5: digest('md5', bytes),
  sha256: digest('sha256', bytes),
  pages: pages ?? null,
});

/** Makes a folder and those above it one by one: on some file systems mkdir's own recursion never ends. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * Makes sure, before any work is done, that files can be written into a folder.
 * @param scratch where temporary files are written
 * @throws PrintcatError where it cannot be made or written to
 */
export async function requireWritable(folder: string, scratch = folder): Promise<void> {
  const probe = temporaryName(scratch);
  try {
    await makeFolder(folder);
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
 * Writes the report on a file that is not delivered.
 * @returns its path
 */
export async function deliverReport(folder: string, report: Delivery, scratch = folder): Promise<string> {
  await deliver(folder, [report], scratch);
  return join(folder, report.name);
}

/**
 * Writes all files of an order or none. Each goes to a temporary name first; then the older files step aside, the
 * new ones take their places, the manifest last: where there is a manifest, its files are whole. What goes wrong
 * is undone, and the older files are back.
 * @param scratch folder for the temporary names, on the same disk
 * @throws PrintcatError (exit code 1) where the disk refuses
 */
export async function deliver(folder: string, files: readonly Delivery[], scratch = folder): Promise<void> {
  const last = (file: Delivery) => (file.role === 'manifest' ? 1 : 0);
  const places = files
    .toSorted((a, b) => last(a) - last(b))
    .map((file) => ({
      file,
      target: join(folder, file.name),
      fresh: temporaryName(scratch),
      aside: temporaryName(scratch),
      state: 'waiting' as 'waiting' | 'aside' | 'done',
    }));
  try {
    for (const { file, fresh } of places) await writeFile(fresh, file.bytes);
    // The manifest steps aside first: between here and its return the order counts as not made.
    for (const place of places.toReversed()) {
      if (!existsSync(place.target)) continue;
      await rename(place.target, place.aside);
      place.state = 'aside';
    }
    for (const place of places) {
      await rename(place.fresh, place.target);
      if (place.state === 'waiting') place.state = 'done';
    }
  } catch (error) {
    for (const { state, target, aside } of places) {
      if (state === 'done') await rm(target, { force: true });
      if (state === 'aside') await rename(aside, target);
    }
    throw new PrintcatError(`Could not write into ${folder}: ${messageOf(error)}`, {
      exitCode: ExitCode.failed,
      hint: 'Free some space or name another folder with --out.',
      cause: error,
    });
  } finally {
    await Promise.all(
      places.flatMap(({ fresh, aside }) => [fresh, aside].map((path) => rm(path, { force: true }))),
    );
  }
}
