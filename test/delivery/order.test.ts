import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../src/paths.ts';
import { hasTool, validateXml } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { type CliRun, printcat } from '../make/cli.ts';
import { filledWorkspace, IMAGES } from '../make/fixtures.ts';

let workspace: string;
let remove: () => Promise<void>;
let made: CliRun;
let file: string;

/** An order with a person's name on it, a template and a press profile by their paths, and two hundred copies. */
beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
  await writeFile(join(workspace, 'printcat.json'), JSON.stringify({ version: 1, user: 'Mei Hayashi' }));
  await cp(packagePath('templates', 'quarter'), join(workspace, 'drafts', 'mine'), { recursive: true });
  const profiles = packagePath('assets', 'icc');
  const profile = (await readdir(profiles)).find((name) => /fogra39.*\.icc$/i.test(name))!;
  await cp(join(profiles, profile), join(workspace, 'press.icc'));
  made = await printcat(workspace, [
    ...['make', 'book-cover', IMAGES[0]!, '--set', 'title=A secret', '--set', 'author=Rosa Example'],
    ...['--template', join(workspace, 'drafts', 'mine'), '--profile', join(workspace, 'press.icc')],
    ...['--printer', 'jp', '--size', 'a6', '--pages', '200', '--upscaler', 'lanczos'],
    ...['--quantity', '200', '--sku', 'COVER-A6', '--out', 'made'],
  ]);
  const names = await readdir(join(workspace, 'made')).catch(() => []);
  file = join(workspace, 'made', names.find((name) => name.endsWith('.json')) ?? 'none');
});
afterAll(() => remove?.());

test('is made, and its manifest says for whom, how many and by which numbers', async () => {
  expect(made.stderr).not.toContain('error');
  expect(made.code).toBe(0);
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  expect(manifest).toMatchObject({
    ...{
      format: 'printcat-manifest-1',
      quantity: 200,
      product: 'book-cover',
      group: 'covers',
      template: 'mine',
    },
    provider: { name: 'jp', sku: 'COVER-A6' },
    ppi: { wanted: 350 },
  });
  const names = manifest.preset.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['size a6', 'bleed', 'safe', 'marks', 'file.ppi']));
  for (const { authority, retrieved } of manifest.preset) {
    if (!['unverified', 'project', 'user'].includes(authority)) expect(retrieved).toMatch(/^\d{4}-\d{2}$/);
  }
  expect(manifest.ppi.least).toBeGreaterThanOrEqual(349);
});

test('has nothing of a person in it, and no place of this machine', async () => {
  const text = await readFile(file, 'utf8');
  for (const secret of [
    'Mei',
    'Hayashi',
    'Rosa',
    'Example',
    'secret',
    workspace,
    process.cwd(),
    hostname(),
  ]) {
    expect(text).not.toContain(secret);
  }
  if (userInfo().username !== 'root') expect(text).not.toContain(userInfo().username);
  expect(text).not.toMatch(/"\/|[A-Z]:\\\\|\/tmp|\/home/);
});

test.skipIf(!hasTool('python3'))('its checksums are those that another program counts', async () => {
  const script =
    'import hashlib, json, sys; b = open(sys.argv[1], "rb").read(); print(json.dumps([len(b), hashlib.md5(b).hexdigest(), hashlib.sha256(b).hexdigest()]))';
  const { files } = JSON.parse(await readFile(file, 'utf8'));
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const { path, bytes, md5, sha256 } of files) {
    const found = await judge('python3', '-c', script, join(workspace, 'made', path));
    expect(JSON.parse(found)).toEqual([bytes, md5, sha256]);
  }
});

test.skipIf(!hasTool('python3'))('its manifest is what its published schema describes', async ({ skip }) => {
  await judge('python3', '-c', 'import jsonschema').catch(() => skip('python3 has no jsonschema'));
  const validator =
    'import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))';
  await judge('python3', '-c', validator, file, packagePath('assets', 'schemas', 'manifest.schema.json'));
});

test.skipIf(!hasTool('unzip') || !hasTool('xmllint'))('is packed with a ticket for it', async () => {
  const { code, stderr } = await printcat(workspace, ['pack', 'made', '--to', 'jp.zip']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const ticket = await judge('unzip', '-p', join(workspace, 'jp.zip'), 'ticket.xjdf');
  await validateXml(ticket, new URL('xjdf-structure.xsd', import.meta.url).pathname);
  expect(ticket).toContain('Amount="200"');
  await rm(join(workspace, 'made'), { recursive: true });
  const again = await printcat(workspace, ['pack', 'made', '--to', 'jp.zip']);
  expect(again.code).toBe(2);
});
