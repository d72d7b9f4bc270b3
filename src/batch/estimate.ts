import { type Cost, type Costs, UNMEASURED } from './costs.ts';
import type { Job } from './job.ts';
import type { Plan } from './plan.ts';
import type { ToDo } from './run.ts';

/** What a run would make and take, by product. */
export interface EstimateRow {
  readonly product: string;
  readonly orders: number;
  /** Those that are made and unchanged. */
  readonly made: number;
  /** Mean of one order, from earlier runs; `null` where a usual one is taken. */
  readonly cost: Cost | null;
}

export interface Estimate {
  readonly rows: readonly EstimateRow[];
  readonly orders: number;
  readonly made: number;
  readonly toMake: number;
  /** They failed before, and nothing of them has changed. */
  readonly failedBefore: number;
  /** Different pictures of what is to be made, and how often they are used. */
  readonly pictures: number;
  readonly uses: number;
  /**
   * Orders whose picture has the same place as another order's: same product and options, same template; its pixels are
   * made once for all of them.
   */
  readonly shared: number;
  /** Time of the whole, ms. */
  readonly ms: number;
  /** What is written, without the cache. */
  readonly bytes: number;
  /** Products of which nothing was measured. */
  readonly unmeasured: readonly string[];
}

/**
 * What a plan would take, by what orders of the same products took before.
 * @param atOnce orders that are made at the same time
 */
export function estimate(
  { jobs, made }: Plan,
  { toMake, failedBefore }: ToDo,
  costs: Costs,
  atOnce: number,
): Estimate {
  const products = [...new Set(jobs.map(({ order }) => order.product))];
  const rows = products.map((product) => {
    const own = jobs.filter(({ order }) => order.product === product);
    const done = own.filter(({ key }) => made.has(key)).length;
    return { product, orders: own.length, made: done, cost: costs.of(product) };
  });
  const costOf = ({ order }: Job) => costs.of(order.product) ?? UNMEASURED;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const uses = toMake.flatMap(({ pictures }) => Object.values(pictures));
  const lanes = Math.min(atOnce, Math.max(1, toMake.length));
  return {
    rows,
    ...{ orders: jobs.length, made: made.size, toMake: toMake.length, failedBefore: failedBefore.length },
    ...{ pictures: new Set(uses).size, uses: uses.length },
    shared: toMake.length - new Set(toMake.map(artworkOf)).size,
    ms: Math.round(sum(toMake.map((job) => costOf(job).ms)) / lanes),
    bytes: sum(toMake.map((job) => costOf(job).bytes)),
    unmeasured: [...new Set(toMake.map(({ order }) => order.product))].filter(
      (product) => !costs.of(product),
    ),
  };
}

/** What decides which pixels an order's slots need: all but its words and the looks of its file. */
function artworkOf({ order, pictures, template }: Job): string {
  const { product, options, ppi, upscaler, bleedFill, focal } = order;
  return JSON.stringify([
    product,
    template,
    options,
    ppi,
    upscaler,
    bleedFill,
    focal,
    Object.values(pictures),
  ]);
}
