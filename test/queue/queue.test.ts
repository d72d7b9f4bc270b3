import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { packagePath } from '../../src/paths.ts';
import { batchWorkspace, writeTemplate } from '../batch/workspace.ts';
import { hasTool } from '../judges/tool.ts';
import { IMAGES } from '../make/fixtures.ts';
import { BucketServer } from './bucket.ts';
import { filesIn, type Running, start } from './program.ts';
import { freePort, RedisServer } from './redis-server.ts';

const [A, B] = IMAGES as [string, string];
const TOO_LONG = 'Much too long for its place. '.repeat(6);
const PASSWORD = 's3cret';

const hasRedis = hasTool('redis-server');
if (!hasRedis) console.warn('redis-server is absent: nobody tests the queue');

let workspace: string;
let remove: () => Promise<void>;
/** A machine that has nothing of the workspace. */
let elsewhere: string;
let redis: RedisServer;
beforeAll(async () => {
  if (!hasRedis) return;
  ({ workspace, remove } = await batchWorkspace());
  elsewhere = await mkdtemp(join(tmpdir(), 'printcat-queue-'));
  redis = await RedisServer.start(PASSWORD);
  // White in the bleed, which no printer takes.
  const strip = join(await writeTemplate(workspace, 'strip', ['tag']), 'template.html');
  const band = '<p style="position:absolute;left:-3mm;top:-3mm;width:2mm;height:46mm;background:#fff"></p>';
  await writeFile(strip, (await readFile(strip, 'utf8')).replace(/<\/div>\s*$/, `${band}</div>`));
  const catalogue = openCatalogue(workspace);
  catalogue.keepCrop(B, 'label', { x: 0.3, y: 0.2, zoom: 1.5 });
  catalogue.close();
  await copyFile(packagePath('assets', 'icc', 'FOGRA39L.icc'), join(workspace, 'own press.icc'));
  await writeFile(
    join(workspace, 'orders.yaml'),
    `defaults: { upscaler: lanczos, ppi: 150, template: plain }
orders:
  - { product: tag, image: ${A}, template: other, quantity: 3, profile: own press.icc, condition: FOGRA52 }
  - { product: label, image: ${B}, fields: { title: "Two\\nlines" }, name: second }
  - { product: slip, image: ${A}, fields: { title: "${TOO_LONG}" } }
  - { product: tag, image: ${A}, template: strip }
`,
  );
});
afterAll(async () => {
  await redis?.remove();
  await remove?.();
  if (elsewhere) await rm(elsewhere, { recursive: true, force: true });
});

const queued = () => ['--queue', redis.url, '--store', join(elsewhere, 'store')];
const worker = (...args: string[]): Running =>
  start(elsewhere, ['worker', ...queued(), ...args], { PRINTCAT_CACHE: join(elsewhere, 'cache') });
const batch = (out: string, ...args: string[]): Running =>
  start(workspace, ['batch', 'orders.yaml', '--out', out, '--guides', ...args]);
/** Orders that Redis still holds, begun, answered or not. */
const held = () =>
  redis
    .ask('keys', '*')
    .split('\n')
    .filter((key) => /:[0-9a-f]{64}$/.test(key));

