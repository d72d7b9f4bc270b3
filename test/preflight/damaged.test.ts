import { describe, it } from 'vitest';
import { damagedFiles, hostileFiles } from './damage.ts';
import { expectSurvival } from './survives.ts';

/** The quick tests run beside others on a busy machine; test/long holds all files to 5 s. */
const SECONDS = 40;

describe('a damaged file ends in findings or a clear error', () => {
  for (const { name, file } of damagedFiles(30)) it(name, () => expectSurvival(file, SECONDS));
});

describe('a file that means harm ends in a finding', () => {
  for (const { name, file } of hostileFiles()) it(name, () => expectSurvival(file, SECONDS));
});
