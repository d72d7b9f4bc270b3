import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { expected, messageOf, PrintcatError, stopIfAborted } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { FileEntry, Role } from './file-entry.ts';
import { type Manifest, manifestSchema } from './manifest-schema.ts';
import { jobTicket, latestDate } from './xjdf.ts';
import { writeZip, type ZipEntry } from './zip.ts';

/** Its name at the top of the package. */
export const TICKET = 'ticket.xjdf';

export interface FoundManifest {
  readonly path: string;
  readonly manifest: Manifest;
}

export interface PackWish {
  /** Only the orders for this provider; without one all must be for the same. */
  readonly printer?: string;
  /** Only what is printed, with manifests and ticket: no proofs, no reports. */
  readonly printOnly?: boolean;
}

export interface Pack {
  readonly path: string;
  readonly bytes: number;
  readonly provider: Manifest['provider'];
  readonly orders: readonly {
    readonly manifest: string;
    readonly idempotencyKey: string;
    readonly quantity: number;
  }[];
  readonly files: readonly string[];
  /** What its sender should know. */
  readonly warnings: readonly string[];
}

/**
 * Finds manifests: a file is one, a folder holds some, below it as well; other JSON in folders is passed over.
 * @param wanted files and folders
 * @throws PrintcatError for what is not there, a file that is no manifest, and a folder without any
 */
