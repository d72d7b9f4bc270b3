import { Queue, Worker } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PREFIX, QUEUE } from '../../src/queue/names.ts';
import { OrdersQueue } from '../../src/queue/orders-queue.ts';
import { announce, requireVersion, whoIsThere } from '../../src/queue/presence.ts';
import { connectRedis } from '../../src/queue/redis.ts';
import type { SentOrder } from '../../src/queue/sent-order.ts';
import { hasTool } from '../judges/tool.ts';
import { RedisServer } from './redis-server.ts';

const hasRedis = hasTool('redis-server');

let redis: RedisServer;
beforeAll(async () => {
  if (hasRedis) redis = await RedisServer.start('s3cret');
});
afterAll(() => redis?.remove());

describe.skipIf(!hasRedis)('Redis', () => {
  test('may be away for a while, but not for ever', async () => {
    const [patient, hasty] = await Promise.all([connectRedis(redis.url), connectRedis(redis.url, 300)]);
    await redis.down();
    const waiting = patient.client.get('what waits');
    const vain = expect(hasty.client.get('what waits')).rejects.toThrow();
    await expect.poll(() => hasty.lost.aborted).toBe(true);
    await vain;
    expect(hasty.lost.reason).toMatchObject({
      message: `Redis at redis://127.0.0.1:${redis.port} has been away for 0 s`,
      exitCode: 3,
    });
    await redis.up();
    expect(await waiting).toBe(null);
    expect(patient.lost.aborted).toBe(false);
    await Promise.all([patient.close(), hasty.close()]);
  });

  test('those who are there are known by their versions, those who left are forgotten', async () => {
    const { client, close } = await connectRedis(redis.url);
    const leave = await announce(client, 'worker', { version: '1.2.3', browser: 'Chrome/1' });
    const there = await whoIsThere(client, 'worker');
    expect(there).toMatchObject([{ version: '1.2.3' }]);
    expect(await whoIsThere(client, 'run')).toEqual([]);
    expect(() => requireVersion('1.2.3', there, 'workers')).not.toThrow();
    expect(() => requireVersion('1.2.4', there, 'workers')).toThrow(/^Expected workers of printcat 1\.2\.4/);
    expect(() => requireVersion('1.2.4', [], 'workers')).not.toThrow();
    // One who dies is forgotten as well.
    expect(Number(redis.ask('pttl', redis.ask('keys', 'printcat:here:*')))).toBeGreaterThan(1000);
    await leave();
    expect(await whoIsThere(client, 'worker')).toEqual([]);
    await close();
  });
});

// What is not looked at here needs no more than to be there.
const ORDER = { workspace: 'an order' } as unknown as SentOrder;
const never = new AbortController().signal;

describe.skipIf(!hasRedis)('an order in the queue', () => {
  const MADE = {
    state: 'made',
    manifest: { name: 'a.json', sha256: 'a'.repeat(64) },
    ms: 1,
    bytes: 2,
    warnings: 0,
  };
  const FAILED = { state: 'failed', message: 'too long', lasting: true, reports: [], folder: '/there' };

  /** Answers each order with what comes next; what is an error kills it. */
  async function answered(
    answers: readonly unknown[],
    work: (queue: OrdersQueue) => Promise<void>,
  ): Promise<void> {
    const link = await connectRedis(redis.url);
    const queue = new OrdersQueue(link);
    const next = [...answers];
    const worker = new Worker(
      QUEUE,
      async () => {
        const answer = next.shift();
        if (answer instanceof Error) throw answer;
        return answer;
      },
      { connection: link.client, prefix: PREFIX },
    );
    await work(queue);
    expect(next).toEqual([]);
    await worker.close();
    await queue.close();
    await link.close();
  }

  test('that is made twice is made once', () =>
    answered([MADE], async (queue) => {
      expect(await queue.answerTo('a'.repeat(64), ORDER, never)).toEqual(MADE);
      expect(await queue.answerTo('a'.repeat(64), ORDER, never)).toEqual(MADE);
    }));

  test('that failed is tried again', () =>
    answered([FAILED, MADE], async (queue) => {
      expect(await queue.answerTo('b'.repeat(64), ORDER, never)).toEqual(FAILED);
      expect(await queue.answerTo('b'.repeat(64), ORDER, never)).toEqual(MADE);
    }));

  test('that killed its workers, or was answered by somebody else, fails', () =>
    answered([new Error('stalled'), { hello: 'world' }], async (queue) => {
      expect(await queue.answerTo('c'.repeat(64), ORDER, never)).toEqual({ state: 'dead' });
      expect(await queue.answerTo('d'.repeat(64), ORDER, never)).toMatchObject({
        state: 'failed',
        folder: null,
      });
    }));

  test('that is not begun is taken back when the run ends', async () => {
    const link = await connectRedis(redis.url);
    const [queue, raw] = [
      new OrdersQueue(link),
      new Queue(QUEUE, { connection: link.client, prefix: PREFIX }),
    ];
    const run = new AbortController();
    const end = queue.answerTo('e'.repeat(64), ORDER, run.signal);
    await expect.poll(() => raw.getWaitingCount()).toBe(1);
    expect((await raw.getJob('e'.repeat(64)))?.data).toEqual(ORDER);
    run.abort();
    queue.wakeAll();
    expect(await end).toBe(null);
    expect(await raw.getWaitingCount()).toBe(0);
    await raw.close();
    await queue.close();
    await link.close();
  });
});
