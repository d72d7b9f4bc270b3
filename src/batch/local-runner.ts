import { availableParallelism, totalmem } from 'node:os';
import { CacheKeeper } from '../cache-limit.ts';
import type { Context } from '../commands/command.ts';
import type { make } from '../make.ts';
import { Browsers } from './browsers.ts';
import type { Job, Outcome, Runner } from './job.ts';
import { type JobWorkshop, makeJob } from './make-job.ts';
import { runClaimed } from './run-claimed.ts';

/** What an order may take of memory while it is made, with its page in the browser, bytes. */
const BYTES_AN_ORDER = 700e6;

/**
 * Orders that are made at the same time: one more than there are cores, so that the browser works while others wait for
 * theirs, as far as memory allows. What an order takes most of is limited besides, for all orders together: the lanes
 * that convert colours (`ink-lanes.ts`), the threads that draw proofs and judge files (`ThreadPool`), and one enlargement
 * at a time, which takes all cores (`make-artwork.ts`).
 */
export const ordersAtOnce = (): number =>
  Math.max(1, Math.min(availableParallelism() + 1, Math.floor((totalmem() * 0.5) / BYTES_AN_ORDER)));

export interface LocalOptions {
  readonly atOnce?: number;
  /** Size that the cache is kept within, bytes; without it it grows. */
  readonly cacheBytes?: number;
  /** How an order is made, by default as `printcat make` does. */
  readonly making?: typeof make;
}

/** Makes jobs in this process, several at a time, with one browser. */
export class LocalRunner implements Runner {
  readonly #workshop: JobWorkshop;
  readonly #context: Pick<Context, 'env' | 'terminal' | 'signal'>;
  readonly #options: LocalOptions;

  /** @param workshop its `outputDir` is the run's; jobs have folders below it */
  constructor(
    workshop: JobWorkshop,
    context: Pick<Context, 'env' | 'terminal' | 'signal'>,
    options: LocalOptions = {},
  ) {
    this.#workshop = workshop;
    this.#context = context;
    this.#options = options;
  }

  async run(jobs: readonly Job[], onOutcome: (outcome: Outcome) => boolean): Promise<void> {
    const { outputDir, cacheDir, signal } = this.#workshop;
    const { making, atOnce = ordersAtOnce(), cacheBytes = Number.POSITIVE_INFINITY } = this.#options;
    const keeper = new CacheKeeper(cacheDir, cacheBytes);
    const { openBrowser } = await import('../browser/open.ts');
    const browsers = new Browsers(() => openBrowser({ ...this.#context, signal }));
    try {
      await runClaimed(
        jobs,
        { outputDir, atOnce, signal },
        async (job, { folder, scratch }) => {
          const end = keeper.begin();
          try {
            const own = { ...this.#workshop, outputDir: folder, scratchDir: scratch };
            return await makeJob(job, own, browsers, making);
          } finally {
            end();
          }
        },
        onOutcome,
      );
    } finally {
      await Promise.all([browsers.close(), keeper.close()]);
    }
  }
}
