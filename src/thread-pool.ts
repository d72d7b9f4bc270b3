import pLimit, { type LimitFunction } from 'p-limit';

/** What can be ended. */
interface Closable {
  close(): void;
  /** Whether it can do nothing more. */
  readonly lost: boolean;
}

/**
 * Threads (or groups of them) that load much before they can be asked: whoever is done leaves them to the next. As many
 * work at a time as the pool allows, the others wait; of those that nobody needs, as many stay.
 */
export class ThreadPool<T extends Closable> {
  readonly #limit: LimitFunction;
  readonly #most: number;
  /** What waits for work, the longest first; only what was started with the same key can be taken. */
  readonly #idle: { readonly key: string; readonly thread: T }[] = [];

  /** @param most how many work at the same time */
  constructor(most: number) {
    this.#most = most;
    this.#limit = pLimit(most);
  }

  /** Starts one ahead of its work, where none is there that could do it. */
  warm(key: string, start: () => T): void {
    if (this.#limit.activeCount > 0 || this.#idle.some((idle) => idle.key === key && !idle.thread.lost))
      return;
    this.#keep(key, start());
  }

  /**
   * Lends one as soon as one may work; one whose work failed is ended.
   * @param key what it was started with
   */
  lend<R>(key: string, start: () => T, use: (thread: T) => Promise<R>): Promise<R> {
    return this.#limit(async () => {
      const at = this.#idle.findIndex((idle) => idle.key === key && !idle.thread.lost);
      const thread = at === -1 ? start() : this.#idle.splice(at, 1)[0]!.thread;
      try {
        const result = await use(thread);
        this.#keep(key, thread);
        return result;
      } catch (error) {
        thread.close();
        throw error;
      }
    });
  }

  #keep(key: string, thread: T): void {
    if (thread.lost) return;
    this.#idle.push({ key, thread });
    if (this.#idle.length > this.#most) this.#idle.shift()!.thread.close();
  }
}
