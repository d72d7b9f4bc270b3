import { parentPort } from 'node:worker_threads';
import { messageOf, PrintcatError } from '../errors.ts';
import { pdfium } from '../pdfium.ts';
import { inkCounter } from './ink/count.ts';
import { inspect } from './inspect.ts';
import type { Answer, Question } from './preflight.ts';

// Its libraries are loaded by now: the file may come later than the thread.
await pdfium();
parentPort?.on('message', async ({ file, options }: Question) => {
  const answer: Answer = await inspect(file, options, { countInk: inkCounter() }).then(
    (report) => ({ report }),
    (error: unknown) => ({
      message: messageOf(error),
      hint: error instanceof PrintcatError ? error.hint : undefined,
      mendable: error instanceof PrintcatError,
    }),
  );
  parentPort?.postMessage(answer);
});
