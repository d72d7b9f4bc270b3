import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browsers } from '../batch/browsers.ts';
import { endsAll, type JobEnd, makeJob, reasonOf } from '../batch/make-job.ts';
import { PrintcatError } from '../errors.ts';
import { asRefusal } from '../system-error.ts';
import { MissingObject, type Objects } from './objects.ts';
import { type Answer, manifestParts, type SentOrder } from './sent-order.ts';
import { requireLikeSender, type Unpacker } from './unpack.ts';

/** What a worker makes orders with. */
export interface Bench {
  readonly objects: Objects;
  readonly unpacker: Unpacker;
  readonly browsers: Browsers;
  readonly cacheDir: string;
  /** For an order's files until they are in the store. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/**
 * Makes an order as it came from the queue, and puts its files into the store.
 * @param key of its files, as its sender worked it out
 * @throws what would end every other order here as well
 */
export async function makeSent(key: string, sent: SentOrder, bench: Bench): Promise<Answer> {
  const { objects, unpacker, browsers, cacheDir, scratch, signal } = bench;
  const { look, without } = sent;
  const folder = join(scratch, randomUUID());
  try {
    await requireLikeSender(sent);
    const { order, ...shelves } = await unpacker.unpack(sent);
    await mkdir(folder);
    const places = { cacheDir, outputDir: folder, scratchDir: scratch };
    const end = await makeJob({ order, look }, { ...shelves, ...places, without, signal }, browsers);
    return await handIn(key, end, folder, objects);
  } catch (thrown) {
    const error = asRefusal(thrown);
    // The first thing that was put there: without it, it is another store.
    const isOtherStore = error instanceof MissingObject && !(await objects.store.has(sent.workspace));
    if (signal.aborted || isOtherStore || endsAll(error)) throw error;
    return { state: 'failed', ...reasonOf(error, false), reports: [], folder };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts into the store what was made, or the reports on what was not. */
async function handIn(key: string, end: JobEnd, folder: string, objects: Objects): Promise<Answer> {
  const keep = async (name: string) => ({
    name,
    sha256: await objects.put(await readFile(join(folder, name))),
  });
  if (end.state === 'failed') {
    return { ...end, folder, reports: await Promise.all((await readdir(folder)).map(keep)) };
  }
  const { manifest: name, ms, bytes, warnings } = end;
  const { filesKey, files } = manifestParts.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
  if (filesKey !== key) {
    throw new PrintcatError('Its template, product or printer changed while it was being ordered', {
      hint: 'Run the same line again.',
    });
  }
  for (const { path, sha256 } of files) await objects.putFile(join(folder, path), sha256);
  return { state: 'made', manifest: await keep(name), ms, bytes, warnings };
}
