import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Delivery, deliver, describeFile, requireWritable } from '../../src/delivery/deliver.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-deliver-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const order = (text: string): Delivery[] => [
  { name: 'a.pdf', role: 'print', bytes: Buffer.from(`pdf ${text}`) },
  { name: 'a.png', role: 'proof', bytes: Buffer.from(`png ${text}`) },
  { name: 'a.json', role: 'manifest', bytes: Buffer.from(`json ${text}`) },
];

const contents = async () => {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), 'utf8').catch(() => 'folder')]),
    ),
  );
};

describe('delivery', () => {
  test('writes all files under their names and leaves nothing else', async () => {
    await deliver(folder, order('1'));
    expect(await contents()).toEqual({ 'a.json': 'json 1', 'a.pdf': 'pdf 1', 'a.png': 'png 1' });
    await deliver(folder, order('2'));
    expect(await contents()).toEqual({ 'a.json': 'json 2', 'a.pdf': 'pdf 2', 'a.png': 'png 2' });
  });

  test('where one file cannot take its place, the older ones are all back', async () => {
    await deliver(folder, order('1'));
    const blocked = order('2');
    blocked[1] = { name: 'missing/a.png', role: 'proof', bytes: Buffer.from('png 2') };
    await expect(deliver(folder, blocked)).rejects.toMatchObject({
      exitCode: 1,
      message: /Could not write into/,
    });
    expect(await contents()).toEqual({ 'a.json': 'json 1', 'a.pdf': 'pdf 1', 'a.png': 'png 1' });
  });

  test('two deliveries at once do each other no harm', async () => {
    const other = order('B').map((file) => ({ ...file, name: `b${file.name}` }));
    await Promise.all([deliver(folder, order('A')), deliver(folder, other)]);
    expect(Object.keys(await contents())).toEqual([
      'a.json',
      'a.pdf',
      'a.png',
      'ba.json',
      'ba.pdf',
      'ba.png',
    ]);
  });

  test('a folder that is a file is refused before any work', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(requireWritable(join(folder, 'file'))).rejects.toMatchObject({
      exitCode: 2,
      message: /--out/,
    });
    await mkdir(join(folder, 'deep'));
    await requireWritable(join(folder, 'deep', 'er'));
    expect(await readdir(join(folder, 'deep', 'er'))).toEqual([]);
  });

  test('checksums are those that md5sum and sha256sum print', () => {
    expect(describeFile({ name: 'a', role: 'print', bytes: Buffer.from('cat\n') })).toMatchObject({
      bytes: 4,
      md5: '54b8617eca0e54c7d3c8e6732c6b687a',
      sha256: '175cc6f362b2f75acd08a373e000144fdb8d14a833d4b70fd743f16a7039103f',
    });
  });
});
