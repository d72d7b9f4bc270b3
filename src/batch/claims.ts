import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { hashOf } from '../files.ts';

/** How often a run says that it is there, and after how long without a word it is taken for dead, ms. */
const SIGN_EVERY = 5_000;
const DEAD_AFTER = 60_000;

interface Sign {
  readonly host: string;
  readonly pid: number;
}

/**
 * A run at work in an output folder, which others may share: it claims each order before it makes it. What a run that
 * was killed left behind is taken away by the next.
 *
 * `.printcat/runs/ID/alive` is touched every few seconds; `.printcat/runs/ID/` holds files that are being written;
 * `.printcat/claims/` holds a file for each order that is being made, with the ID of its run.
 */
export class RunClaims {
  readonly #base: string;
  readonly #id: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(base: string, id: string) {
    this.#base = base;
    this.#id = id;
    this.#timer = setInterval(() => {
      const now = new Date();
      utimes(join(this.scratch, 'alive'), now, now).catch(() => undefined);
    }, SIGN_EVERY);
    this.#timer.unref();
  }

  /** @param outputDir the folder of all files of the run */
  static async open(outputDir: string): Promise<RunClaims> {
    const base = join(outputDir, '.printcat');
    await mkdir(join(base, 'claims'), { recursive: true });
    const id = randomUUID();
    await mkdir(join(base, 'runs', id), { recursive: true });
    const sign: Sign = { host: hostname(), pid: process.pid };
    await writeFile(join(base, 'runs', id, 'alive'), JSON.stringify(sign));
    const claims = new RunClaims(base, id);
    await claims.#sweep();
    return claims;
  }

  /** Where this run's files are written before they take their places. */
  get scratch(): string {
    return join(this.#base, 'runs', this.#id);
  }

  /**
   * Claims an order's files.
   * @returns whether nobody else has them; then `free` must follow
   */
  async claim(path: string): Promise<boolean> {
    const place = this.#place(path);
    const own = join(this.scratch, `${randomUUID()}.claim`);
    await writeFile(own, this.#id);
    try {
      for (let attempt = 0; attempt < 2; attempt++) {
        try {
          // Unlike a rename, a link never takes the place of what is there.
          await link(own, place);
          return true;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const holder = await readFile(place, 'utf8').catch(() => '');
        if (holder !== '' && (await this.#isAlive(holder))) return false;
        await this.#takeAway(place, holder);
      }
      return false;
    } finally {
      await rm(own, { force: true });
    }
  }

  async free(path: string): Promise<void> {
    await rm(this.#place(path), { force: true });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await rm(this.scratch, { recursive: true, force: true });
  }

  #place(path: string): string {
    return join(this.#base, 'claims', hashOf(path).slice(0, 32));
  }

  /** Removes a dead run's claim, unless somebody else has done so and claimed it meanwhile. */
  async #takeAway(place: string, holder: string): Promise<void> {
    const aside = join(this.scratch, `${randomUUID()}.dead`);
    await rename(place, aside).catch(() => undefined);
    const taken = await readFile(aside, 'utf8').catch(() => holder);
    if (taken !== holder) await link(aside, place).catch(() => undefined);
    await rm(aside, { force: true });
  }

  async #isAlive(id: string): Promise<boolean> {
    if (id === this.#id) return true;
    const path = join(this.#base, 'runs', id, 'alive');
    try {
      const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
      const { host, pid } = JSON.parse(text) as Sign;
      if (host === hostname() && !isRunning(pid)) return false;
      return Date.now() - mtimeMs < DEAD_AFTER;
    } catch {
      return false;
    }
  }

  /** Takes away what dead runs left. */
  async #sweep(): Promise<void> {
    for (const id of await readdir(join(this.#base, 'runs'))) {
      if (await this.#isAlive(id)) continue;
      await rm(join(this.#base, 'runs', id), { recursive: true, force: true });
    }
    for (const name of await readdir(join(this.#base, 'claims'))) {
      const place = join(this.#base, 'claims', name);
      const holder = await readFile(place, 'utf8').catch(() => '');
      if (!(await this.#isAlive(holder))) await this.#takeAway(place, holder);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
