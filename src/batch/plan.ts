import { join } from 'node:path';
import { type Catalogue, openCatalogue } from '../catalogue/catalogue.ts';
import { readConfig, workspacePaths } from '../catalogue/workspace.ts';
import { PrintcatError, stopIfAborted } from '../errors.ts';
import type { Template } from '../layout/template.ts';
import { chooseTemplate } from '../order/choose-template.ts';
import { fileStem } from '../order/naming.ts';
import type { Order } from '../order/order.ts';
import { OrderKeys } from '../order/order-key.ts';
import { type NamedOrder, nameOrder, nameParts, shapeOrder } from '../order/resolve-order.ts';
import { standardFor } from '../press/standards.ts';
import type { ProofLook } from '../preview/proof.ts';
import { asRefusal } from '../system-error.ts';
import type { Job } from './job.ts';
import { MadeOrders } from './made.ts';
import { unfoldMatrix } from './matrix.ts';
import { readOrderFiles } from './read-files.ts';
import { OrderReader, type PlacedOrder } from './read-orders.ts';
import { type Mistake, placeName } from './written.ts';

export interface PlanWish {
  /** Files of orders, relative to `cwd`. */
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly workspace: string;
  /** Where the files are to go. */
  readonly outputDir: string;
  readonly look: ProofLook;
  readonly signal: AbortSignal;
}

/** What a run would do. */
export interface Plan {
  readonly jobs: readonly Job[];
  /** Those that are made and unchanged: the names of their manifests by key. */
  readonly made: ReadonlyMap<string, string>;
  /** The folders of the templates that are used, and the order files: what a change of makes a plan another. */
  readonly watched: readonly string[];
}

/** A plan, or everything that stands against it. */
export type Planned = { readonly plan: Plan } | { readonly mistakes: readonly Mistake[] };

/**
 * Reads orders and looks at all of them, before anything is made: what they name, whether it goes together, whether two
 * would write the same files, and which are made already.
 */
export async function planRun({
  paths,
  cwd,
  workspace,
  outputDir,
  look,
  signal,
}: PlanWish): Promise<Planned> {
  const config = await readConfig(workspace);
  const templateDirs = [join(workspace, 'templates')];
  const catalogue = openCatalogue(workspace);
  try {
    const reader = new OrderReader({ workspace, defaults: config.defaults });
    const { files, mistakes } = await readOrderFiles(paths, cwd);
    reader.mistakes.push(...mistakes);
    const orders: PlacedOrder[] = [];
    for (const { file, orders: written, matrices, defaults } of files) {
      const place = { file, workspace, catalogue, templateDirs, reader };
      const all = [...written];
      for (const matrix of matrices) all.push(...(await unfoldMatrix(matrix, defaults, place)));
      for (const one of all) {
        const read = reader.read(one, file);
        if (read) orders.push(read);
      }
    }
    const without = config.preflight?.without ?? [];
    const { cache: cacheDir } = workspacePaths(workspace);
    const bench = { catalogue, workspace, templateDirs, cacheDir, look, without, signal };
    const { jobs, watched } = await jobsOf(orders, reader.mistakes, bench);
    if (reader.mistakes.length > 0) return { mistakes: together(reader.mistakes) };
    const made = await madeAmong(jobs, outputDir, signal);
    const own = paths.map((path) => join(cwd, path));
    return { plan: { jobs: jobs.map(({ job }) => job), made, watched: [...own, ...watched] } };
  } finally {
    catalogue.close();
  }
}

interface Bench {
  readonly catalogue: Catalogue;
  readonly workspace: string;
  readonly templateDirs: readonly string[];
  readonly cacheDir: string;
  readonly look: ProofLook;
  readonly without: readonly string[];
  readonly signal: AbortSignal;
}

interface Found {
  readonly job: Job;
  /** Whether the name is that of its files; else it only tells orders apart. */
  readonly certain: boolean;
}

