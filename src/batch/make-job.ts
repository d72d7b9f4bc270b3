import { basename } from 'node:path';
import { ExitCode, messageOf, PrintcatError, stopIfAborted } from '../errors.ts';
import type { Workshop } from '../make/workshop.ts';
import { make } from '../make.ts';
import { asRefusal } from '../system-error.ts';
import type { Browsers } from './browsers.ts';
import type { Failure, Job, Outcome } from './job.ts';

/** How often an order is begun again whose browser died. */
const RETRIES = 4;

/** What an order of a run is made in; its `outputDir` is the folder of the order's own files. */
export type JobWorkshop = Omit<Workshop, 'browser' | 'onStage'>;

/** What became of an order, whoever's it is. */
export type JobEnd = DistributiveOmit<Exclude<Outcome, { readonly state: 'there' }>, 'job'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * Makes one order of a run; it is begun again where its browser died.
 * @param making how an order is made
 * @throws what would end every other order as well: stopped, the disk full, a tool missing
 */
export async function makeJob(
  { order, look }: Pick<Job, 'order' | 'look'>,
  workshop: JobWorkshop,
  browsers: Browsers,
  making: typeof make = make,
): Promise<JobEnd> {
  for (let attempt = 0; ; attempt++) {
    const lease = browsers.lend();
    const begun = performance.now();
    try {
      const own = { ...workshop, onStage: () => undefined, browser: () => lease.browser() };
      const { manifest, files } = await making(order, own, look);
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      const warnings = manifest.notes.filter(({ level }) => level === 'warning').length;
      const written = basename(files.find(({ role }) => role === 'manifest')!.path);
      return { state: 'made', manifest: written, ms: performance.now() - begun, bytes, warnings };
    } catch (thrown) {
      const error = asRefusal(thrown);
      stopIfAborted(workshop.signal);
      if (endsAll(error)) throw error;
      const died = !(error instanceof PrintcatError) && (lease.died || isOfBrowser(error));
      if (died && attempt < RETRIES) continue;
      return { state: 'failed', ...reasonOf(error, died) };
    } finally {
      lease.end();
    }
  }
}

/** A mistake of ours fails its order, not the run. */
export function reasonOf(error: unknown, died: boolean): Failure {
  if (error instanceof PrintcatError) {
    // What has a cause may come of the machine: a file that was away, a network that was down.
    return { message: error.message, hint: error.hint, lasting: error.cause === undefined };
  }
  if (died) return { message: `The browser died ${RETRIES + 1} times while it was made`, lasting: false };
  const message = messageOf(error).split('\n')[0]!;
  const hint = 'This is a mistake in printcat. Please report it with the order.';
  return { message, hint, lasting: false };
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
export function endsAll(error: unknown): boolean {
  if (error instanceof PrintcatError && error.exitCode === ExitCode.missingTool) return true;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (FULL.test(`${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}`)) return true;
  }
  return false;
}
