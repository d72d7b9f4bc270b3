import { chmod, constants, copyFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { PrintcatError } from '../errors.ts';
import { hashFile, writeWhole } from '../files.ts';
import type { Catalogue } from './catalogue.ts';
import { collectFiles, type Found } from './collect.ts';
import { type Examined, examine, reasonOf } from './examine.ts';
import { DEFAULT_MAX_MEGAPIXELS, type FileFacts, type ImageRecord } from './image.ts';
import { workspacePaths } from './workspace.ts';

/** Files that are decoded at the same time; each decoder uses several threads by itself. */
const AT_ONCE = Math.min(4, availableParallelism());

/** What became of one file. `restored`: it was in the catalogue, but its original was gone or had changed. */
export type ImportOutcome =
  | {
      readonly outcome: 'imported' | 'already there' | 'restored';
      readonly path: string;
      readonly image: ImageRecord;
    }
  | { readonly outcome: 'refused'; readonly path: string; readonly reason: string };

export interface ImportOptions {
  /** The folder that relative paths are relative to; the process's own if it is not said. */
  readonly cwd?: string;
  readonly who: string;
  /** ISO 8601, UTC; now if it is not said. */
  readonly when?: string;
  readonly maxMegapixels?: number;
  /** Called after each file. */
  readonly onProgress?: (done: number, of: number, last: ImportOutcome) => void;
  /** Once aborted no further file is begun; those that are done stay done. */
  readonly signal?: AbortSignal;
}

/**
 * Imports files, and folders with all that is below them, in the order given and by name. Each file is a
 * transaction of its own: one that is refused does not stop the others.
 * @returns what became of each file; after an abort, of those that were done
 */
export async function importFiles(
  catalogue: Catalogue,
  paths: readonly string[],
  {
    cwd = process.cwd(),
    who,
    when = new Date().toISOString(),
    maxMegapixels = DEFAULT_MAX_MEGAPIXELS,
    onProgress,
    signal,
  }: ImportOptions,
): Promise<ImportOutcome[]> {
  const files = await collectFiles(paths, cwd, workspacePaths(catalogue.workspace).output);
  const isKnown = (sha256: string) => catalogue.getByHash(sha256) !== null;
  const outcomes: ImportOutcome[] = [];
  // Looking at files takes the time and is done a few ahead; adding them keeps their order, and with it the
  // suffixes of IDs that collide.
  const ahead: Promise<Examined>[] = [];
  let next = 0;
  for (const file of files) {
    if (signal?.aborted) break;
    while (ahead.length < AT_ONCE && next < files.length) {
      ahead.push(examine(files[next++]!.path, { maxMegapixels, isKnown }));
    }
    const outcome = await settle(catalogue, file, await ahead.shift()!, {
      importedAt: when,
      importedBy: who,
    });
    outcomes.push(outcome);
    onProgress?.(outcomes.length, files.length, outcome);
  }
  await Promise.all(ahead);
  return outcomes;
}

async function settle(
  catalogue: Catalogue,
  { path, shown }: Found,
  what: Examined,
  stamp: Pick<ImageRecord, 'importedAt' | 'importedBy'>,
): Promise<ImportOutcome> {
  if (what.kind === 'refused') return { outcome: 'refused', path: shown, reason: what.reason };
  try {
    const known = what.kind === 'known' ? catalogue.getByHash(what.sha256) : null;
    if (known) {
      const stored = await store(catalogue, path, known);
      return { outcome: stored ? 'restored' : 'already there', path: shown, image: known };
    }
    if (what.kind !== 'picture') throw new Error(`${path} was known and is no longer`);
    requireReadable(what.picture.file);
    // The original comes first: if we are stopped between the two, an unused file lies in the store, which the
    // next import of the same picture takes up; never a picture without its original.
    await store(catalogue, path, what.picture);
    const { image, added } = catalogue.add({ ...what.picture, ...stamp });
    return { outcome: added ? 'imported' : 'already there', path: shown, image };
  } catch (error) {
    return { outcome: 'refused', path: shown, reason: reasonOf(error) };
  }
}

/** @throws PrintcatError for what libvips decodes without an error, but with its transparency lost */
function requireReadable({ colourSpace, bitDepth, hasAlpha }: FileFacts): void {
  if (colourSpace !== 'CMYK' || bitDepth <= 8 || !hasAlpha) return;
  throw new PrintcatError(
    `it is CMYK with transparency at ${bitDepth} bits a channel; with 8 bits a channel it can be read`,
  );
}

/**
 * Copies a file to its place in the store.
 * @returns whether it did: not where the same bytes lie there
 * @throws PrintcatError where the file's bytes have changed since they were looked at
 */
async function store(
  catalogue: Catalogue,
  from: string,
  picture: Pick<ImageRecord, 'sha256' | 'file' | 'bytes'>,
): Promise<boolean> {
  const original = catalogue.originalPath(picture);
  if ((await catalogue.hasOriginal(picture)) && (await hashFile(original)) === picture.sha256) return false;
  await writeWhole(original, async (temporary) => {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    if ((await hashFile(temporary)) !== picture.sha256) {
      throw new PrintcatError('it changed while it was being imported');
    }
    // Nobody has a reason to write to an original again.
    await chmod(temporary, 0o444);
  });
  return true;
}