/** Looks each order up; what is wrong with any goes to the mistakes. */
async function jobsOf(
  orders: readonly PlacedOrder[],
  mistakes: Mistake[],
  bench: Bench,
): Promise<{ jobs: Found[]; watched: string[] }> {
  const keys = new OrderKeys();
  const templates = new Map<string, Promise<Template>>();
  const choose = (order: Order, folders: readonly string[]): Promise<Template> => {
    const { template, product, options, fields } = order;
    // Which fields are given decides, not what stands in them.
    const given = Object.keys(fields).filter((name) => fields[name]?.trim());
    const key = JSON.stringify([template ?? null, product, options.binding ?? null, given.sort()]);
    const found = templates.get(key) ?? chooseTemplate(order, folders);
    templates.set(key, found);
    return found;
  };
  const profiles = new Profiles();
  const keysOf = async (named: NamedOrder) => {
    const { filesKey, idempotencyKey } = await keys.keysOf(named, bench);
    return { key: filesKey, idempotencyKey };
  };
  const jobs: Found[] = [];
  const folders = new Set<string>();
  const names = new Map<string, Job>();
  for (const { order, place } of orders) {
    stopIfAborted(bench.signal);
    try {
      const named = await nameOrder(order, bench, choose);
      await profiles.require(named, bench);
      const { name, certain } = nameOf(named, bench.look);
      const job: Job = {
        ...(await keysOf(named)),
        ...{ order, name, place, look: bench.look, folder: order.product, template: named.template.name },
        pictures: Object.fromEntries(named.images.map(({ id, sha256 }) => [id, sha256])),
      };
      const path = `${job.folder}/${name}`;
      const other = names.get(path);
      if (other) throw sameName(job, other);
      names.set(path, job);
      folders.add(named.template.folder);
      jobs.push({ job, certain });
    } catch (thrown) {
      const error = asRefusal(thrown);
      if (!(error instanceof PrintcatError)) throw error;
      mistakes.push({ ...place, message: error.message, hint: error.hint });
    }
  }
  return { jobs, watched: [...folders] };
}

/** The press profiles that orders name themselves, each opened once to see that it can be used. */
class Profiles {
  readonly #seen = new Map<string, Promise<unknown>>();

  async require(
    { order, printer, product, options, images }: NamedOrder,
    { cacheDir }: Bench,
  ): Promise<void> {
    const { profile, condition, intent, black, standard } = order;
    if (profile === undefined && condition === undefined) return;
    const isImage = product.image(options, { pictures: images.length }) !== null;
    const own = isImage ? 'rgb' : (standard ?? standardFor(printer.file.pdf?.value));
    const key = JSON.stringify([profile, condition, intent, black, own, printer.name]);
    const { openColours } = await import('../press/output-colours.ts');
    const opened = this.#seen.get(key) ?? openColours(order, own, printer.file, join(cacheDir, 'tables'));
    this.#seen.set(key, opened);
    await opened;
  }
}

/**
 * The name that an order's files will have. Where its geometry comes of its pictures, it is only known when it is made;
 * then it is one that tells it from others.
 */
function nameOf(named: NamedOrder, look: ProofLook): { name: string; certain: boolean } {
  const { order, product, template, options } = named;
  try {
    const { geometry, standard, image } = shapeOrder(named, look);
    return {
      name: fileStem(order, product, template, geometry, nameParts(named.printer, standard, image)),
      certain: true,
    };
  } catch (error) {
    if (product.prepares.length === 0) throw error;
    const sizeName = typeof options.size === 'string' ? options.size : '';
    const parts = [named.printer.name, ...(order.standard ? [order.standard] : [])];
    return { name: fileStem(order, product, template, { sizeName, spine: null }, parts), certain: false };
  }
}

function sameName(job: Job, other: Job): PrintcatError {
  const where = placeName(other.place);
  return new PrintcatError(
    other.key === job.key
      ? `The same order stands at ${where}`
      : `It would write the same files as the order at ${where}: ${job.folder}/${job.name}`,
    {
      hint:
        other.key === job.key
          ? 'Remove one of them.'
          : 'Give one of them a name of its own: name: spring-card',
    },
  );
}

async function madeAmong(
  jobs: readonly Found[],
  outputDir: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const folders = new Map<string, MadeOrders>();
  const made = new Map<string, string>();
  for (const { job, certain } of jobs) {
    stopIfAborted(signal);
    const folder = folders.get(job.folder) ?? new MadeOrders(join(outputDir, job.folder));
    folders.set(job.folder, folder);
    const manifest = await folder.find(job.key, job.name, certain);
    if (manifest) made.set(job.key, manifest);
  }
  return made;
}

/** What is wrong at one place for many orders is one mistake; in the order of the lines. */
function together(mistakes: readonly Mistake[]): Mistake[] {
  const groups = new Map<string, Mistake[]>();
  for (const mistake of mistakes) {
    const key = JSON.stringify([mistake.file, mistake.line, mistake.message]);
    groups.set(key, [...(groups.get(key) ?? []), mistake]);
  }
  const each = [...groups.values()].map(([first, ...more]) =>
    more.length === 0 ? first! : { ...first!, message: `${first!.message} (${more.length + 1} times)` },
  );
  const files = [...new Set(each.map(({ file }) => file))];
  return each.sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0));
}

/** The workspace's own places that a run depends on. */
export const watchedInWorkspace = (workspace: string): string[] => [
  workspacePaths(workspace).config,
  ...['templates', 'products', 'printers'].map((name) => join(workspace, name)),
];
