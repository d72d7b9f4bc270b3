import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { hashFile } from '../../src/files.ts';
import { batchWorkspace } from '../batch/workspace.ts';

const CLI = fileURLToPath(new URL('../../dist/bin/printcat.js', import.meta.url));
const ORDERS = 16;

let workspace: string;
let remove: () => Promise<void>;
let disk: string;
/** Whether a small disk could be mounted, for which one must be root. */
let mounted = false;

beforeAll(async () => {
  ({ workspace, remove } = await batchWorkspace());
  const catalogue = openCatalogue(workspace);
  // One of the demo pictures after these has a white edge, which preflight refuses.
  const ids = catalogue.ids().slice(0, 8);
  catalogue.close();
  const orders = Array.from({ length: ORDERS }, (_, i) => ({
    ...{ product: 'leaf', image: ids[i % ids.length], template: 'plain', name: `leaf-${i}` },
    ...{ upscaler: 'lanczos', ppi: 300, fields: { title: `No. ${i}` } },
  }));
  await writeFile(join(workspace, 'leaves.jsonl'), orders.map((order) => JSON.stringify(order)).join('\n'));
  disk = await mkdtemp(join(tmpdir(), 'printcat-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk], { stdio: 'ignore' });
    mounted = true;
  } catch {
    // No right to mount: the test says that it was left out.
  }
});
afterAll(async () => {
  if (mounted) execFileSync('umount', [disk]);
  if (disk) await rm(disk, { recursive: true });
  await remove?.();
});

function batch(out: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [CLI, 'batch', 'leaves.jsonl', '--out', out], { cwd: workspace });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

async function hashes(out: string): Promise<Record<string, string>> {
  const folder = join(out, 'leaf');
  const found: Record<string, string> = {};
  for (const file of (await readdir(folder)).sort()) found[file] = await hashFile(join(folder, file));
  return found;
}

test('a full disk ends the run with one line, leaves whole orders only, and the run goes on when there is room', async ({
  skip,
}) => {
  if (!mounted) skip('Only root can mount a small disk');
  const elsewhere = join(workspace, 'elsewhere');
  expect(await batch(elsewhere)).toEqual({ code: 0, stderr: '' });
  const whole = await hashes(elsewhere);

  // What is there already leaves room for some orders, not for all.
  const first = Object.keys(whole).filter((file) => file.startsWith('leaf-0'));
  const sizes = await Promise.all(
    first.map(async (file) => (await readFile(join(elsewhere, 'leaf', file))).length),
  );
  const room = sizes.reduce((sum, size) => sum + size) * 10;
  const ballast = join(disk, 'ballast');
  await writeFile(ballast, Buffer.alloc(Math.max(0, 64 * 2 ** 20 - room)));
  const out = join(disk, 'out');
  await mkdir(out);
  const stopped = await batch(out);
  expect(stopped.code).toBe(1);
  expect(stopped.stderr.match(/^error: .*$/gm)).toHaveLength(1);
  expect(stopped.stderr).toMatch(/^error: .*no space left/im);
  expect(stopped.stderr).not.toMatch(/^\s+at /m);
  const left = await hashes(out);
  const orders = Object.keys(left).filter((file) => file.endsWith('.json'));
  expect(orders.length).toBeGreaterThan(0);
  expect(orders.length).toBeLessThan(ORDERS);
  expect(Object.keys(left)).toHaveLength(orders.length * first.length);
  expect(left).toEqual(Object.fromEntries(Object.entries(whole).filter(([file]) => file in left)));
  expect(await readdir(join(out, '.printcat', 'runs'))).toEqual([]);

  await rm(ballast);
  expect(await batch(out)).toEqual({ code: 0, stderr: '' });
  expect(await hashes(out)).toEqual(whole);
}, 300_000);
