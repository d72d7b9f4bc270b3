import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CacheKeeper, cacheUse, keepWithin, markUsed } from '../src/cache-limit.ts';

const HOUR = 3600e3;
const NOW = Date.now();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-cache-'));
  // Hours since they were used last.
  await put('artwork/old.png', 1000, 9);
  await put('artwork/old.json', 10, 9);
  await put('press/ab/middle.data', 2000, 5);
  await put('press/ab/middle.alpha', 500, 6);
  await put('press/ab/middle.json', 10, 6);
  await put('artwork/new.png', 1000, 1);
  await put('artwork/new.json', 10, 1);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, bytes: number, hours: number): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.alloc(bytes));
  const when = new Date(NOW - hours * HOUR);
  await utimes(path, when, when);
  return path;
}

const names = async (): Promise<string[]> => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map(({ name }) => name)
    .sort();
};
const NEW = ['new.json', 'new.png'];
const MIDDLE = ['middle.alpha', 'middle.data', 'middle.json'];

test('says what it takes, the largest kind first', async () => {
  expect(await cacheUse(folder)).toEqual([
    { kind: 'press', entries: 1, bytes: 2510 },
    { kind: 'artwork', entries: 2, bytes: 2020 },
  ]);
  expect(await cacheUse(join(folder, 'nowhere'))).toEqual([]);
});

test('what was not used for longest goes first, with all its files, and no more than must', async () => {
  expect(await keepWithin(folder, 4530, NOW)).toEqual({ before: 4530, after: 4530 });
  expect(await keepWithin(folder, 4000, NOW)).toEqual({ before: 4530, after: 3520 });
  expect(await names()).toEqual([...MIDDLE, ...NEW]);
  expect(await keepWithin(folder, 3000, NOW)).toEqual({ before: 3520, after: 1010 });
  expect(await names()).toEqual(NEW);
});

test('what is read counts as used', async () => {
  await markUsed(join(folder, 'artwork/old.png'));
  await keepWithin(folder, 2100, NOW);
  expect(await names()).toEqual([...NEW, 'old.json', 'old.png']);
});

test('what an order uses that is being made stays, however small the cache may be', async () => {
  const keeper = new CacheKeeper(folder, 1);
  const end = keeper.begin();
  await markUsed(join(folder, 'artwork/old.png'));
  const other = keeper.begin();
  other();
  await keeper.close();
  expect(await names()).toEqual(['old.json', 'old.png']);
  end();
  await keeper.close();
  expect(await names()).toEqual([]);
});

test('half files go when they are a day old, whatever the size', async () => {
  await put('artwork/.0b7e.part', 10, 25);
  await put('artwork/.1c8f.part', 10, 3);
  await keepWithin(folder, 1e9, NOW);
  expect(await names()).toContain('.1c8f.part');
  expect(await names()).not.toContain('.0b7e.part');
  await keepWithin(folder, 0, Number.POSITIVE_INFINITY);
  expect(await names()).toEqual(['.1c8f.part']);
});