export async function findManifests(wanted: readonly string[]): Promise<FoundManifest[]> {
  const found = new Map<string, FoundManifest>();
  for (const path of wanted) {
    const kind = await stat(path).catch(() => null);
    if (!kind)
      throw expected('a manifest or a folder', '<manifests..>', path, 'There is nothing of that name.');
    const paths = kind.isDirectory() ? await jsonBelow(path) : [path];
    const manifests = await Promise.all(paths.map((file) => readManifest(file, !kind.isDirectory())));
    if (manifests.every((manifest) => manifest === null)) {
      throw new PrintcatError(`Expected manifests in ${path} but found none`, {
        hint: 'printcat make writes one beside each order, with the ending .json.',
      });
    }
    for (const manifest of manifests) if (manifest) found.set(await realpath(manifest.path), manifest);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function jsonBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @returns `null` for a file that does not call itself a manifest, where that is no mistake */
async function readManifest(path: string, mustBe: boolean): Promise<FoundManifest | null> {
  const hint = 'Make the order again with this version of printcat.';
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (!mustBe) return null;
    throw new PrintcatError(`${path} is no manifest: ${messageOf(error)}`, { hint, cause: error });
  }
  const isOne = z
    .looseObject({ format: z.string().startsWith('printcat-manifest-') })
    .safeParse(json).success;
  if (!isOne && !mustBe) return null;
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return { path, manifest: parsed.data };
  const issue = parsed.error.issues[0]!;
  throw new PrintcatError(`${path} is no manifest: ${issue.path.join('.') || 'it'}: ${issue.message}`, {
    hint,
  });
}

/**
 * Bundles the files of a printer's orders with their manifests and a job ticket into a ZIP, whole or not at all.
 * @param to the ZIP
 * @throws PrintcatError where orders are for different printers, one is there twice, or a file is not the one that its
 *   manifest describes
 */
export async function pack(
  found: readonly FoundManifest[],
  to: string,
  wish: PackWish,
  { signal, onStage }: { readonly signal: AbortSignal; onStage(stage: string): void },
): Promise<Pack> {
  const orders = ofOnePrinter(found, wish.printer);
  refuseTwice(orders);
  const top = commonFolder(orders.map(({ path }) => dirname(resolve(path))));
  const nameOf = (path: string) => relative(top, path).split(sep).join('/');
  const entries: ZipEntry[] = [];
  const problems: string[] = [];
  for (const { path, manifest } of orders) {
    entries.push({ name: nameOf(resolve(path)), content: await readFile(path) });
    for (const file of filesOf(manifest, wish)) {
      stopIfAborted(signal);
      onStage(`checking ${basename(file.path)}`);
      const place = resolve(dirname(path), file.path);
      const checked = await check(place, file);
      if (typeof checked === 'string') problems.push(`${place} ${checked}`);
      else entries.push({ name: nameOf(place), content: { path: place, ...checked } });
    }
  }
  if (problems.length > 0) throw notAsDescribed(problems);
  const ticket = jobTicket(
    orders.map(({ path, manifest }) => ({
      manifest,
      files: filesOf(manifest, wish).map((file) => ({
        ...file,
        path: nameOf(resolve(dirname(path), file.path)),
      })),
    })),
  );
  entries.push({ name: TICKET, content: Buffer.from(ticket) });
  refuseSameNames(entries);
  onStage('writing the package');
  const manifests = orders.map(({ manifest }) => manifest);
  await writeWhole(to, (temporary) => writeZip(temporary, entries, latestDate(manifests)));
  return {
    ...{ path: to, bytes: (await stat(to)).size, provider: manifests[0]!.provider },
    orders: orders.map(({ path, manifest: { idempotencyKey, quantity } }) => ({
      ...{ manifest: nameOf(resolve(path)), idempotencyKey, quantity },
    })),
    files: entries.map(({ name }) => name).sort(),
    warnings: orders.flatMap(trialWarning),
  };
}

/** What a printer prints and cuts from. */
const FOR_PRINT: readonly Role[] = ['print', 'white', 'art', 'cut'];

const filesOf = ({ files }: Manifest, { printOnly }: PackWish): readonly FileEntry[] =>
  printOnly ? files.filter(({ role }) => FOR_PRINT.includes(role)) : files;

function ofOnePrinter(
  found: readonly FoundManifest[],
  printer: string | undefined,
): readonly FoundManifest[] {
  const printers = [...new Set(found.map(({ manifest }) => manifest.provider.name))].sort();
  if (printer === undefined && printers.length > 1) {
    throw new PrintcatError(`Expected orders for one printer but received some for ${printers.join(', ')}`, {
      hint: `--printer ${printers[0]} packs those for one of them.`,
    });
  }
  if (printer === undefined) return found;
  if (!printers.includes(printer)) throw expected(`one of ${printers.join(', ')}`, '--printer', printer);
  return found.filter(({ manifest }) => manifest.provider.name === printer);
}

/** A ticket knows its orders by their keys. */
function refuseTwice(orders: readonly FoundManifest[]): void {
  const seen = new Map<string, string>();
  for (const { path, manifest } of orders) {
    const other = seen.get(manifest.idempotencyKey);
    if (other !== undefined) {
      throw new PrintcatError(`${path} is the same order as ${other}`, {
        hint: 'Pack one of them; --quantity of printcat make says how many are wanted.',
      });
    }
    seen.set(manifest.idempotencyKey, path);
  }
}

function refuseSameNames(entries: readonly ZipEntry[]): void {
  const names = entries.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new PrintcatError(`Two files would be ${twice} in the package`, {
    hint: 'Make the orders in folders of their own (--out).',
  });
}

/** The folder that holds all of them. */
function commonFolder(folders: readonly string[]): string {
  let common = folders[0]!;
  while (!folders.every((folder) => folder === common || folder.startsWith(join(common, sep)))) {
    common = dirname(common);
  }
  return common;
}

/** @returns its size and CRC, or what is wrong with it */
async function check(
  path: string,
  { bytes, md5, sha256 }: FileEntry,
): Promise<{ bytes: number; crc: number } | string> {
  if (!existsSync(path)) return 'is missing';
  const [md5Of, sha256Of] = [createHash('md5'), createHash('sha256')];
  let size = 0;
  let crc = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    size += chunk.length;
    crc = crc32(chunk, crc);
    md5Of.update(chunk);
    sha256Of.update(chunk);
  }
  const same = size === bytes && md5Of.digest('hex') === md5 && sha256Of.digest('hex') === sha256;
  return same ? { bytes: size, crc } : 'is not the file that its manifest describes';
}

function notAsDescribed(problems: readonly string[]): PrintcatError {
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : '';
  return new PrintcatError(`${problems.slice(0, 5).join('; ')}${more}`, {
    hint: 'Make the order again: files and manifest are written together.',
  });
}

const trialWarning = ({ manifest: { images }, path }: FoundManifest): string[] => {
  const trials = images.filter(({ decision }) => decision !== 'released').map(({ id }) => id);
  return trials.length === 0 ? [] : [`${basename(path)} is a trial: not released are ${trials.join(', ')}.`];
};
