import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, PrintcatError } from '../errors.ts';
import { inkCounter } from './ink/count.ts';
import { inspect } from './inspect.ts';
import type { PreflightOptions } from './model.ts';
import type { Answer } from './preflight.ts';

const { file, options } = workerData as { file: Uint8Array; options: PreflightOptions };

const answer: Answer = await inspect(file, options, { countInk: inkCounter() }).then(
  (report) => ({ report }),
  (error: unknown) => ({
    message: messageOf(error),
    hint: error instanceof PrintcatError ? error.hint : undefined,
    mendable: error instanceof PrintcatError,
  }),
);
parentPort?.postMessage(answer);
