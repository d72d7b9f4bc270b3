import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const bench = (name: string) => fileURLToPath(new URL(`../../bench/${name}.mjs`, import.meta.url));
const SAMPLES = existsSync(fileURLToPath(new URL('../../../shared/samples', import.meta.url)));

/** What a bench measures is for people to read; here it is only seen that it still can, each with little to do. */
const run = async (name: string, ...args: string[]): Promise<string> => {
  const env = { ...process.env, NO_COLOR: '1', PRINTCAT_BENCH: 'small' };
  const { stdout } = await promisify(execFile)(process.execPath, [bench(name), ...args], { env });
  return stdout;
};

test('the bench of batches makes its orders both ways', async () => {
  expect(await run('batch', '2', '--quick')).toMatch(/^printcat against the loop: [\d.]+× by Lanczos/m);
}, 120_000);

test('the bench of the line goes through all of it', async () => {
  const stdout = await run('line');
  expect(stdout.match(/aim: at most/g)).toHaveLength(3);
  expect(stdout).toMatch(/^upscaling 512→2048, .*: [\d.]+ s per output megapixel/m);
}, 300_000);

describe.skipIf(!SAMPLES)('with the sample pictures', () => {
  test('the bench of the press stage converts by all four', async () => {
    const rows = (await run('press')).match(/│ [\w, ]+ +│ '[\d.]+' +│ '[\d.]+' +│/g);
    expect(rows).toHaveLength(4);
  }, 120_000);
});
