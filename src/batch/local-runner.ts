import { availableParallelism, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Context } from '../commands/command.ts';
import { ExitCode, messageOf, PrintcatError, stopIfAborted } from '../errors.ts';
import type { Workshop } from '../make/workshop.ts';
import { make } from '../make.ts';
import { asRefusal } from '../system-error.ts';
import { Browsers } from './browsers.ts';
import { RunClaims } from './claims.ts';
import type { Job, Outcome, Runner } from './job.ts';
import { MadeOrders } from './made.ts';

/** What an order may take of memory while it is made, with its page in the browser, bytes. */
const BYTES_AN_ORDER = 700e6;

/** How often an order is begun again whose browser died. */
const RETRIES = 2;

/** Between two looks at an order that another run is making, ms. */
const CLAIM_EVERY = 500;

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
  /** How an order is made, by default as `printcat make` does. */
  readonly making?: typeof make;
}

/** Makes jobs in this process, several at a time, with one browser. */
export class LocalRunner implements Runner {
  readonly #workshop: Omit<Workshop, 'browser' | 'onStage'>;
  readonly #context: Pick<Context, 'env' | 'terminal' | 'signal'>;
  readonly #options: LocalOptions;

  /** @param workshop its `outputDir` is the run's; jobs have folders below it */
  constructor(
    workshop: Omit<Workshop, 'browser' | 'onStage'>,
    context: Pick<Context, 'env' | 'terminal' | 'signal'>,
    options: LocalOptions = {},
  ) {
    this.#workshop = workshop;
    this.#context = context;
    this.#options = options;
  }

  async run(jobs: readonly Job[], onOutcome: (outcome: Outcome) => boolean): Promise<void> {
    const { outputDir, signal } = this.#workshop;
    const { openBrowser } = await import('../browser/open.ts');
    const claims = await claimsIn(outputDir);
    const browsers = new Browsers(() => openBrowser({ ...this.#context, signal }));
    const limit = pLimit(this.#options.atOnce ?? ordersAtOnce());
    const ended: { fatal?: unknown; enough: boolean } = { enough: false };
    const work = async (job: Job): Promise<void> => {
      if (ended.enough || signal.aborted) return;
      try {
        const outcome = await this.#one(job, claims, browsers);
        if (!ended.enough && !onOutcome(outcome)) ended.enough = true;
      } catch (error) {
        // What ends one order so ends all: stopped, the disk full.
        ended.fatal ??= error;
        ended.enough = true;
      }
    };
    try {
      await limit.map(jobs, work);
      stopIfAborted(signal);
      if (ended.fatal !== undefined) throw ended.fatal;
    } finally {
      await Promise.all([browsers.close(), claims.close()]);
    }
  }

  async #one(job: Job, claims: RunClaims, browsers: Browsers): Promise<Outcome> {
    const { outputDir, signal } = this.#workshop;
    const folder = join(outputDir, job.folder);
    const path = `${job.folder}/${job.name}`;
    while (!(await claims.claim(path))) await wait(CLAIM_EVERY, undefined, { signal });
    try {
      // Another run may have made it since it was planned.
      const there = await new MadeOrders(folder).find(job.key, job.name, true);
      if (there) return { job, state: 'there', manifest: there };
      return await this.#make(job, folder, claims, browsers);
    } finally {
      await claims.free(path).catch(() => undefined);
    }
  }

  async #make(job: Job, folder: string, claims: RunClaims, browsers: Browsers): Promise<Outcome> {
    const { making = make } = this.#options;
    const { signal } = this.#workshop;
    for (let attempt = 0; ; attempt++) {
      const lease = browsers.lend();
      const begun = performance.now();
      const workshop: Workshop = {
        ...this.#workshop,
        ...{ outputDir: folder, scratchDir: claims.scratch, onStage: () => undefined },
        browser: () => lease.browser(),
      };
      try {
        const { manifest, files } = await making(job.order, workshop, job.look);
        const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        const warnings = manifest.notes.filter(({ level }) => level === 'warning').length;
        const written = basename(files.find(({ role }) => role === 'manifest')!.path);
        return { job, state: 'made', manifest: written, ms: performance.now() - begun, bytes, warnings };
      } catch (thrown) {
        const error = asRefusal(thrown);
        stopIfAborted(signal);
        if (endsAll(error)) throw error;
        const died = !(error instanceof PrintcatError) && (lease.died || isOfBrowser(error));
        if (died && attempt < RETRIES) continue;
        return { job, state: 'failed', ...reasonOf(error, died) };
      } finally {
        lease.end();
      }
    }
  }
}

async function claimsIn(outputDir: string): Promise<RunClaims> {
  try {
    return await RunClaims.open(outputDir);
  } catch (error) {
    throw new PrintcatError(
      `Expected a folder that can be written to for --out but received ${outputDir} (${messageOf(error)})`,
      { hint: 'Name another folder with --out.' },
    );
  }
}

/** A mistake of ours fails its order, not the run. */
function reasonOf(error: unknown, died: boolean): { message: string; hint?: string | undefined } {
  if (error instanceof PrintcatError) return { message: error.message, hint: error.hint };
  if (died) return { message: `The browser died ${RETRIES + 1} times while it was made` };
  const message = messageOf(error).split('\n')[0]!;
  return { message, hint: 'This is a mistake in printcat. Please report it with the order.' };
}

/** What puppeteer throws when a browser or a page of it is gone, or no longer answers. */
const BROWSER_ERRORS = ['TargetCloseError', 'ConnectionClosedError', 'ProtocolError', 'TimeoutError'];
const isOfBrowser = (error: unknown): boolean =>
  error instanceof Error &&
  (BROWSER_ERRORS.includes(error.constructor.name) ||
    BROWSER_ERRORS.includes(error.name) ||
    /detached Frame|frame (?:was|got) detached|session closed|target closed/i.test(error.message));

const FULL = /ENOSPC|EDQUOT|no space left on (the )?device|disk quota/i;

/** Whether it would be no different for the next order: the disk is full, or a tool is missing. */
function endsAll(error: unknown): boolean {
  if (error instanceof PrintcatError && error.exitCode === ExitCode.missingTool) return true;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (FULL.test(`${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}`)) return true;
  }
  return false;
}
