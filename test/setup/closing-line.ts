import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What a run came to. */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** `N passed, N failed`, and how many were skipped if any were. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Counts tests; a file that fails beyond its tests (on import, in a hook) and a stray error count as one each. */
export function count(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): Counts {
  const counts: Counts = { passed: 0, failed: strayErrors.length, skipped: 0 };
  for (const module of modules) {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    counts.passed += states.filter((state) => state === 'passed').length;
    counts.skipped += states.filter((state) => state === 'skipped').length;
    const failed = states.filter((state) => state === 'failed').length;
    counts.failed += failed > 0 || module.ok() ? failed : 1;
  }
  return counts;
}

/** Ends a run on a build machine with one plain line that a program can read. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    if (process.env.CI) process.stdout.write(`\n${closingLine(count(modules, strayErrors))}\n`);
  }
}
