import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { type TransferListItem, Worker } from 'node:worker_threads';
import { packagePath } from './paths.ts';

/** Cores beside the one that the main thread keeps busy. */
export const SPARE_CORES = Math.max(1, availableParallelism() - 1);

/**
 * A module of the program in a thread of its own, which answers every message with one. The program does not stay
 * for a thread that is not asked.
 */
export class Thread<Question, Answer> {
  readonly #worker: Worker;
  readonly #ended = new AbortController();
  #failure: Error | undefined;

  /**
   * @param module its name among the bundles in dist/bin (esbuild.config.mjs)
   * @param data what the module finds as `workerData`
   */
  constructor(module: string, data?: unknown) {
    this.#worker = new Worker(packagePath('dist', 'bin', `${module}.js`), { workerData: data });
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
    this.#worker.once('exit', () => {
      this.#failure ??= new Error(`The thread ${module} has ended`);
      this.#ended.abort();
    });
    this.#worker.unref();
  }

  /** Asks one question; the next may be asked when it is answered. */
  async ask(question: Question, transfer: readonly TransferListItem[] = []): Promise<Answer> {
    if (this.#failure) throw this.#failure;
    this.#worker.ref();
    try {
      this.#worker.postMessage(question, transfer);
      const [answer] = await once(this.#worker, 'message', { signal: this.#ended.signal });
      return answer;
    } catch (error) {
      throw this.#failure ?? error;
    } finally {
      this.#worker.unref();
    }
  }

  /** Whether it can be asked nothing more. */
  get lost(): boolean {
    return this.#failure !== undefined;
  }

  /** Ends it, in the middle of a question too, which then fails. */
  close(): void {
    this.#failure ??= new Error('The thread was ended');
    void this.#worker.terminate();
  }
}
