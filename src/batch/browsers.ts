import { readdir, readFile } from 'node:fs/promises';
import type { Browser } from 'puppeteer-core';

/** What a browser is kept within. */
export interface BrowserBounds {
  /** Orders that one browser lays out before the next takes its place. */
  readonly orders: number;
  /** Memory of a browser with its helpers, bytes. */
  readonly bytes: number;
}

const BOUNDS: BrowserBounds = { orders: 300, bytes: 1.5e9 };

/** How often its memory is looked at, in orders. */
const LOOK_EVERY = 10;

interface Kept {
  readonly browser: Promise<Browser>;
  orders: number;
  /** Orders that use it now. */
  users: number;
  retired: boolean;
  gone: boolean;
}

/** A browser lent for one order. */
export interface Lease {
  browser(): Promise<Browser>;
  /** Whether it died meanwhile, by no fault of the order. */
  readonly died: boolean;
  /** Gives it back. */
  end(): void;
}

/**
 * One browser for a run: it is replaced when it has done its part, has grown, or has died. One that is replaced ends
 * when its last order does.
 */
export class Browsers {
  readonly #open: () => Promise<Browser>;
  readonly #bounds: BrowserBounds;
  #now: Kept | undefined;
  readonly #closing = new Set<Promise<unknown>>();

  constructor(open: () => Promise<Browser>, bounds = BOUNDS) {
    this.#open = open;
    this.#bounds = bounds;
  }

  lend(): Lease {
    let kept: Kept | undefined;
    const take = (): Kept => {
      kept ??= this.#take();
      return kept;
    };
    return {
      browser: () => take().browser,
      get died() {
        return kept?.gone ?? false;
      },
      end: () => {
        if (!kept) return;
        kept.users--;
        if (kept.retired && kept.users === 0) this.#close(kept);
      },
    };
  }

  /** Ends all of them; returns when they are gone. */
  async close(): Promise<void> {
    if (this.#now) this.#close(this.#now);
    await Promise.all(this.#closing);
  }

  #take(): Kept {
    if (!this.#now || this.#now.gone || this.#now.retired) this.#now = this.#start();
    const kept = this.#now;
    kept.orders++;
    kept.users++;
    if (kept.orders >= this.#bounds.orders) kept.retired = true;
    else if (kept.orders % LOOK_EVERY === 0) void this.#weigh(kept);
    return kept;
  }

  #start(): Kept {
    const browser = this.#open();
    const kept: Kept = { browser, orders: 0, users: 0, retired: false, gone: false };
    browser.then(
      (running) => {
        const left = () => {
          kept.gone = true;
        };
        running.once('disconnected', left);
        if (!running.connected) left();
        // A page whose process died answers nothing more: its order must not wait for it.
        running.on('targetcreated', async (target) => {
          const page = await target.page().catch(() => null);
          page?.on('error', () => void page.close().catch(() => undefined));
        });
      },
      () => {
        kept.gone = true;
      },
    );
    return kept;
  }

  async #weigh(kept: Kept): Promise<void> {
    const pid = (await kept.browser.catch(() => null))?.process()?.pid;
    if (pid !== undefined && (await memoryOf(pid)) > this.#bounds.bytes) kept.retired = true;
  }

  #close(kept: Kept): void {
    const closed: Promise<unknown> = kept.browser
      .then((running) => running.close())
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }
}

/** What a process holds, bytes. */
interface Held {
  readonly parent: number;
  /** Its own memory. */
  readonly own: number;
  /** Files and shared memory that it sees, which others may see as well. */
  readonly shared: number;
}

/** Reads a process' `status` (proc(5): sizes in kB). */
function heldOf(status: string): Held {
  const field = (name: string): number =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return {
    parent: field('PPid'),
    own: field('RssAnon') * 1024,
    shared: (field('RssFile') + field('RssShmem')) * 1024,
  };
}

/**
 * Resident memory of a process with all below it, bytes; 0 where the system has no /proc. What they share (a browser's
 * program, of 200 MB, is seen by each of its processes) counts once, as much as the one that sees most of it has.
 */
export async function memoryOf(pid: number): Promise<number> {
  const processes = new Map<number, Held>();
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const id of ids) {
    processes.set(Number(id), heldOf(await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')));
  }
  const isBelow = (id: number): boolean => {
    if (id === pid) return true;
    const parent = processes.get(id)?.parent;
    return parent !== undefined && parent > 1 && isBelow(parent);
  };
  const family = [...processes].filter(([id]) => isBelow(id)).map(([, held]) => held);
  return family.reduce((sum, { own }) => sum + own, 0) + Math.max(0, ...family.map(({ shared }) => shared));
}
