import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { QUEUE } from '../../src/queue/names.ts';
import { batchWorkspace, PRODUCTS } from '../batch/workspace.ts';
import { hasTool } from '../judges/tool.ts';
import { filesIn, type Running, start } from '../queue/program.ts';
import { RedisServer } from '../queue/redis-server.ts';

const ORDERS = 90;
/** Their text does not fit, which is seen when they are laid out. */
const BROKEN = [7, 58];
/** Redis is away for this long, ms. */
const AWAY = 3_000;

const hasRedis = hasTool('redis-server');
if (!hasRedis) console.warn('redis-server is absent: nobody tests the queue');

let workspace: string;
let remove: () => Promise<void>;
let elsewhere: string;
let redis: RedisServer;
let local: Record<string, string>;

beforeAll(async () => {
  if (!hasRedis) return;
  ({ workspace, remove } = await batchWorkspace());
  elsewhere = await mkdtemp(join(tmpdir(), 'printcat-queue-'));
  redis = await RedisServer.start();
  const catalogue = openCatalogue(workspace);
  const ids = catalogue.ids().slice(0, 8);
  catalogue.close();
  const products = Object.keys(PRODUCTS);
  const orders = Array.from({ length: ORDERS }, (_, i) => ({
    ...{ product: products[i % products.length], image: ids[Math.floor(i / products.length) % ids.length] },
    ...{ name: `order-${i}`, upscaler: 'lanczos', ppi: 150, stamp: String(i), template: 'plain' },
    fields: { title: BROKEN.includes(i) ? 'Much too long for its place. '.repeat(6) : `No. ${i}` },
  }));
  await writeFile(join(workspace, 'orders.jsonl'), orders.map((order) => JSON.stringify(order)).join('\n'));
  const { stdout } = await start(workspace, ['batch', 'orders.jsonl', '--out', 'local', '--json']).ended;
  expect(JSON.parse(stdout)).toMatchObject({ made: ORDERS - BROKEN.length, left: 0 });
  local = await filesIn(join(workspace, 'local'));
}, 300_000);
afterAll(async () => {
  await redis?.remove();
  await remove?.();
  if (elsewhere) await rm(elsewhere, { recursive: true, force: true });
});

const queued = () => ['--queue', redis.url, '--store', join(elsewhere, 'store')];
/** Each is a machine of its own: nothing is shared but Redis and the store. */
const worker = (name: string): Running =>
  start(elsewhere, ['worker', ...queued(), '--at-once', '2'], { PRINTCAT_CACHE: join(elsewhere, name) });
/** Until a worker's browser is there, and it takes orders; what it said where it ends instead. */
const takesOrders = async ({ said, child }: Running): Promise<void> => {
  while (!said().includes('Taking orders')) {
    if (child.exitCode !== null) throw new Error(`A worker ended: ${said()}`);
    await wait(50);
  }
};
const batch = (out: string): Running =>
  start(workspace, ['batch', 'orders.jsonl', '--out', out, '--json', ...queued()]);
/** What is made in a folder until now. */
const manifests = async (out: string): Promise<number> =>
  Object.keys(await filesIn(join(workspace, out)).catch(() => ({}))).filter((file) => file.endsWith('.json'))
    .length;
const untilMade = async (out: string, count: number): Promise<void> => {
  while ((await manifests(out)) < count) await wait(100);
};
/** Until that many orders are being made: between two of them a worker holds fewer. */
const untilActive = async (count: number): Promise<void> => {
  const seen = () => Number(redis.ask('llen', `printcat:${QUEUE}:active`));
  await expect.poll(seen, { interval: 5, timeout: 20_000 }).toBe(count);
};
const stop = async (workers: readonly Running[]) => {
  for (const { child } of workers) child.kill('SIGINT');
  return Promise.all(workers.map(({ ended }) => ended));
};
const lines = (stderr: string) =>
  [...stderr.matchAll(/^failed: orders\.jsonl:(\d+) /gm)]
    .map(([, line]) => Number(line) - 1)
    .sort((a, b) => a - b);

test.skipIf(!hasRedis)(
  'three workers, one killed, Redis restarted: all is made, and as one machine makes it',
  async () => {
    const workers = ['one', 'two', 'three'].map(worker);
    await Promise.all(workers.map(takesOrders));
    const run = batch('far');
    await untilMade('far', 10);
    // In the middle of its orders.
    await untilActive(6);
    workers[0]!.child.kill('SIGKILL');
    await untilMade('far', 30);
    await redis.down();
    await wait(AWAY);
    await redis.up();
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ made: ORDERS - BROKEN.length, left: 0 });
    expect(lines(stderr)).toEqual(BROKEN);
    expect(await filesIn(join(workspace, 'far'))).toEqual(local);
    const [killed, ...others] = await stop(workers);
    expect(killed!.code).toBe(null);
    expect(others.map((one) => one.code)).toEqual([0, 0]);
    const counts = others.map((one) => Number(/^(\d+) made/.exec(one.stdout)?.[1]));
    console.log(`made by the two that were left: ${counts.join(' and ')}`);
    expect(Math.min(...counts)).toBeGreaterThan(10);
    // Nothing of it is left in Redis.
    expect(
      redis
        .ask('keys', 'printcat:orders-*')
        .split('\n')
        .filter((key) => /:[0-9a-f]{64}/.test(key)),
    ).toEqual([]);
  },
  300_000,
);

