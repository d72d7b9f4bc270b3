import { PrintcatError, stopIfAborted } from '../errors.ts';
import { Thread } from '../thread.ts';
import type { Nesting } from './nest.ts';
import type { NestAnswer, NestQuestion } from './nest-thread.ts';

/**
 * `nest` in a thread of its own: it takes seconds, in which whoever waits for it can answer others or be stopped.
 * @throws PrintcatError as `nest`, and where it is stopped
 */
export async function nestAside(question: NestQuestion, signal: AbortSignal): Promise<Nesting> {
  stopIfAborted(signal);
  const thread = new Thread<NestQuestion, NestAnswer>('nest-thread');
  const stop = () => thread.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await thread.ask(question);
    if ('nesting' in answer) return answer.nesting;
    const { message, hint } = answer;
    throw new PrintcatError(message, hint === undefined ? {} : { hint });
  } catch (error) {
    stopIfAborted(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    thread.close();
  }
}
