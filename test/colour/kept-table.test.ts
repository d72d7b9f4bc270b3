import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-tables-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const nodes = async (tablesDir?: string) => {
  const colours = await PressColours.open('FOGRA39', { inkLimit: 280, ...(tablesDir && { tablesDir }) });
  return Buffer.from((await colours.pictureTable(null)).nodes);
};

test('a table that was kept is the table that is made, and a damaged one is made again', async () => {
  const fresh = await nodes();
  expect(await nodes(folder)).toEqual(fresh);
  const [file] = await readdir(folder);
  const path = join(folder, file!);
  const kept = await readFile(path);
  expect(await nodes(folder)).toEqual(fresh);

  const damaged = Buffer.from(kept);
  damaged[500_000]! ^= 1;
  for (const bytes of [damaged, kept.subarray(0, 1000), Buffer.alloc(0)]) {
    await writeFile(path, bytes);
    expect(await nodes(folder)).toEqual(fresh);
    expect(await readFile(path)).toEqual(kept);
  }
});

test('a table is read from its file, not made anew', async () => {
  const [file] = await readdir(folder);
  const path = join(folder, file!);
  const other = await mkdtemp(join(tmpdir(), 'printcat-tables-'));
  try {
    // Another limit's table under this one's name: what comes out tells where it came from.
    const free = await PressColours.open('FOGRA39', { tablesDir: other });
    await free.pictureTable(null);
    const [freeFile] = await readdir(other);
    await writeFile(path, await readFile(join(other, freeFile!)));
    const read = await nodes(folder);
    expect(read).toEqual(Buffer.from((await free.pictureTable(null)).nodes));
    expect(read).not.toEqual(await nodes());
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});

test('a folder that cannot be written to does not stop the work', async () => {
  const file = join(folder, 'a file');
  await writeFile(file, '');
  expect(await nodes(join(file, 'below'))).toEqual(await nodes());
});
