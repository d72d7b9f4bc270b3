import { askAside, type Outcome } from '../aside.ts';
import { SPARE_CORES, Thread } from '../thread.ts';
import { ThreadPool } from '../thread-pool.ts';
import type { CutOutQuestion } from './cut-out-thread.ts';
import type { Outline } from './outline.ts';

/** An outline with its cut-out as PNG in sRGB. */
type CutOut = Omit<Outline, 'picture'> & { readonly png: Uint8Array };

/** They stay for the next picture: a sheet has many, and each is cut at more than one size. */
const cutters = new ThreadPool<Thread<CutOutQuestion, Outcome<CutOut>>>(SPARE_CORES);
const ANY = '';

/**
 * `cutOut` in a thread.
 * @throws PrintcatError as `cutOut`, and where it is stopped
 */
export function cutOutAside(question: CutOutQuestion, signal: AbortSignal): Promise<CutOut> {
  return cutters.lend(
    ANY,
    () => new Thread('cut-out-thread'),
    (thread) => askAside(thread, question, signal),
  );
}
