import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { productNames } from '../../src/products/index.ts';
import { printcat } from '../make/cli.ts';
import { filledWorkspace } from '../make/fixtures.ts';

/** The demo cat with clear ground, and one whose picture is full. */
const PICTURES = { 'a clear ground': '20220923124418', 'a full picture': '20220919230104' };
/** Options that a hint gives as an example: `--set title="Loud Cat"`, `--pages 240`. */
const EXAMPLE = /--set (?<field>\w+)="(?<text>.+?)"(?= --|\.)|(?<flag>--[a-z-]+) (?<value>[\w.]*\w)/g;
/** A field or two, then the spine: nobody is sent back more often. */
const MOST_HINTS = 2;

let workspace: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
});
afterAll(() => remove());

/** What a hint tells to add. */
const told = (hint: string): string[] =>
  [...hint.matchAll(EXAMPLE)].flatMap(({ groups }) =>
    groups!.field ? ['--set', `${groups!.field}=${groups!.text}`] : [groups!.flag!, groups!.value!],
  );

describe.each(productNames())('%s of nothing but a picture', (product) => {
  test.each(Object.entries(PICTURES))(
    'with %s is made, or says what to add, and is made with that',
    { timeout: 120_000 },
    async (_, id) => {
      const line = ['make', product, id, '--upscaler', 'lanczos'];
      for (let hints = 0; ; hints++) {
        const run = await printcat(workspace, line);
        if (run.code === 0) return;
        expect([run.code, hints < MOST_HINTS], `${line.join(' ')}: ${run.stderr}`).toEqual([2, true]);
        const [error, hint, ...more] = run.stderr.trimEnd().split('\n');
        expect(error).toMatch(/^error: /);
        expect(more).toEqual([]);
        const added = told(hint ?? '');
        expect(added, `an example in: ${run.stderr}`).not.toEqual([]);
        line.push(...added);
      }
    },
  );
});
