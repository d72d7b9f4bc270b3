import { join } from 'node:path';
import { type Job, WaitingError, Worker } from 'bullmq';
import { Browsers } from '../batch/browsers.ts';
import { RunClaims } from '../batch/claims.ts';
import { CacheKeeper } from '../cache-limit.ts';
import type { Context } from '../commands/command.ts';
import { VERSION } from '../version.ts';
import { type Bench, makeSent } from './make-sent.ts';
import { DEATHS, FORGOTTEN_AFTER, PREFIX, QUEUE } from './names.ts';
import { Objects } from './objects.ts';
import { announce, requireVersion, whoIsThere } from './presence.ts';
import { connectRedis, endOf } from './redis.ts';
import { type Answer, type SentOrder, sentOrder } from './sent-order.ts';
import type { Store } from './store.ts';
import { Unpacker } from './unpack.ts';

/**
 * How long an order belongs to a worker who no longer says that he is at it, and how often it is looked for such orders,
 * ms: what a dead worker had is another's after half a minute.
 */
const HELD = 20_000;
const LOOK_EVERY = 5_000;

const UNREADABLE: Answer = {
  ...{ state: 'failed', lasting: false, reports: [], folder: null },
  message: 'Expected an order in the queue but received something else',
  hint: 'Somebody else writes into this Redis: give printcat a database of its own, redis://host:port/1.',
};

/** What giving back orders may take: an enlargement that is begun is not ended at once, ms. */
const CLOSING_TIME = 30_000;

export interface WorkerWish {
  /** Address of Redis; user and password in it are never shown. */
  readonly queue: string;
  readonly store: Store;
  /** For what is fetched and computed, shared by the workers of a machine; all of it can be made again. */
  readonly folder: string;
  /** Orders that are made at the same time. */
  readonly atOnce: number;
  /** Size that what is computed is kept within, bytes. */
  readonly cacheBytes: number;
  /** Told when orders are taken; `redis` is its address without user and password. */
  onReady(redis: string): void;
  /** Told of each order that is answered. */
  onAnswer(answer: Answer, order: SentOrder['order'] | null): void;
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
  const { store, folder, atOnce, cacheBytes } = wish;
  const link = await connectRedis(wish.queue);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, link.lost, stop.signal]);
  signal.addEventListener('abort', () => link.giveUp());
  const { openBrowser } = await import('../browser/open.ts');
  const browsers = new Browsers(() => openBrowser({ ...context, signal }));
  const ends: (() => Promise<void>)[] = [() => browsers.close()];
  let fatal: unknown;
  let givenBack = 0;
  try {
    requireVersion(VERSION, await whoIsThere(link.client, 'run'), 'orders');
    const claims = await RunClaims.open(folder);
    ends.push(() => claims.close());
    // Without a browser no order is taken.
    const browser = await versionOf(browsers);
    ends.push(await announce(link.client, 'worker', { version: VERSION, browser }));
    const objects = new Objects(store);
    const cacheDir = join(folder, 'cache');
    const keeper = new CacheKeeper(cacheDir, cacheBytes);
    ends.push(() => keeper.close());
    const bench: Bench = {
      ...{ objects, unpacker: new Unpacker(folder, objects), browsers, signal },
      ...{ cacheDir, scratch: claims.scratch },
    };
    const take = async (job: Job<unknown, Answer>, token?: string): Promise<Answer> => {
      const end = keeper.begin();
      try {
        const sent = sentOrder.safeParse(job.data);
        const answer = sent.success ? await makeSent(job.id!, sent.data, bench) : UNREADABLE;
        wish.onAnswer(answer, sent.data?.order ?? null);
        return answer;
      } catch (error) {
        // What stops one order stops all; others make them.
        fatal ??= error;
        stop.abort();
        givenBack++;
        await job.moveToWait(token);
        throw new WaitingError();
      } finally {
        end();
      }
    };
    const age = { age: FORGOTTEN_AFTER };
    const worker = new Worker<unknown, Answer>(QUEUE, take, {
      ...{ connection: link.client, prefix: PREFIX, concurrency: atOnce },
      ...{ lockDuration: HELD, stalledInterval: LOOK_EVERY, maxStalledCount: DEATHS, runRetryDelay: 1_000 },
      ...{ removeOnComplete: age, removeOnFail: age },
    });
    // What it says of a connection that is gone, the link says.
    worker.on('error', () => undefined);
    wish.onReady(link.place);
    await aborted(signal);
    // Where Redis is away nothing can be given back: others take it when it was held for too long.
    await endOf(worker.close(link.client.status !== 'ready'), CLOSING_TIME);
    if (!context.signal.aborted) throw fatal;
    return givenBack;
  } catch (error) {
    throw link.lost.aborted ? link.lost.reason : error;
  } finally {
    await Promise.all(ends.map((end) => end()));
    await link.close();
  }
}

/** `Chrome/141.0.7390.37`; the browser stays for the first order. */
async function versionOf(browsers: Browsers): Promise<string> {
  const lease = browsers.lend();
  try {
    return await (await lease.browser()).version();
  } finally {
    lease.end();
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
