import { describe, it } from 'vitest';
import { damagedFiles, hostileFiles } from './damage.ts';
import { expectSurvival } from './survives.ts';

/** All 300 are in test/long. */
describe('a damaged file ends in findings or a clear error', () => {
  for (const { name, file } of damagedFiles(30)) it(name, () => expectSurvival(file));
});

describe('a file that means harm ends in a finding', () => {
  for (const { name, file } of hostileFiles()) it(name, () => expectSurvival(file));
});
