import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filledWorkspace, IMAGES } from './fixtures.ts';

const CLI = fileURLToPath(new URL('../../dist/bin/printcat.js', import.meta.url));

let workspace: string;
let remove: () => Promise<void>;
/** What an order leaves when nobody stops it, and the time that it takes, ms. */
let whole: readonly string[];
let time: number;

beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
  const start = performance.now();
  const { code } = await make('whole', 300);
  time = performance.now() - start;
  expect(code).toBe(0);
  whole = await files(join(workspace, 'whole'));
  expect(whole).toContainEqual(expect.stringMatching(/\.pdf$/));
});
afterAll(() => remove?.());

/** All files below a folder. */
const files = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

/** Makes a cover, and stops it by Ctrl-C after a time if one is given, ms. */
async function make(out: string, ppi: number, delay?: number) {
  const args = ['make', 'book-cover', IMAGES[0]!, '--pages', '200', '-s', 'title=Stopped', '--out', out];
  const child = spawn(process.execPath, [CLI, ...args, '--upscaler', 'lanczos', '--ppi', `${ppi}`], {
    cwd: workspace,
    stdio: 'pipe',
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (delay !== undefined) setTimeout(() => child.kill('SIGINT'), delay);
  return { code: await ended, stderr };
}

// From 0.2 on, the handler of signals is there; the resolution differs, so that no step is taken from the cache.
test.each([0.25, 0.4, 0.6, 0.8])(
  'Ctrl-C after %f of its time leaves all of an order or nothing',
  async (share) => {
    const out = `stopped-${share}`;
    const { code, stderr } = await make(out, 300 + share * 10, share * time);
    const made = await files(join(workspace, out)).catch(() => []);
    if (made.length > 0) {
      expect(made).toHaveLength(whole.length);
      // All was made: Node no longer listens to signals while it ends.
      expect([0, null]).toContain(code);
    } else {
      expect(code).toBe(130);
      expect(stderr).toBe('error: Stopped.\n');
    }
    const partial = (await files(workspace)).filter((name) => name.endsWith('.part'));
    expect(partial).toEqual([]);
  },
);