test.skipIf(!hasRedis)(
  'Redis comes back empty, the one who orders is killed and comes back, workers are stopped: all is made',
  async () => {
    const first = worker('one');
    const killed = batch('hard');
    await untilMade('hard', 5);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const run = batch('hard');
    await untilMade('hard', 20);
    redis.ask('flushall');
    await untilMade('hard', 30);
    await untilActive(2);
    const [stopped] = await stop([first]);
    // One of the two may have ended while the signal was under way.
    expect(stopped!.stdout).toMatch(/^\d+ made.*, [12] given back$/m);
    const second = worker('two');
    const { code, stdout } = await run.ended;
    expect(code).toBe(1);
    const { made, unchanged, failed } = JSON.parse(stdout);
    expect([made + unchanged, failed.length]).toEqual([ORDERS - BROKEN.length, BROKEN.length]);
    expect(await filesIn(join(workspace, 'hard'))).toEqual(local);
    await stop([second]);
    expect(JSON.parse(await readFile(join(workspace, 'hard', 'run.json'), 'utf8')).orders).toHaveLength(
      ORDERS,
    );
  },
  300_000,
);

test.skipIf(!hasRedis)(
  'Redis does not come back: all end with a word, at once where they are stopped',
  async () => {
    const [left, stopped] = [worker('one'), worker('two')];
    const [run, stoppedRun] = [batch('gone'), batch('stopped')];
    await untilMade('gone', 5);
    await redis.down();
    await wait(1_000);
    const begun = performance.now();
    for (const { child } of [stopped, stoppedRun]) child.kill('SIGINT');
    expect([(await stopped.ended).code, (await stoppedRun.ended).code]).toEqual([0, 130]);
    expect(performance.now() - begun).toBeLessThan(30_000);
    for (const { ended } of [left, run]) {
      const { code, stderr } = await ended;
      expect(code).toBe(3);
      expect(stderr).toMatch(/^error: Redis at redis:\/\/127\.0\.0\.1:\d+ has been away for 60 s\nhint: /m);
    }
    // What is made stays made.
    await redis.up();
    const again = batch('gone');
    const another = worker('three');
    const { made, unchanged } = JSON.parse((await again.ended).stdout);
    expect(unchanged).toBeGreaterThan(4);
    expect(made + unchanged).toBe(ORDERS - BROKEN.length);
    expect(await filesIn(join(workspace, 'gone'))).toEqual(local);
    await stop([another]);
  },
  300_000,
);

/** Orders that Redis still holds, begun, answered or not. */
const held = () =>
  redis
    .ask('keys', 'printcat:orders-*')
    .split('\n')
    .filter((key) => /:[0-9a-f]{64}$/.test(key));

test.skipIf(!hasRedis)(
  'what was made while nobody was there is not made again, unless the store has lost it; --fail-fast takes the rest back',
  async () => {
    const lines = (await readFile(join(workspace, 'orders.jsonl'), 'utf8')).split('\n');
    // An answer that was taken while Redis went away is still there.
    redis.ask('flushall');
    await writeFile(join(workspace, 'few.jsonl'), lines.slice(0, 10).join('\n'));
    const few = (out: string, ...args: string[]) =>
      start(workspace, ['batch', 'few.jsonl', '--out', out, '--json', ...queued(), ...args]);
    /** Sends orders and is killed; a worker makes them all the same. */
    const madeMeanwhile = async (out: string) => {
      const killed = few(out);
      await expect.poll(() => held().length, { timeout: 20_000 }).toBe(10);
      killed.child.kill('SIGKILL');
      const alone = worker('one');
      await expect
        .poll(() => redis.ask('zcard', `printcat:${QUEUE}:completed`), { timeout: 60_000 })
        .toBe('10');
      await stop([alone]);
    };
    /** What the run says, and what the worker had to do for it. */
    const fetched = async (out: string): Promise<string | undefined> => {
      const another = worker('two');
      const { stdout } = await few(out).ended;
      expect(JSON.parse(stdout)).toMatchObject({ made: 9, failed: [{ name: 'order-7' }] });
      const files = await filesIn(join(workspace, out));
      expect(Object.keys(files)).toHaveLength(36);
      expect(files).toEqual(Object.fromEntries(Object.entries(local).filter(([file]) => file in files)));
      return (await stop([another]))[0]?.stdout;
    };
    await madeMeanwhile('kept');
    // What failed is tried again.
    expect(await fetched('kept')).toBe('0 made, 1 failed\n');
    await madeMeanwhile('lost');
    await rm(join(elsewhere, 'store'), { recursive: true });
    expect(await fetched('lost')).toBe('9 made, 1 failed\n');

    await writeFile(join(workspace, 'few.jsonl'), [lines[7], ...lines.slice(10, 40)].join('\n'));
    const third = worker('three');
    const fast = await few('fast', '--fail-fast').ended;
    expect(fast.code).toBe(1);
    const { failed, left } = JSON.parse(fast.stdout);
    expect(failed).toHaveLength(1);
    expect(left).toBeGreaterThan(5);
    await stop([third]);
    // Only what was begun may still be there.
    expect(held().length).toBeLessThan(6);
  },
  200_000,
);
