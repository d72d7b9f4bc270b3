import { Costs } from './costs.ts';
import { Failures } from './failures.ts';
import type { Failed, Job, Outcome, Runner } from './job.ts';
import type { Plan } from './plan.ts';

/** What came of a run. */
export interface Summary {
  readonly made: number;
  /** Made and unchanged from before, or made by another run meanwhile. */
  readonly unchanged: number;
  readonly failed: readonly Failed[];
  /** Not begun, since a run may end with its first failure. */
  readonly left: number;
  readonly bytes: number;
  readonly ms: number;
  /** Warnings of all orders that were made, which their manifests hold. */
  readonly warnings: number;
  /** The names of the manifests of what was made, by key. */
  readonly manifests: ReadonlyMap<string, string>;
}

/** How far a run is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Orders a minute, lately. */
  readonly rate: number;
  /** Until the end, ms; `null` until something is known. */
  readonly left: number | null;
}

export interface RunWish {
  readonly outputDir: string;
  readonly cacheDir: string;
  readonly failFast: boolean;
  onProgress(progress: Progress): void;
  onFailure(failure: Failed): void;
}

/** Outcomes that the rate is taken from. */
const LATELY = 40;
/** Outcomes after which the costs are kept, in case of an end without notice. */
const KEEP_EVERY = 50;

/** The jobs of a plan that are to be made. */
export function jobsToMake({ jobs, made }: Plan, failures: Failures, onlyFailed: boolean): Job[] {
  return jobs.filter((job) => !made.has(job.key) && (!onlyFailed || failures.has(job)));
}

/**
 * Makes jobs and keeps account.
 * @param unchanged how many orders of the plan are made already
 */
export async function runJobs(
  jobs: readonly Job[],
  unchanged: number,
  runner: Runner,
  { outputDir, cacheDir, failFast, onProgress, onFailure }: RunWish,
): Promise<Summary> {
  const [costs, failures] = await Promise.all([Costs.read(cacheDir), Failures.read(outputDir)]);
  const failed: Failed[] = [];
  const sum = { made: 0, there: 0, bytes: 0, warnings: 0 };
  const manifests = new Map<string, string>();
  const begun = performance.now();
  const times = [begun];
  const notes: Promise<void>[] = [];
  const note = (work: Promise<void>) => {
    // What cannot be noted will be found out anew.
    notes.push(work.catch(() => undefined));
  };
  const onOutcome = (outcome: Outcome): boolean => {
    const { job } = outcome;
    if (outcome.state === 'failed') {
      failed.push(outcome);
      onFailure(outcome);
      note(failures.add(job, outcome.message));
    } else {
      note(failures.remove(job));
      manifests.set(job.key, outcome.manifest);
      if (outcome.state === 'there') sum.there++;
      else {
        sum.made++;
        sum.bytes += outcome.bytes;
        sum.warnings += outcome.warnings;
        costs.add(job.order.product, outcome.ms, outcome.bytes);
      }
    }
    const done = failed.length + sum.made + sum.there;
    if (done % KEEP_EVERY === 0) note(costs.save());
    times.push(performance.now());
    if (times.length > LATELY) times.shift();
    const each = (times.at(-1)! - times[0]!) / (times.length - 1);
    onProgress({
      ...{ done, total: jobs.length, failed: failed.length },
      ...{ rate: 60_000 / each, left: done < 3 ? null : each * (jobs.length - done) },
    });
    return !(failFast && outcome.state === 'failed');
  };
  try {
    if (jobs.length > 0) await runner.run(jobs, onOutcome);
  } finally {
    await Promise.all(notes);
    if (sum.made > 0) await costs.save().catch(() => undefined);
  }
  return {
    ...{ made: sum.made, unchanged: unchanged + sum.there, failed, bytes: sum.bytes, warnings: sum.warnings },
    manifests,
    left: jobs.length - failed.length - sum.made - sum.there,
    ms: performance.now() - begun,
  };
}
