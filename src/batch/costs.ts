import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writeWhole } from '../files.ts';

/** What an order of a product took. */
const cost = z.object({
  /** How many orders it is the mean of; old ones fade. */
  orders: z.number().positive(),
  /** From its begin to its end, with others beside it, ms. */
  ms: z.number().nonnegative(),
  bytes: z.number().nonnegative(),
});
export type Cost = z.output<typeof cost>;

const table = z.record(z.string(), cost);

/** Where nothing was measured yet: a cover of a book, from a small original, on four cores. */
export const UNMEASURED: Cost = { orders: 1, ms: 4000, bytes: 8e6 };

/** Beyond it an order's say in the mean grows no smaller, so that the mean follows the machine. */
const MEMORY = 50;

/** What orders took in earlier runs on this machine, by product. */
export class Costs {
  readonly #path: string;
  readonly #table: Record<string, Cost>;

  private constructor(path: string, known: Record<string, Cost>) {
    this.#path = path;
    this.#table = known;
  }

  /** @param cacheDir the workspace's cache */
  static async read(cacheDir: string): Promise<Costs> {
    const path = join(cacheDir, 'costs.json');
    const known = await readFile(path, 'utf8')
      .then((text) => table.parse(JSON.parse(text)))
      .catch(() => ({}));
    return new Costs(path, known);
  }

  /** @returns what is known of a product; `null` where nothing was measured */
  of(product: string): Cost | null {
    return this.#table[product] ?? null;
  }

  add(product: string, ms: number, bytes: number): void {
    const known = this.#table[product] ?? { orders: 0, ms: 0, bytes: 0 };
    const orders = Math.min(known.orders + 1, MEMORY);
    const mean = (old: number, value: number) => Math.round(old + (value - old) / orders);
    this.#table[product] = { orders, ms: mean(known.ms, ms), bytes: mean(known.bytes, bytes) };
  }

  async save(): Promise<void> {
    await writeWhole(this.#path, (temporary) =>
      writeFile(temporary, `${JSON.stringify(this.#table, null, 2)}\n`),
    );
  }
}
