import { describe, it } from 'vitest';
import { damagedFiles } from '../preflight/damage.ts';
import { expectSurvival } from '../preflight/survives.ts';

describe('300 damaged files', () => {
  for (const { name, file } of damagedFiles(300)) it(name, () => expectSurvival(file));
});
