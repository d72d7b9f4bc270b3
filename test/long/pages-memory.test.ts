import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bench/pages.mjs', import.meta.url));
const SAMPLES = existsSync(fileURLToPath(new URL('../../../shared/samples', import.meta.url)));

// What the collector leaves lying is not the same in every run: 154 to 188 MB were seen for the same pages.
test.skipIf(!SAMPLES || process.platform !== 'linux').each([
  // Half a megabyte kept of each page would be 85 MB more.
  ['an interior', 'interior', [30, 200], 1.5],
  // A page's picture is 5 MB: kept, they would be 100 MB more.
  ['a calendar', 'calendar', [10, 30], 1.25],
] as const)(
  '%s of many pages takes the memory of few',
  { timeout: 300_000 },
  async (_, kind, counts, most) => {
    const { stdout } = await promisify(execFile)(process.execPath, [BENCH, '--json', kind, counts.join()]);
    const [few, many] = (JSON.parse(stdout) as { anonymous: number }[]).map(({ anonymous }) => anonymous);
    console.log(`${counts.join(' and ')} pages: ${few!.toFixed(0)} and ${many!.toFixed(0)} MB`);
    expect(many).toBeLessThan(most * few!);
  },
);
