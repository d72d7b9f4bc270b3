import { askAside, type Outcome } from '../aside.ts';
import { stopIfAborted } from '../errors.ts';
import { Thread } from '../thread.ts';
import type { Nesting } from './nest.ts';
import type { NestQuestion } from './nest-thread.ts';

/**
 * `nest` in a thread of its own.
 * @throws PrintcatError as `nest`, and where it is stopped
 */
export async function nestAside(question: NestQuestion, signal: AbortSignal): Promise<Nesting> {
  stopIfAborted(signal);
  const thread = new Thread<NestQuestion, Outcome<Nesting>>('nest-thread');
  try {
    return await askAside(thread, question, signal);
  } finally {
    thread.close();
  }
}
