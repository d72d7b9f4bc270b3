import { describe, it } from 'vitest';
import { damagedFiles, hostileFiles } from '../preflight/damage.ts';
import { expectSurvival } from '../preflight/survives.ts';

const SECONDS = 5;

describe('300 damaged files end within 5 s', () => {
  for (const { name, file } of damagedFiles(300)) it(name, () => expectSurvival(file, SECONDS));
});

describe('files that mean harm end within 5 s', () => {
  for (const { name, file } of hostileFiles()) it(name, () => expectSurvival(file, SECONDS));
});
