import { type Job, Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { FORGOTTEN_AFTER, PREFIX, QUEUE } from './names.ts';
import { endOf, hangUp, type RedisLink } from './redis.ts';
import { type Answer, answer, type SentOrder } from './sent-order.ts';

/** What closing may take, ms. */
const CLOSING_TIME = 2_000;
/** Events get lost while a connection is; so each order is looked at besides, ms. */
const LOOK_EVERY = 3_000;

type Queued = Job<SentOrder, unknown, string>;

/** What became of an order in the queue; `dead` where it killed every worker that took it. */
export type QueueEnd = Answer | { readonly state: 'dead' };

/** Orders in Redis, as the one who sends them sees them: each under the key of its files. */
export class OrdersQueue {
  readonly #queue: Queue<SentOrder, unknown, string>;
  readonly #events: QueueEvents;
  readonly #eventsClient: Redis;
  /** Those who wait for a word of an order. */
  readonly #waiting = new Map<string, () => void>();

  constructor({ client }: RedisLink) {
    this.#queue = new Queue(QUEUE, { connection: client, prefix: PREFIX });
    this.#eventsClient = client.duplicate();
    this.#events = new QueueEvents(QUEUE, { connection: this.#eventsClient, prefix: PREFIX });
    const told = ({ jobId }: { jobId: string }) => this.#waiting.get(jobId)?.();
    this.#events.on('completed', told).on('failed', told);
    // What they say of a connection that is gone, the link says.
    this.#queue.on('error', () => undefined);
    this.#events.on('error', () => undefined);
    this.#eventsClient.on('error', () => undefined);
  }

  /**
   * Has an order made. One that is there already is not added again, one that was made meanwhile is answered at once,
   * one that failed before is tried again, and one that Redis has lost is put in anew.
   * @param key of its files
   * @param order as the queue holds it
   * @returns `null` where it was taken back because the run ended
   */
  async answerTo(key: string, order: SentOrder, ended: AbortSignal): Promise<QueueEnd | null> {
    const before = await this.#queue.getJob(key);
    if (before && readEnd(before) !== null && readEnd(before)?.state !== 'made') await this.forget(key);
    for (;;) {
      if (ended.aborted) {
        await this.#takeBack(key);
        return null;
      }
      const job = await this.#queue.getJob(key);
      const end = job && readEnd(job);
      if (end) return end;
      if (!job) await this.#add(key, order);
      await this.#word(key);
    }
  }

  /** Takes out an order that is answered. */
  async forget(key: string): Promise<void> {
    await this.#queue.remove(key);
  }

  /** All who wait look whether they shall go on. */
  wakeAll(): void {
    for (const wake of [...this.#waiting.values()]) wake();
  }

  async close(): Promise<void> {
    await endOf(Promise.all([this.#events.close(), this.#queue.close()]), CLOSING_TIME);
    hangUp(this.#eventsClient);
  }

  async #add(key: string, order: SentOrder): Promise<void> {
    const age = { age: FORGOTTEN_AFTER };
    await this.#queue.add('order', order, { jobId: key, removeOnComplete: age, removeOnFail: age });
  }

  /** Takes out an order that nobody has begun; what is begun will be found made by the next run. */
  async #takeBack(key: string): Promise<void> {
    const state = await this.#queue.getJobState(key).catch(() => 'unknown');
    if (state === 'waiting') await this.forget(key).catch(() => undefined);
  }

  #word(key: string): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(key);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_EVERY);
      this.#waiting.set(key, wake);
    });
  }
}

const UNREADABLE: Answer = {
  ...{ state: 'failed', lasting: false, reports: [], folder: null },
  message: 'Expected the answer of a worker in the queue but received something else',
};

function readEnd({ finishedOn, failedReason, returnvalue }: Queued): QueueEnd | null {
  if (finishedOn === undefined) return null;
  return failedReason ? { state: 'dead' } : (answer.safeParse(returnvalue).data ?? UNREADABLE);
}
