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

/** Starts a thread that reads files; it loads its libraries before it is asked. */
function startReader({ megabytes }: Limits = LIMITS): Worker {
  const worker = new Worker(packagePath('dist', 'bin', 'preflight-worker.js'), {
    // What libraries have to say about a broken file is not for the user's screen.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: 4 },
  });
  // One that fails while nobody asks it is found to have stopped by the next who does.
  worker.on('error', () => undefined);
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
): Promise<Report> {
  const reader = startReader(limits);
  try {
    return (await read(reader, file, options, limits, true)).report;
  } finally {
    await reader.terminate();
  }
}

/** A reader for files of our own, one after the other; it loads its libraries before it is asked. */
export class Reader {
  readonly #worker = startReader();
  #lost = false;

  constructor() {
    this.#worker.once('exit', () => {
      this.#lost = true;
    });
  }

  /** Whether it can judge no further file. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Judges a file. Memory is not looked at: it is the whole program's, which does other work meanwhile. */
  async read(file: Uint8Array, options: PreflightOptions): Promise<Report> {
    const { report, sound } = await read(this.#worker, file, options, LIMITS, false);
    if (!sound) this.close();
    return report;
  }

  close(): void {
    this.#lost = true;
    void this.#worker.terminate();
  }
}

/** @param alone whether what the program's memory grows by is the file's doing */
async function read(
  worker: Worker,
  file: Uint8Array,
  options: PreflightOptions,
  limits: Limits,
  alone: boolean,
): Promise<{ report: Report; sound: boolean }> {
  worker.ref();
  const before = process.memoryUsage.rss();
  const outOfMemory = `The file could not be read with ${limits.megabytes} MB of memory`;
  const timers: NodeJS.Timeout[] = [];
  const listeners: [event: string, listener: (value: unknown) => void][] = [];
  try {
    return await new Promise((resolve, reject) => {
      const giveUp = (why: string) => resolve({ report: unreadable(file, options, why), sound: false });
      const late = () => giveUp(`The file could not be read within ${limits.seconds} s`);
      timers.push(setTimeout(late, limits.seconds * 1000));
      const look = () => {
        if (process.memoryUsage.rss() - before > limits.megabytes * 1e6) giveUp(outOfMemory);
      };
      if (alone) timers.push(setInterval(look, LOOK_MS));
      listeners.push(
        [
          'message',
          (value) => {
            const answer = value as Answer;
            if ('report' in answer) resolve({ report: answer.report, sound: true });
            else if (answer.mendable) {
              reject(new PrintcatError(answer.message, answer.hint ? { hint: answer.hint } : {}));
            } else giveUp(`The file cannot be read: ${answer.message}`);
          },
        ],
        [
          'error',
          (error) => {
            const memory =
              error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
            giveUp(memory ? outOfMemory : `The file cannot be read: ${messageOf(error)}`);
          },
        ],
        ['exit', () => giveUp('The file cannot be read: its reader stopped')],
      );
      for (const [event, listener] of listeners) worker.on(event, listener);
      worker.postMessage({ file, options } satisfies Question);
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const [event, listener] of listeners) worker.off(event, listener);
    worker.unref();
  }
}
