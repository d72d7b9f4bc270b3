import { readFile } from 'node:fs/promises';
import { preflight } from '../../src/preflight/preflight.ts';
import { ruleSet } from '../../src/preflight/rule-set.ts';

/** What the label profile finds wrong with a file: rules, each once. */
export async function labelFindings(file: string): Promise<string[]> {
  const { findings } = await preflight(await readFile(file), { ...ruleSet('label'), off: [] });
  return [...new Set(findings.map(({ rule }) => rule))];
}
