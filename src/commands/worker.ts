import * as z from 'zod';
import { CACHE_GIGABYTES } from '../cache-limit.ts';
import { ExitCode } from '../errors.ts';
import { defineCommand, option } from './command.ts';
import { bothNeeded, queueOptions } from './queue-options.ts';

export const workerCommand = defineCommand({
  name: 'worker',
  describe: 'Make the orders that printcat batch --queue sends, until Ctrl-C',
  options: {
    ...queueOptions,
    atOnce: option(z.int().min(1).max(256).optional(), {
      description: 'Orders that are made at the same time (default: one more than there are cores)',
      placeholder: 'n',
    }),
    cacheGigabytes: option(z.number().positive().default(CACHE_GIGABYTES), {
      description: 'Size that what it computes is kept within, GB',
      placeholder: 'n',
    }),
  },
  examples: [
    [
      'worker --queue redis://press-1:6379 --store /mnt/share/printcat',
      'takes orders on this machine; start one on each',
    ],
  ],
  async run({ queue, store: place, atOnce: wished, cacheGigabytes }, context) {
    const { terminal, env, cwd } = context;
    if (queue === undefined || place === undefined) throw bothNeeded('printcat worker');
    const [{ work }, { openStore }, { ordersAtOnce }, { cacheFolder }] = await Promise.all([
      import('../queue/worker.ts'),
      import('../queue/store.ts'),
      import('../batch/local-runner.ts'),
      import('../cache.ts'),
    ]);
    const atOnce = wished ?? ordersAtOnce();
    const store = await openStore(place, cwd, env);
    const count = { made: 0, failed: 0 };
    const { red } = terminal.colours;
    const said = () => `${count.made} made${count.failed > 0 ? `, ${count.failed} failed` : ''}`;
    const givenBack = await work(
      {
        ...{ queue, store, atOnce, folder: cacheFolder(env, 'worker') },
        cacheBytes: cacheGigabytes * 1e9,
        onReady: (redis) =>
          terminal.note(
            `Taking orders of ${redis}, ${atOnce} at a time; Ctrl-C ends it and gives back what is begun.`,
          ),
        onAnswer(answer, order) {
          count[answer.state]++;
          // What to do about it is told to the one who orders.
          if (answer.state === 'failed') {
            const what = order ? ` ${order.images[0]} ${order.product}` : '';
            terminal.note(`${red('failed:')}${what}: ${answer.message}`);
          }
          terminal.progress(said());
        },
      },
      context,
    );
    terminal.clear();
    terminal.print(`${said()}${givenBack > 0 ? `, ${givenBack} given back` : ''}`);
    return ExitCode.ok;
  },
});
