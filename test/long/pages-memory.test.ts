import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/pages.mjs', import.meta.url));

test('the memory of the press stage does not grow with the pages', { timeout: 300_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [BENCH, '--json', 'interior', '20,100']);
  const [few, many] = JSON.parse(stdout) as { anonymous: number }[];
  console.log(`20 pages ${few!.anonymous.toFixed(0)} MB, 100 pages ${many!.anonymous.toFixed(0)} MB`);
  // Five times the pages: what is kept of each would show. The collector's own freedom is a fifth.
  expect(many!.anonymous).toBeLessThan(1.2 * few!.anonymous + 10);
});
