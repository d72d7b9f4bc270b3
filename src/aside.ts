import { parentPort } from 'node:worker_threads';
import { PrintcatError, stopIfAborted } from './errors.ts';
import type { Thread } from './thread.ts';

/** What a thread answers: what it made, or what the user can mend; whatever else is thrown ends it. */
export type Outcome<Made> = { readonly made: Made } | { readonly refused: Refusal };

/** A `PrintcatError` on its way between threads, where only plain values pass. */
type Refusal = Pick<PrintcatError, 'message' | 'hint' | 'exitCode'>;

/** Does a thread's work: answers every question with what becomes of it. */
export function answerAside<Question, Made>(work: (question: Question) => Made | Promise<Made>): void {
  parentPort?.on('message', async (question: Question) => {
    parentPort?.postMessage(await outcomeOf(() => work(question)));
  });
}

async function outcomeOf<Made>(work: () => Made | Promise<Made>): Promise<Outcome<Made>> {
  try {
    return { made: await work() };
  } catch (error) {
    if (!(error instanceof PrintcatError)) throw error;
    const { message, hint, exitCode } = error;
    return { refused: { message, hint, exitCode } };
  }
}

/**
 * Asks a thread for work that takes seconds, in which whoever waits for it can answer others or be stopped.
 * @param signal ends the thread in the middle of its work
 * @throws PrintcatError as the work, and where it is stopped
 */
export async function askAside<Question, Made>(
  thread: Thread<Question, Outcome<Made>>,
  question: Question,
  signal: AbortSignal,
): Promise<Made> {
  stopIfAborted(signal);
  const stop = () => thread.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await thread.ask(question);
    if ('made' in answer) return answer.made;
    const { message, hint, exitCode } = answer.refused;
    throw new PrintcatError(message, { ...(hint !== undefined && { hint }), exitCode });
  } catch (error) {
    stopIfAborted(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
