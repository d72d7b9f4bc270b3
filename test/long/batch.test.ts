import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryOf } from '../../src/batch/browsers.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { hashFile } from '../../src/files.ts';
import { seeded } from '../../src/random.ts';
import { batchWorkspace, PRODUCTS } from '../batch/workspace.ts';

const CLI = fileURLToPath(new URL('../../dist/bin/printcat.js', import.meta.url));
const SEED = 20261122;
const KILLS = 20;
/** Orders of the list that cannot be made: their text does not fit, which is seen when it is laid out. */
const BROKEN = [3, 47, 90, 121, 160, 199];
const ORDERS = 200;

let workspace: string;
let remove: () => Promise<void>;
/** Files of an undisturbed run. */
let whole: Record<string, string>;
/** What that took, ms. */
let firstTime: number;

beforeAll(async () => {
  ({ workspace, remove } = await batchWorkspace());
  const catalogue = openCatalogue(workspace);
  const ids = catalogue.ids().slice(0, 8);
  catalogue.close();
  const products = Object.keys(PRODUCTS);
  const orders = Array.from({ length: ORDERS }, (_, i) => ({
    ...{ product: products[i % products.length], image: ids[Math.floor(i / products.length) % ids.length] },
    ...{ name: `order-${i}`, upscaler: 'lanczos', ppi: 150, stamp: String(i) },
    template: i % 10 === 1 ? 'other' : 'plain',
    fields: { title: BROKEN.includes(i) ? 'Much too long for its place. '.repeat(6) : `No. ${i}` },
  }));
  await writeFile(join(workspace, 'orders.jsonl'), orders.map((order) => JSON.stringify(order)).join('\n'));
  await writeFile(
    join(workspace, 'few.jsonl'),
    orders
      .slice(4, 44)
      .map((order) => JSON.stringify(order))
      .join('\n'),
  );
});
afterAll(() => remove?.());

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string; ms: number }>;
}

function start(file: string, out: string): Run {
  const begun = performance.now();
  const child = spawn(process.execPath, [CLI, 'batch', file, '--out', out, '--json'], { cwd: workspace });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    text.stdout += data;
  });
  child.stderr.on('data', (data) => {
    text.stderr += data;
  });
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    child.once('close', (code) => resolve({ code, ...text, ms: performance.now() - begun }));
  });
  return { child, ended };
}

async function made(out: string): Promise<Record<string, string>> {
  const folder = join(workspace, out);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes: Record<string, string> = {};
  for (const file of files.sort()) hashes[file.slice(folder.length + 1)] = await hashFile(file);
  return Object.fromEntries(
    Object.entries(hashes).filter(([file]) => !file.startsWith('.printcat') && file !== 'run.json'),
  );
}

test('200 orders with 6 broken ones: 194 are made, 6 are named', async () => {
  const { code, stdout, stderr, ms } = await start('orders.jsonl', 'whole').ended;
  firstTime = ms;
  expect(code).toBe(1);
  const summary = JSON.parse(stdout);
  expect(summary).toMatchObject({ made: 194, unchanged: 0, left: 0 });
  const lines = [...stderr.matchAll(/^failed: orders\.jsonl:(\d+) /gm)].map(([, line]) => Number(line) - 1);
  expect(lines.sort((a, b) => a - b)).toEqual(BROKEN);
  whole = await made('whole');
  expect(Object.keys(whole).filter((file) => file.endsWith('.pdf'))).toHaveLength(194);
}, 400_000);

test('again: nothing is made', async () => {
  const file = join(workspace, 'orders.jsonl');
  const sound = (await readFile(file, 'utf8')).split('\n').filter((_, i) => !BROKEN.includes(i));
  await writeFile(join(workspace, 'sound.jsonl'), sound.join('\n'));
  const { code, stdout, ms } = await start('sound.jsonl', 'whole').ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ made: 0, unchanged: 194 });
  expect(await made('whole')).toEqual(whole);
  console.log(`again: ${Math.round(ms)} ms, ${((ms / firstTime) * 100).toFixed(1)} % of the first time`);
}, 60_000);

test('killed at 20 moments and resumed, the files are those of an undisturbed run', async () => {
  const random = seeded(SEED);
  for (let i = 0; i < KILLS; i++) {
    const run = start('orders.jsonl', 'killed');
    // Some moments before anything is made, most in the middle of it.
    const timer = setTimeout(() => run.child.kill('SIGKILL'), 300 + (random.next() * firstTime) / 5);
    await run.ended;
    clearTimeout(timer);
  }
  const { stdout } = await start('orders.jsonl', 'killed').ended;
  const summary = JSON.parse(stdout);
  expect(summary.made + summary.unchanged).toBe(194);
  expect(await made('killed')).toEqual(whole);
  expect(await readdir(join(workspace, 'killed', '.printcat', 'runs'))).toEqual([]);
  expect(await readdir(join(workspace, 'killed', '.printcat', 'claims'))).toEqual([]);
}, 600_000);

/** The browser that a process started, by /proc: its child that is no thread of Node's. */
async function browserOf(pid: number): Promise<number | null> {
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [line, stat] = await Promise.all(
      ['cmdline', 'stat'].map((name) => readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '')),
    );
    const parent = Number(stat!.slice(stat!.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === pid && /chrom/i.test(line!.split('\0')[0]!)) return Number(id);
  }
  return null;
}

test.skipIf(process.platform !== 'linux')(
  'the browser killed in the middle, three times: the run finishes',
  async () => {
    const run = start('few.jsonl', 'browserless');
    const killed = new Set<number>();
    const timer = setInterval(async () => {
      const browser = await browserOf(run.child.pid!);
      if (browser === null || killed.size === 3 || killed.has(browser)) return;
      killed.add(browser);
      setTimeout(() => process.kill(browser, 'SIGKILL'), 1500);
    }, 200);
    const { code, stdout, stderr } = await run.ended;
    clearInterval(timer);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ made: 40, failed: [] });
    expect(killed.size).toBeGreaterThan(0);
    const files = await made('browserless');
    expect(files).toEqual(Object.fromEntries(Object.entries(whole).filter(([file]) => file in files)));
  },
  200_000,
);

test.skipIf(process.platform !== 'linux')(
  'memory stays flat: five times as many orders take no fifth more',
  async () => {
    const browsers = new Set<number>();
    const peakOf = async (file: string, out: string) => {
      const run = start(file, out);
      let peak = 0;
      const timer = setInterval(async () => {
        peak = Math.max(peak, await memoryOf(run.child.pid!));
        const browser = await browserOf(run.child.pid!);
        if (browser !== null) browsers.add(browser);
      }, 300);
      await run.ended;
      clearInterval(timer);
      return peak;
    };
    const [few, all] = [await peakOf('few.jsonl', 'few'), await peakOf('sound.jsonl', 'all')];
    console.log(
      `peak memory with the browser: ${Math.round(few / 1e6)} MB for 40 orders, ${Math.round(all / 1e6)} MB for 194`,
    );
    expect(all).toBeLessThan(few * 1.2);
    // A browser of each run: none was thought too large for what its processes share.
    expect([...browsers]).toHaveLength(2);
  },
  400_000,
);

test('one template changed: only its orders are made again', async () => {
  const css = join(workspace, 'templates', 'other', 'style.css');
  await writeFile(css, (await readFile(css, 'utf8')).replace('7pt', '6pt'));
  const { code, stdout } = await start('sound.jsonl', 'whole').ended;
  expect(code).toBe(0);
  // Every tenth of 200, of which one is broken.
  expect(JSON.parse(stdout)).toMatchObject({ made: 19, unchanged: 175 });
}, 120_000);
