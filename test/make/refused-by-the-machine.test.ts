import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asRefusal } from '../../src/system-error.ts';
import { printcat } from './cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-refused-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a cache below a file: one line and a hint, no stack', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const run = await printcat(folder, ['models', 'remove'], { PRINTCAT_CACHE: join(file, 'cache') });
  expect(run.stderr).not.toMatch(/^ {4}at /m);
  const fetch = await printcat(folder, ['init', join(file, 'workspace')]);
  expect(fetch.code).not.toBe(0);
  expect(fetch.stderr).toMatch(/^error: .*/);
  expect(fetch.stderr).not.toMatch(/^ {4}at /m);
});

test('a catalogue that may not be written to', async () => {
  const workspace = join(folder, 'workspace');
  expect((await printcat(folder, ['init', workspace])).code).toBe(0);
  const own = join(workspace, '.printcat');
  await chmod(own, 0o500);
  try {
    const run = await printcat(workspace, ['list']);
    expect(run.stderr).not.toMatch(/^ {4}at /m);
  } finally {
    await chmod(own, 0o700);
  }
});

test('what the machine refuses is told in words; a mistake of the program stays one', () => {
  const refused = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS', path: '/x/y' });
  expect(asRefusal(refused)).toMatchObject({ message: '/x/y: the file system is read-only', exitCode: 1 });
  const database = Object.assign(new Error('attempt to write a readonly database'), {
    code: 'SQLITE_READONLY',
  });
  expect(asRefusal(database)).toMatchObject({ message: expect.stringMatching(/catalogue is read-only/) });
  const mistake = new TypeError('undefined is not a function');
  expect(asRefusal(mistake)).toBe(mistake);
  expect(asRefusal(Object.assign(new Error('?'), { code: 'ERR_ASSERTION' }))).toMatchObject({ message: '?' });
});
