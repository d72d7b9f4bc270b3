import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filledWorkspace, IMAGES } from './fixtures.ts';

const CLI = fileURLToPath(new URL('../../dist/bin/printcat.js', import.meta.url));

let workspace: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
});
afterAll(() => remove?.());

/** All files below a folder. */
const files = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

test.each([700, 1200, 1800, 2500])('Ctrl-C after %d ms leaves all of an order or nothing', async (delay) => {
  const out = `stopped-${delay}`;
  const args = ['make', 'book-cover', IMAGES[0]!, '--pages', '200', '-s', 'title=Stopped', '--out', out];
  const child = spawn(
    process.execPath,
    [CLI, ...args, '--upscaler', 'lanczos', '--ppi', `${300 + delay / 100}`],
    {
      cwd: workspace,
      stdio: 'pipe',
    },
  );
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  setTimeout(() => child.kill('SIGINT'), delay);
  const code = await ended;
  const made = await files(join(workspace, out)).catch(() => []);
  if (code === 0) expect(made).toHaveLength(3);
  else {
    expect(code).toBe(130);
    expect(stderr).toBe('error: Stopped.\n');
    expect(made).toEqual([]);
  }
  const partial = (await files(workspace)).filter((name) => name.endsWith('.part'));
  expect(partial).toEqual([]);
});