describe.skipIf(!hasRedis)('a queue', () => {
  test('what a worker elsewhere makes is what this machine makes', async () => {
    const local = await batch('local').ended;
    expect(local.stderr).toMatch(/^failed: orders\.yaml:6 .* does not pass preflight/m);
    const one = worker();
    const far = await batch('far', ...queued()).ended;
    expect(far.code).toBe(1);
    expect(far.stdout).toMatch(/^2 made \(.* [kM]B\), 2 failed in /);
    const failures = (text: string) =>
      [...text.matchAll(/^failed: .*\nhint: .*/gm)]
        .map(([said]) => said.replaceAll('/far/', '/local/'))
        .sort();
    expect(failures(far.stderr)).toHaveLength(2);
    expect(failures(far.stderr)).toEqual(failures(local.stderr));
    const files = await filesIn(join(workspace, 'far'));
    expect(Object.keys(files)).toHaveLength(9);
    expect(files).toEqual(await filesIn(join(workspace, 'local')));
    expect(held()).toEqual([]);

    const again = await batch('far', ...queued()).ended;
    expect(again.stdout).toMatch(/^0 made, 2 unchanged, 2 failed in /);
    one.child.kill('SIGINT');
    const { code, stdout, stderr } = await one.ended;
    expect(code).toBe(0);
    // What failed before is not sent again.
    expect(stdout).toBe('2 made, 2 failed\n');
    expect(stderr.match(/^failed: /gm)).toHaveLength(2);
    for (const text of [stdout, stderr, far.stdout, far.stderr, again.stderr])
      expect(text).not.toContain(PASSWORD);
    expect(await readFile(join(workspace, 'far', 'run.json'), 'utf8')).not.toContain(PASSWORD);
  }, 60_000);

  test('a run that is stopped takes back what nobody has begun', async () => {
    const run = batch('stopped', ...queued());
    await expect.poll(() => held().length, { timeout: 20_000 }).toBe(4);
    expect(run.said()).toMatch(
      /^No worker takes orders yet: printcat worker --queue redis:\/\/127\.0\.0\.1:\d+ /m,
    );
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect(held()).toEqual([]);
    expect(await readdir(join(workspace, 'stopped', '.printcat', 'claims'))).toEqual([]);
  }, 30_000);

  test('files travel through a bucket as well', async () => {
    const bucket = await BucketServer.start('prints');
    const place = ['--queue', redis.url, '--store', 's3://prints/cats'];
    const one = start(elsewhere, ['worker', ...place], {
      PRINTCAT_CACHE: join(elsewhere, 'third'),
      ...bucket.env,
    });
    const run = start(workspace, ['batch', 'orders.yaml', '--out', 's3', '--guides', ...place], bucket.env);
    const { stdout, stderr } = await run.ended;
    expect(stdout).toMatch(/^2 made .*, 2 failed in /);
    one.child.kill('SIGINT');
    await one.ended;
    await bucket.close();
    expect(await filesIn(join(workspace, 's3'))).toEqual(await filesIn(join(workspace, 'local')));
    expect(
      [...bucket.objects.keys()].filter((key) => !/^cats\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/.test(key)),
    ).toEqual([]);
    const secret = bucket.env.AWS_SECRET_ACCESS_KEY!;
    expect([stdout, stderr, one.said()].filter((text) => text.includes(secret))).toEqual([]);
  }, 60_000);

  test('machines with another version of the program, or another store, are refused', async () => {
    const sign = JSON.stringify({ version: '9.9.9', host: 'press-3', browser: null });
    redis.ask('set', 'printcat:here:worker:test', sign);
    const run = await batch('other', ...queued()).ended;
    redis.ask('del', 'printcat:here:worker:test');
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(
      /^error: Expected workers of printcat \d.*, as this is, but received workers of printcat 9\.9\.9 on press-3\nhint: /,
    );
    redis.ask('set', 'printcat:here:run:test', sign);
    const one = await worker().ended;
    redis.ask('del', 'printcat:here:run:test');
    expect(one.code).toBe(2);
    expect(one.stderr).toMatch(/^error: Expected orders of printcat .* printcat 9\.9\.9 on press-3$/m);

    const other = start(elsewhere, ['worker', '--queue', redis.url, '--store', join(elsewhere, 'another')], {
      PRINTCAT_CACHE: join(elsewhere, 'fresh'),
    });
    const sending = batch('other', ...queued());
    const { code, stderr } = await other.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Expected [0-9a-f]{64} in the store .*another but it is not there$/m);
    // What it had begun it has given back.
    expect(held()).toHaveLength(4);
    const dated = start(elsewhere, ['worker', ...queued()], {
      ...{ PRINTCAT_CACHE: join(elsewhere, 'cache'), SOURCE_DATE_EPOCH: '1' },
    });
    expect(await dated.ended).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /^error: Expected SOURCE_DATE_EPOCH to be unset, as where the orders come from/m,
      ),
    });
    expect(held()).toHaveLength(4);
    sending.child.kill('SIGINT');
    await sending.ended;
    expect(held()).toEqual([]);
  }, 60_000);
});

describe('what cannot be reached', () => {
  const store = () => ['--store', tmpdir()];

  test('no Redis', async () => {
    const queue = `redis://:${PASSWORD}@127.0.0.1:${await freePort()}`;
    for (const args of [['worker'], ['batch', 'orders.yaml']]) {
      if (!hasRedis && args[0] === 'batch') continue;
      const { code, stderr } = await start(workspace ?? tmpdir(), [...args, '--queue', queue, ...store()])
        .ended;
      expect(code).toBe(3);
      expect(stderr).toMatch(
        /^error: Expected Redis at redis:\/\/127\.0\.0\.1:\d+ but nobody answers there \(.*ECONNREFUSED.*\)\nhint: .*redis-server/,
      );
      expect(stderr).not.toContain(PASSWORD);
    }
  });

  test.skipIf(!hasRedis)('a wrong password', async () => {
    const queue = `redis://:wr0ng@127.0.0.1:${redis.port}`;
    const { code, stderr } = await start(tmpdir(), ['worker', '--queue', queue, ...store()]).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: Redis at redis:\/\/127\.0\.0\.1:\d+ refuses the user or the password\nhint: /,
    );
    expect(stderr).not.toContain('wr0ng');
  });

  test.each([
    [['--queue', 'http://me:s3cret@host'], /^error: Expected an address such as redis:/],
    [['--queue', 'redis://me:s3cret@'], /^error: Expected an address such as redis:/],
    [[], /^error: Expected --queue and --store for printcat worker/],
  ])('%s', async (args, said) => {
    const { code, stderr } = await start(tmpdir(), ['worker', ...args, ...(args.length > 0 ? store() : [])])
      .ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('s3cret');
  });

  test('a store that cannot be', async () => {
    const { code, stderr } = await start(tmpdir(), [
      'worker',
      '--queue',
      'redis://x',
      '--store',
      '/nowhere/share',
    ]).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: Expected a folder for --store but received \/nowhere\/share /);
  });
});
