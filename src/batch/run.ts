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
  /** Of them, not tried: they failed before, and nothing of them has changed. */
  readonly failedBefore: number;
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

/** What a run has to do with the jobs of a plan that are not made. */
export interface ToDo {
  readonly toMake: readonly Job[];
  /** Those that failed before and are unchanged: they would fail again. */
  readonly failedBefore: readonly Failed[];
}

/** Outcomes that the rate is taken from. */
const LATELY = 40;
/** Outcomes after which the costs are kept, in case of an end without notice. */
const KEEP_EVERY = 50;

/**
 * The jobs of a plan that are to be made, and those that would fail as they did.
 * @param onlyFailed nothing but what failed, and all of it
 */
export function jobsToDo({ jobs, made }: Plan, failures: Failures, onlyFailed: boolean): ToDo {
  const left = jobs.filter((job) => !made.has(job.key));
  if (onlyFailed) return { toMake: left.filter((job) => failures.has(job)), failedBefore: [] };
  const [toMake, failedBefore]: [Job[], Failed[]] = [[], []];
  for (const job of left) {
    const failure = failures.known(job);
    if (failure) failedBefore.push({ job, state: 'failed', ...failure });
    else toMake.push(job);
  }
  return { toMake, failedBefore };
}

/**
 * Makes jobs and keeps account.
 * @param unchanged how many orders of the plan are made already
 * @param runnerFor opens what makes them; not asked where there is nothing to make
 */
export async function runJobs(
  { toMake: jobs, failedBefore }: ToDo,
  unchanged: number,
  runnerFor: () => Promise<Runner>,
  { outputDir, cacheDir, failFast, onProgress, onFailure }: RunWish,
): Promise<Summary> {
  const [costs, failures] = await Promise.all([Costs.read(cacheDir), Failures.read(outputDir)]);
  const failed: Failed[] = [...failedBefore];
  const sum = { made: 0, there: 0, bytes: 0, warnings: 0 };
  const manifests = new Map<string, string>();
  const begun = performance.now();
  const times = [begun];
  const notes: Promise<void>[] = [];
  const note = (work: Promise<void>) => {
    // What cannot be noted will be found out anew.
    notes.push(work.catch(() => undefined));
  };
  const doneOf = () => failed.length - failedBefore.length + sum.made + sum.there;
  const onOutcome = (outcome: Outcome): boolean => {
    const { job } = outcome;
    if (outcome.state === 'failed') {
      failed.push(outcome);
      onFailure(outcome);
      note(failures.add(job, outcome));
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
    const done = doneOf();
    if (done % KEEP_EVERY === 0) note(costs.save());
    times.push(performance.now());
    if (times.length > LATELY) times.shift();
    const each = (times.at(-1)! - times[0]!) / (times.length - 1);
    onProgress({
      ...{ done, total: jobs.length, failed: failed.length - failedBefore.length },
      ...{ rate: 60_000 / each, left: done < 3 ? null : each * (jobs.length - done) },
    });
    return !(failFast && outcome.state === 'failed');
  };
  failedBefore.forEach(onFailure);
  const begins = jobs.length > 0 && !(failFast && failedBefore.length > 0);
  try {
    if (begins) await (await runnerFor()).run(jobs, onOutcome);
  } finally {
    await Promise.all(notes);
    if (sum.made > 0) await costs.save().catch(() => undefined);
  }
  return {
    ...{ made: sum.made, unchanged: unchanged + sum.there, failed, bytes: sum.bytes, warnings: sum.warnings },
    manifests,
    ...{ failedBefore: failedBefore.length, left: jobs.length - doneOf() },
    ms: performance.now() - begun,
  };
}
