import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/pages.mjs', import.meta.url));
/** What the collector leaves lying is not the same in every run: it was seen to differ by 15 %. */
const TOLERANCE = 1.25;

test.each([
  // Half a megabyte kept of each page would be 45 MB more.
  ['an interior', 'interior', [30, 120]],
  // A page's picture is 5 MB: kept, they would be 100 MB more.
  ['a calendar', 'calendar', [10, 30]],
] as const)('%s of many pages takes the memory of few', { timeout: 300_000 }, async (_, kind, counts) => {
  const { stdout } = await promisify(execFile)(process.execPath, [BENCH, '--json', kind, counts.join()]);
  const [few, many] = (JSON.parse(stdout) as { anonymous: number }[]).map(({ anonymous }) => anonymous);
  console.log(`${counts.join(' and ')} pages: ${few!.toFixed(0)} and ${many!.toFixed(0)} MB`);
  expect(many).toBeLessThan(TOLERANCE * few!);
});
