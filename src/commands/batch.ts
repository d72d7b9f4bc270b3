import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Estimate } from '../batch/estimate.ts';
import type { Failed, Runner } from '../batch/job.ts';
import type { Plan } from '../batch/plan.ts';
import type { Progress, Summary } from '../batch/run.ts';
import { type Mistake, placeName } from '../batch/written.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { ExitCode, messageOf } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { type Context, defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { proofLook, proofOptions } from './proof-options.ts';
import { bothNeeded, queueOptions } from './queue-options.ts';
import { table } from './table.ts';

export const batchCommand = defineCommand({
  name: 'batch',
  describe:
    'Make all orders of files: tables (CSV), YAML, JSON, JSON Lines, or a matrix; made ones are left as they are',
  options: {
    orders: option(z.array(z.string()).min(1), {
      description: 'Files of orders: .csv, .yaml, .json, .jsonl',
      positional: true,
    }),
    dryRun: option(z.boolean().default(false), {
      description: 'Only look: what would be made, what is made already, how long it may take',
    }),
    only: option(z.enum(['failed']).optional(), {
      description: 'Try the orders again that failed when they were last tried, and no others',
    }),
    failFast: option(z.boolean().default(false), { description: 'End with the first order that fails' }),
    watch: option(z.boolean().default(false), {
      description:
        'Stay, and make what changes when an order file, a template, a product or a printer is edited',
    }),
    ...queueOptions,
    ...proofOptions,
    out: option(z.string().optional(), {
      description: "Folder for the files, with one for each product in it (default: the workspace's output)",
      alias: 'o',
      placeholder: 'dir',
    }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['batch orders.csv --dry-run', 'what it would make'],
    ['batch orders.yaml', 'makes what is not made yet; the same again after an interruption'],
    ['batch orders.yaml --only failed', 'tries those again that failed'],
    [
      'batch orders.yaml --queue redis://127.0.0.1:6379 --store /mnt/share/printcat',
      'has them made by workers',
    ],
  ],
  async run(args, context) {
    const { orders, out, workspace, queue, store } = args;
    if ((queue === undefined) !== (store === undefined)) throw bothNeeded('many machines');
    const { terminal, cwd, signal } = context;
    const [{ chooseWorkspace, workspacePaths }, { planRun }] = await Promise.all([
      import('../catalogue/workspace.ts'),
      import('../batch/plan.ts'),
    ]);
    const own = chooseWorkspace(cwd, workspace);
    const paths = workspacePaths(own);
    const outputDir = out === undefined ? paths.output : resolve(cwd, out);
    const look = proofLook(args);
    const once = async (): Promise<{ code: ExitCode; watched: readonly string[] }> => {
      terminal.progress('reading the orders');
      const planned = await planRun({ paths: orders, cwd, workspace: own, outputDir, look, signal });
      terminal.clear();
      if ('mistakes' in planned) {
        printMistakes(planned.mistakes, args.json, terminal);
        return { code: ExitCode.usage, watched: [] };
      }
      const { plan } = planned;
      const run = { ...args, outputDir, cacheDir: paths.cache, own };
      return { code: await (args.dryRun ? dryRun : make)(plan, run, context), watched: plan.watched };
    };
    const { code, watched } = await once();
    if (!args.watch || args.dryRun) return code;
    const { watchFor } = await import('../batch/watch.ts');
    const { watchedInWorkspace } = await import('../batch/plan.ts');
    terminal.note('Watching; Ctrl-C ends it.');
    const files = orders.map((path) => resolve(cwd, path));
    await watchFor([...files, ...watchedInWorkspace(own), ...watched], signal, async (changed) => {
      terminal.note(changed.join(', '));
      try {
        return (await once()).watched;
      } catch (error) {
        if (signal.aborted) throw error;
        terminal.note(`${terminal.colours.red('error:')} ${messageOf(error)}`);
        return [];
      }
    });
    return code;
  },
});

interface Run {
  readonly outputDir: string;
  readonly cacheDir: string;
  /** The workspace. */
  readonly own: string;
  readonly only?: 'failed' | undefined;
  readonly failFast: boolean;
  readonly json: boolean;
  readonly queue?: string | undefined;
  readonly store?: string | undefined;
}

async function toDoOf(plan: Plan, { outputDir, only }: Run) {
  const [{ Failures }, { jobsToDo }] = await Promise.all([
    import('../batch/failures.ts'),
    import('../batch/run.ts'),
  ]);
  return jobsToDo(plan, await Failures.read(outputDir), only === 'failed');
}

async function dryRun(plan: Plan, run: Run, { terminal }: Context): Promise<ExitCode> {
  const [{ Costs }, { estimate }, { ordersAtOnce }] = await Promise.all([
    import('../batch/costs.ts'),
    import('../batch/estimate.ts'),
    import('../batch/local-runner.ts'),
  ]);
  const found = estimate(plan, await toDoOf(plan, run), await Costs.read(run.cacheDir), ordersAtOnce());
  if (run.json) terminal.json(found);
  else await printEstimate(found, terminal);
  return ExitCode.ok;
}

async function make(plan: Plan, run: Run, context: Context): Promise<ExitCode> {
  const { terminal } = context;
  const [{ runJobs }, { openCatalogue }, words] = await Promise.all([
    import('../batch/run.ts'),
    import('../catalogue/catalogue.ts'),
    import('../batch/in-words.ts'),
  ]);
  const toDo = await toDoOf(plan, run);
  const catalogue = openCatalogue(run.own);
  let reached: string | undefined;
  const started = new Date();
  try {
    const onProgress = ({ done, total, failed, rate, left }: Progress) => {
      reached = `${done - failed} of ${total} orders are made`;
      const parts = [
        `${done} of ${total}`,
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(left === null ? [] : [`${Math.round(rate)} a minute`, `${words.timeInWords(left)} left`]),
      ];
      terminal.progress(parts.join(', '));
    };
    const summary = await runJobs(toDo, plan.made.size, () => runnerFor(run, catalogue, context), {
      ...{ outputDir: run.outputDir, cacheDir: run.cacheDir, failFast: run.failFast },
      ...{ onProgress, onFailure: (failure) => printFailure(failure, terminal) },
    });
    const { recordRun } = await import('../batch/run-record.ts');
    await recordRun(plan, summary, run.outputDir, { started, places: [run.own, context.cwd, run.outputDir] });
    terminal.clear();
    if (run.json) terminal.json(asJson(summary));
    else printSummary(summary, words, terminal);
    return summary.failed.length > 0 || summary.left > 0 ? ExitCode.failed : ExitCode.ok;
  } catch (error) {
    // Stopped, or the disk is full: what is made stays made.
    if (reached !== undefined) terminal.note(`${reached}; the same line goes on from there.`);
    throw error;
  } finally {
    catalogue.close();
    terminal.clear();
  }
}

/** Who makes the orders: this process, or the workers of a queue. */
async function runnerFor(run: Run, catalogue: Catalogue, context: Context): Promise<Runner> {
  const { readConfig } = await import('../catalogue/workspace.ts');
  const config = await readConfig(run.own);
  const shelves = {
    ...{ catalogue, workspace: run.own, outputDir: run.outputDir, signal: context.signal },
    templateDirs: [join(run.own, 'templates')],
    without: config.preflight?.without ?? [],
  };
  const { queue, store } = run;
  if (queue === undefined || store === undefined) {
    const { LocalRunner } = await import('../batch/local-runner.ts');
    const cacheBytes = config.cacheGigabytes * 1e9;
    return new LocalRunner({ ...shelves, cacheDir: run.cacheDir }, context, { cacheBytes });
  }
  const [{ QueueRunner }, { openStore }] = await Promise.all([
    import('../queue/queue-runner.ts'),
    import('../queue/store.ts'),
  ]);
  const opened = await openStore(store, context.cwd, context.env);
  return new QueueRunner({ ...shelves, queue, store: opened, terminal: context.terminal });
}

function printMistakes(mistakes: readonly Mistake[], json: boolean, terminal: Terminal): void {
  const { red, dim } = terminal.colours;
  if (json) terminal.json({ mistakes });
  for (const mistake of mistakes) {
    terminal.note(`${red('error:')} ${placeName(mistake)}: ${mistake.message}`);
    if (mistake.hint) terminal.note(`${dim('hint:')} ${mistake.hint}`);
  }
  terminal.note(
    `Nothing was made: ${mistakes.length === 1 ? 'there is a mistake' : `there are ${mistakes.length} mistakes`} in the orders.`,
  );
}

function printFailure({ job, message, hint }: Failed, terminal: Terminal): void {
  const { red, dim } = terminal.colours;
  const what = `${job.order.images[0]} ${job.order.product}`;
  terminal.note(`${red('failed:')} ${placeName(job.place)} (${what}): ${message}`);
  if (hint) terminal.note(`${dim('hint:')} ${hint}`);
}

type Words = typeof import('../batch/in-words.ts');

const beforeInWords = (orders: number, counted: Words['counted']): string =>
  `${counted(orders, 'order')} failed before and ${orders === 1 ? 'is' : 'are'} unchanged`;

function printSummary(
  { made, unchanged, failed, failedBefore, left, bytes, ms, warnings }: Summary,
  { bytesInWords, counted, timeInWords }: Words,
  { print, colours }: Terminal,
): void {
  const rate = made > 0 ? `, ${Math.round((made / ms) * 60_000)} a minute` : '';
  const parts = [
    `${colours.bold(`${made} made`)}${made > 0 ? ` (${bytesInWords(bytes)})` : ''}`,
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
    ...(failed.length > 0 ? [colours.red(`${failed.length} failed`)] : []),
    ...(left > 0 ? [`${left} not begun`] : []),
  ];
  print(`${parts.join(', ')} in ${timeInWords(ms)}${rate}`);
  if (warnings > 0) print(colours.dim(`${counted(warnings, 'warning')}; the manifests have them.`));
  if (failed.length > 0) {
    const which = failedBefore > 0 ? beforeInWords(failedBefore, counted) : 'Those that failed';
    print(colours.dim(`${which}: the same line with --only failed tries them again.`));
  }
}

const asJson = ({ failed, manifests: _, ...summary }: Summary) => ({
  ...summary,
  failed: failed.map(({ job, message, hint }) => ({
    ...{ order: placeName(job.place), product: job.order.product, images: job.order.images },
    ...{ name: job.name, message, ...(hint && { hint }) },
  })),
});

async function printEstimate(found: Estimate, { print, colours }: Terminal): Promise<void> {
  const { bytesInWords, counted, timeInWords } = await import('../batch/in-words.ts');
  const { rows, orders, made, toMake, failedBefore, pictures, uses, shared, ms, bytes, unmeasured } = found;
  const lines = rows.map((row) => [
    row.product,
    counted(row.orders, 'order'),
    row.made > 0 ? `${row.made} made and unchanged` : '',
  ]);
  for (const line of table(
    [...lines, ['together', counted(orders, 'order'), made > 0 ? `${made} made and unchanged` : '']],
    { indent: 0 },
  ))
    print(line);
  print();
  if (failedBefore > 0) {
    print(
      `${counted(failedBefore, 'order')} failed before and are unchanged: --only failed tries them again.`,
    );
  }
  if (toMake === 0) {
    print('Nothing is to be made.');
    return;
  }
  print(
    `To make: ${colours.bold(counted(toMake, 'order'))} from ${counted(pictures, 'picture')}, used ${counted(uses, 'time')}`,
  );
  print(`Artworks: ${counted(shared, 'order')} ${shared === 1 ? 'takes' : 'take'} the pixels of another`);
  print(`About ${timeInWords(ms)} and ${bytesInWords(bytes)}`);
  const basis =
    unmeasured.length === 0
      ? 'By what orders of these products took on this machine before.'
      : `Nothing was measured yet of ${unmeasured.join(', ')}: a book cover on four cores is taken for each.`;
  print(colours.dim(basis));
}
