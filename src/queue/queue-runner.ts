import pLimit from 'p-limit';
import type { Job, Outcome, Runner } from '../batch/job.ts';
import { endsAll, type JobEnd } from '../batch/make-job.ts';
import { type ClaimedPlace, runClaimed } from '../batch/run-claimed.ts';
import { PrintcatError } from '../errors.ts';
import { asRefusal } from '../system-error.ts';
import type { Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { MissingObject, Objects } from './objects.ts';
import { OrdersQueue } from './orders-queue.ts';
import { announce, requireVersion, type Sign, whoIsThere } from './presence.ts';
import { receive } from './receive.ts';
import { connectRedis, type RedisLink } from './redis.ts';
import { Sender, type SenderShelves } from './send.ts';
import type { SentOrder } from './sent-order.ts';
import type { Store } from './store.ts';

/**
 * Orders of a run that are in the queue at the same time: enough for a hundred machines to be busy, and few enough to be
 * taken back when the run is stopped.
 */
const IN_THE_QUEUE = 500;
/** Orders whose files are on their way to the store at the same time, and as many from it. */
const MOVED_AT_ONCE = 4;
/** How often it is looked whether there are workers, ms. */
const LOOK_EVERY = 10_000;
/** How often an order is made anew whose files the store has lost. */
const ANEW = 2;

export interface QueueWish extends SenderShelves {
  /** The run's; jobs have folders below it. */
  readonly outputDir: string;
  /** Address of Redis; user and password in it are never shown. */
  readonly queue: string;
  readonly store: Store;
  readonly signal: AbortSignal;
  readonly terminal: Pick<Terminal, 'note'>;
}

/** Has jobs made by workers: puts them into a queue of Redis, waits, and delivers what comes back. */
export class QueueRunner implements Runner {
  readonly #wish: QueueWish;

  constructor(wish: QueueWish) {
    this.#wish = wish;
  }

  async run(jobs: readonly Job[], onOutcome: (outcome: Outcome) => boolean): Promise<void> {
    const { outputDir, store } = this.#wish;
    const link = await connectRedis(this.#wish.queue);
    let orders: OrdersQueue | undefined;
    let leave: (() => Promise<void>) | undefined;
    let looking: NodeJS.Timeout | undefined;
    try {
      looking = await this.#lookForWorkers(link);
      leave = await announce(link.client, 'run', { version: VERSION, browser: null });
      const queue = new OrdersQueue(link);
      orders = queue;
      const signal = AbortSignal.any([this.#wish.signal, link.lost]);
      signal.addEventListener('abort', () => {
        link.giveUp();
        queue.wakeAll();
      });
      const objects = new Objects(store);
      const tools = {
        queue,
        objects,
        sender: new Sender(this.#wish, objects),
        sending: pLimit(MOVED_AT_ONCE),
        receiving: pLimit(MOVED_AT_ONCE),
      };
      await runClaimed(
        jobs,
        { outputDir, atOnce: IN_THE_QUEUE, signal },
        (job, place) => haveMade(job, place, tools),
        (outcome) => {
          const goOn = onOutcome(outcome);
          if (!goOn) queue.wakeAll();
          return goOn;
        },
      );
    } catch (error) {
      throw link.lost.aborted ? link.lost.reason : error;
    } finally {
      clearInterval(looking);
      await leave?.();
      await orders?.close();
      await link.close();
    }
  }

  /** Says where there is nobody to make the orders. @throws PrintcatError where all who could are of another version */
  async #lookForWorkers({ client, place }: RedisLink): Promise<NodeJS.Timeout> {
    const { terminal, store } = this.#wish;
    let said = '';
    const say = (workers: readonly Sign[]) => {
      const own = workers.filter(({ version }) => version === VERSION);
      const browsers = [...new Set(own.map(({ browser }) => browser))].sort();
      const line =
        own.length === 0
          ? `No worker takes orders yet: printcat worker --queue ${place} --store ${store.place}`
          : browsers.length > 1
            ? `The workers have different browsers (${browsers.join(', ')}): what they make may differ in its bytes`
            : '';
      if (line !== '' && line !== said) terminal.note(line);
      said = line;
    };
    const workers = await whoIsThere(client, 'worker');
    requireVersion(VERSION, workers, 'workers');
    say(workers);
    return setInterval(() => void whoIsThere(client, 'worker').then(say, () => undefined), LOOK_EVERY);
  }
}

interface Tools {
  readonly queue: OrdersQueue;
  readonly objects: Objects;
  readonly sender: Sender;
  readonly sending: ReturnType<typeof pLimit>;
  readonly receiving: ReturnType<typeof pLimit>;
}

/**
 * Has a job made, and delivers it.
 * @returns `null` where the run ended before
 * @throws what ends the run: no store, a full disk
 */
async function haveMade(
  job: Job,
  place: ClaimedPlace,
  { queue, objects, sender, sending, receiving }: Tools,
): Promise<JobEnd | null> {
  for (let anew = 0; ; anew++) {
    let sent: SentOrder;
    try {
      sent = await sending(() => sender.send(job));
    } catch (thrown) {
      const error = asRefusal(thrown);
      // A picture or a template that is no longer what was planned fails its order alone.
      if (endsAll(error) || !(error instanceof PrintcatError)) throw error;
      return { state: 'failed', message: error.message, hint: error.hint, lasting: false };
    }
    const end = await queue.answerTo(job.key, sent, place.ended);
    if (!end) return null;
    try {
      const made = await receiving(() => receive(job, end, place, objects));
      await queue.forget(job.key);
      return made;
    } catch (error) {
      if (!(error instanceof MissingObject) || anew >= ANEW) throw error;
      sender.sendAgain();
      await queue.forget(job.key);
    }
  }
}
