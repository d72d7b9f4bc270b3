import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { printcat } from '../make/cli.ts';
import { filledWorkspace, IMAGES } from '../make/fixtures.ts';

const CLI = fileURLToPath(new URL('../../dist/bin/printcat.js', import.meta.url));
let workspace: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
});
afterAll(() => remove());

/** Starts the program, asks it for its choices as the page does, and stops it by Ctrl-C. */
async function visit(args: readonly string[]): Promise<{ order: unknown; code: number | null; url: URL }> {
  const child = spawn(process.execPath, [CLI, ...args, '--no-open'], { cwd: workspace });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(String(text).trim()));
    void ended.then((code) => reject(new Error(`It ended with ${code}`)));
  });
  const url = new URL(line);
  const cookie = `printcat-${url.port}=${url.searchParams.get('token')}`;
  const { order } = (await (
    await fetch(new URL('/api/choices', url), { headers: { Cookie: cookie } })
  ).json()) as { order: unknown };
  child.kill('SIGINT');
  return { order, code: await ended, url };
}

it('serves this machine alone, with the order of its line, until Ctrl-C', async () => {
  const args = [
    'preview',
    'book-cover',
    IMAGES[0]!,
    '--pages',
    '240',
    '-s',
    'title=Night Walks',
    '--focal',
    '0.25,0.5',
  ];
  const { order, code, url } = await visit(args);
  expect(url.hostname).toBe('127.0.0.1');
  expect(url.searchParams.get('token')).toMatch(/^[\w-]{32}$/);
  expect(order).toEqual({
    ...{ product: 'book-cover', images: [IMAGES[0]], fields: { title: 'Night Walks' }, pages: 240 },
    focal: '0.25,0.5',
  });
  expect(code).toBe(0);
});

it('is found at the same port from one day to the next, and at another where that is taken', async () => {
  const taken = createServer().listen(4747, '127.0.0.1');
  // Whoever else is there takes it as well as we do.
  await new Promise((resolve) => taken.once('listening', resolve).once('error', resolve));
  const { url, code } = await visit(['studio']);
  expect(Number(url.port)).not.toBe(4747);
  expect(code).toBe(0);
  taken.close();
});

it('starts with an order from a file', async () => {
  const yaml = `product: book-cover\nimage: "${IMAGES[1]}"\npages: 200\nfields:\n  title: "1984"\n`;
  await writeFile(join(workspace, 'cover.yaml'), yaml);
  const { order } = await visit(['studio', '--order', 'cover.yaml']);
  const fields = { title: '1984' };
  expect(order).toEqual({ product: 'book-cover', images: [IMAGES[1]], pages: 200, fields });
});

it('says what is wrong with its line before it opens anything', async () => {
  const wrong = [
    [['studio', '--order', 'nothing.yaml', '--no-open'], /The order .*nothing\.yaml cannot be read/],
    [['studio', '--port', '70000', '--no-open'], /Expected .*65535 for --port/],
    [['preview', 'boat', IMAGES[0]!, '--no-open'], /Expected one of .* for the product/],
    [['studio', '--host', '203.0.113.7', '--no-open'], /cannot listen at 203\.0\.113\.7/],
  ] as const;
  for (const [args, message] of wrong) {
    const { code, stderr } = await printcat(workspace, args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  }
});
