import { execFileSync } from 'node:child_process';

export type Numbers = readonly number[];

/**
 * Converts colours with LittleCMS's own command line, outside of this program.
 * @param from a profile's file, or `*sRGB`, `*Lab`
 * @param rows a colour each: RGB 0…255, inks 0…100, or L*a*b*
 */
export function transicc(
  from: string,
  to: string,
  rows: readonly Numbers[],
  ...options: string[]
): number[][] {
  const out = execFileSync('transicc', ['-n', '-c0', ...options, `-i${from}`, `-o${to}`], {
    input: `${rows.map((row) => row.join(' ')).join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return out
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}

/** What a press shows for inks (0…100), relative to its paper. */
export const printedLab = (profile: string, inks: readonly Numbers[]): number[][] =>
  transicc(profile, '*Lab', inks, '-t1');
