import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { messageOf, PrintcatError, stopIfAborted } from '../errors.ts';
import { RunClaims } from './claims.ts';
import type { Job, Outcome } from './job.ts';
import { MadeOrders } from './made.ts';
import type { JobEnd } from './make-job.ts';

/** Between two looks at an order that another run is making, ms. */
const CLAIM_EVERY = 500;

export interface ClaimedRun {
  /** The run's folder; jobs have theirs below it. */
  readonly outputDir: string;
  /** Jobs that are begun before one of them ends. */
  readonly atOnce: number;
  readonly signal: AbortSignal;
}

/** Where a job that is claimed is to be made. */
export interface ClaimedPlace {
  /** For its files. */
  readonly folder: string;
  /** For files that are being written, on the same disk. */
  readonly scratch: string;
  /** Aborted when the run ends before its time; a job may then answer `null`. */
  readonly ended: AbortSignal;
}

/**
 * Makes jobs, several at a time, each claimed so that no other run into the folder makes it as well.
 * @param makeOne makes a job; what it throws ends the run
 * @param onOutcome as a `Runner` tells it
 */
export async function runClaimed(
  jobs: readonly Job[],
  { outputDir, atOnce, signal }: ClaimedRun,
  makeOne: (job: Job, place: ClaimedPlace) => Promise<JobEnd | null>,
  onOutcome: (outcome: Outcome) => boolean,
): Promise<void> {
  const claims = await claimsIn(outputDir);
  const enough = new AbortController();
  const ended = AbortSignal.any([signal, enough.signal]);
  let fatal: { readonly error: unknown } | undefined;
  const one = async (job: Job): Promise<Outcome | null> => {
    const folder = join(outputDir, job.folder);
    const path = `${job.folder}/${job.name}`;
    while (!(await claims.claim(path))) await wait(CLAIM_EVERY, undefined, { signal });
    try {
      // Another run may have made it since it was planned.
      const there = await new MadeOrders(folder).find(job.key, job.name, true);
      if (there) return { job, state: 'there', manifest: there };
      const end = await makeOne(job, { folder, scratch: claims.scratch, ended });
      return end && { job, ...end };
    } finally {
      await claims.free(path).catch(() => undefined);
    }
  };
  try {
    await pLimit(atOnce).map(jobs, async (job) => {
      if (ended.aborted) return;
      try {
        const outcome = await one(job);
        if (outcome && !enough.signal.aborted && !onOutcome(outcome)) enough.abort();
      } catch (error) {
        // What ends one order so ends all: stopped, the disk full.
        fatal ??= { error };
        enough.abort();
      }
    });
    stopIfAborted(signal);
    if (fatal) throw fatal.error;
  } finally {
    await claims.close();
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
