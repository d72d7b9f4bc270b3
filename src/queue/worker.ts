import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Job, WaitingError, Worker } from 'bullmq';
import * as z from 'zod';
import { Browsers } from '../batch/browsers.ts';
import { RunClaims } from '../batch/claims.ts';
import { endsAll, type JobEnd, makeJob, reasonOf } from '../batch/make-job.ts';
import type { Context } from '../commands/command.ts';
import { fileEntry } from '../delivery/file-entry.ts';
import { PrintcatError } from '../errors.ts';
import { asRefusal } from '../system-error.ts';
import { VERSION } from '../version.ts';
import { DEATHS, FORGOTTEN_AFTER, PREFIX, QUEUE } from './names.ts';
import { MissingObject, Objects } from './objects.ts';
import { announce, requireVersion, whoIsThere } from './presence.ts';
import { connectRedis } from './redis.ts';
import { type Answer, type SentOrder, sentOrder } from './sent-order.ts';
import type { Store } from './store.ts';
import { requireLikeSender, Unpacker } from './unpack.ts';

/**
 * How long an order belongs to a worker who no longer says that he is at it, and how often it is looked for such orders,
 * ms: what a dead worker had is another's after half a minute.
 */
const HELD = 20_000;
const LOOK_EVERY = 5_000;

export interface WorkerWish {
  /** Address of Redis; user and password in it are never shown. */
  readonly queue: string;
  readonly store: Store;
  /** For what is fetched and computed, shared by the workers of a machine; all of it can be made again. */
  readonly folder: string;
  /** Orders that are made at the same time. */
  readonly atOnce: number;
  /** Told when orders are taken; `redis` is its address without user and password. */
  onReady(redis: string): void;
  /** Told of each order that is answered. */
  onAnswer(answer: Answer, order: SentOrder['order']): void;
}

/**
 * Takes orders from a queue and makes them until it is stopped; those in its hands it then gives back.
 * @returns how many it gave back
 * @throws PrintcatError where no order could be made here: no Redis, no store, another version, the disk full
 */
export async function work(
  wish: WorkerWish,
  context: Pick<Context, 'env' | 'terminal' | 'signal'>,
): Promise<number> {
  const { store, folder, atOnce } = wish;
  const link = await connectRedis(wish.queue);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, link.lost, stop.signal]);
  signal.addEventListener('abort', () => link.giveUp());
  const { openBrowser } = await import('../browser/open.ts');
  const browsers = new Browsers(() => openBrowser({ ...context, signal }));
  const claims = await RunClaims.open(folder);
  const leave = await announce(link.client, 'worker', VERSION);
  const objects = new Objects(store);
  const bench: Bench = {
    ...{ objects, unpacker: new Unpacker(folder, objects), browsers, signal },
    ...{ cacheDir: join(folder, 'cache'), scratch: claims.scratch },
  };
  let fatal: unknown;
  let givenBack = 0;
  const take = async (job: Job<unknown, Answer>, token?: string): Promise<Answer> => {
    try {
      const sent = sentOrder.parse(job.data);
      const answer = await answerTo(job.id!, sent, bench);
      wish.onAnswer(answer, sent.order);
      return answer;
    } catch (error) {
      // What stops one order stops all; others make them.
      fatal ??= error;
      stop.abort();
      givenBack++;
      await job.moveToWait(token);
      throw new WaitingError();
    }
  };
  const age = { age: FORGOTTEN_AFTER };
  try {
    requireVersion(VERSION, await whoIsThere(link.client, 'run'), 'orders');
    const worker = new Worker<unknown, Answer>(QUEUE, take, {
      ...{ connection: link.client, prefix: PREFIX, concurrency: atOnce },
      ...{ lockDuration: HELD, stalledInterval: LOOK_EVERY, maxStalledCount: DEATHS, runRetryDelay: 1_000 },
      ...{ removeOnComplete: age, removeOnFail: age },
    });
    // What it says of a connection that is gone, the link says.
    worker.on('error', () => undefined);
    wish.onReady(link.place);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await worker.close();
    if (context.signal.aborted) return givenBack;
    throw link.lost.aborted ? link.lost.reason : fatal;
  } finally {
    await leave();
    await Promise.all([browsers.close(), claims.close()]);
    await link.close();
  }
}

interface Bench {
  readonly objects: Objects;
  readonly unpacker: Unpacker;
  readonly browsers: Browsers;
  readonly cacheDir: string;
  /** For an order's files until they are in the store. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/**
 * Makes an order and puts its files into the store.
 * @param key of its files
 * @throws what would end every other order here as well
 */
async function answerTo(key: string, sent: SentOrder, bench: Bench): Promise<Answer> {
  const { objects, unpacker, browsers, cacheDir, scratch, signal } = bench;
  const folder = join(scratch, randomUUID());
  try {
    await requireLikeSender(sent);
    const { order, ...shelves } = await unpacker.unpack(sent);
    await mkdir(folder);
    const workshop = {
      ...shelves,
      cacheDir,
      signal,
      outputDir: folder,
      scratchDir: scratch,
      without: sent.without,
    };
    const end = await makeJob({ order, look: sent.look }, workshop, browsers);
    return await handIn(key, end, folder, objects);
  } catch (thrown) {
    const error = asRefusal(thrown);
    const isOtherStore = error instanceof MissingObject && !(await objects.store.has(sent.workspace));
    if (signal.aborted || isOtherStore || endsAll(error)) throw error;
    return { state: 'failed', ...reasonOf(error, false), reports: [], folder };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const manifestParts = z.object({ filesKey: z.string(), files: z.array(fileEntry) });

/** Puts into the store what was made, or the reports on what was not. */
async function handIn(key: string, end: JobEnd, folder: string, objects: Objects): Promise<Answer> {
  if (end.state === 'failed') {
    const reports = await readdir(folder);
    return {
      ...end,
      folder,
      reports: await Promise.all(
        reports.map(async (name) => ({
          name,
          sha256: await objects.put(await readFile(join(folder, name))),
        })),
      ),
    };
  }
  const { manifest: name, ms, bytes, warnings } = end;
  const manifest = await readFile(join(folder, name));
  const { filesKey, files } = manifestParts.parse(JSON.parse(manifest.toString()));
  if (filesKey !== key) {
    throw new PrintcatError('Its template, product or printer changed while it was being ordered', {
      hint: 'Run the same line again.',
    });
  }
  for (const { path, sha256 } of files) await objects.putFile(join(folder, path), sha256);
  return { state: 'made', manifest: { name, sha256: await objects.put(manifest) }, ms, bytes, warnings };
}
