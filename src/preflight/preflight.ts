import { Worker } from 'node:worker_threads';
import { messageOf, PrintcatError } from '../errors.ts';
import { packagePath } from '../paths.ts';
import { unreadable } from './inspect.ts';
import type { PreflightOptions, Report } from './model.ts';

/** How much a file may take. */
export interface Limits {
  readonly seconds: number;
  /** Memory over what the program had before, MB. */
  readonly megabytes: number;
}

const LIMITS: Limits = { seconds: 120, megabytes: 900 };
/** How often memory is looked at: resourceLimits do not count buffers, which is where bombs go off. */
const LOOK_MS = 25;

/** What the worker is asked. */
export interface Question {
  readonly file: Uint8Array;
  readonly options: PreflightOptions;
}

/** What the worker answers. */
export type Answer =
  | { readonly report: Report }
  | { readonly message: string; readonly hint: string | undefined; readonly mendable: boolean };

/** Starts a thread that reads one file; it loads its libraries before it is asked. */
export function startReader({ megabytes }: Limits = LIMITS): Worker {
  const worker = new Worker(packagePath('dist', 'bin', 'preflight-worker.js'), {
    // What libraries have to say about a broken file is not for the user's screen.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: 4 },
  });
  worker.unref();
  return worker;
}

/**
 * Judges a PDF in a thread of its own, so that whatever the file does to its reader ends here: a file that takes
 * too long or too much memory gets a report with one error.
 * @throws PrintcatError for what is no PDF
 */
export async function preflight(
  file: Uint8Array,
  options: PreflightOptions,
  limits: Limits = LIMITS,
  worker = startReader(limits),
): Promise<Report> {
  worker.ref();
  const before = process.memoryUsage.rss();
  const outOfMemory = `The file could not be read with ${limits.megabytes} MB of memory`;
  const timers: NodeJS.Timeout[] = [];
  try {
    return await new Promise<Report>((resolve, reject) => {
      const giveUp = (why: string) => resolve(unreadable(file, options, why));
      const late = () => giveUp(`The file could not be read within ${limits.seconds} s`);
      timers.push(setTimeout(late, limits.seconds * 1000));
      const look = () => {
        if (process.memoryUsage.rss() - before > limits.megabytes * 1e6) giveUp(outOfMemory);
      };
      timers.push(setInterval(look, LOOK_MS));
      worker.once('message', (answer: Answer) => {
        if ('report' in answer) resolve(answer.report);
        else if (answer.mendable) {
          reject(new PrintcatError(answer.message, answer.hint ? { hint: answer.hint } : {}));
        } else giveUp(`The file cannot be read: ${answer.message}`);
      });
      worker.once('error', (error) => {
        const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        giveUp(memory ? outOfMemory : `The file cannot be read: ${messageOf(error)}`);
      });
      worker.once('exit', () => giveUp('The file cannot be read: its reader stopped'));
      worker.postMessage({ file, options } satisfies Question);
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    await worker.terminate();
  }
}
