import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PrintcatError } from '../../src/errors.ts';
import { sha256Of } from '../../src/files.ts';
import { Objects } from '../../src/queue/objects.ts';
import { openStore, type Store } from '../../src/queue/store.ts';
import { BucketServer } from './bucket.ts';
import { freePort } from './redis-server.ts';

let folder: string;
let bucket: BucketServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-store-'));
  bucket = await BucketServer.start('prints');
});
afterAll(async () => {
  await bucket.close();
  await rm(folder, { recursive: true, force: true });
});

const BYTES = Buffer.from('a picture\0\xff', 'latin1');
const HASH = sha256Of(BYTES);
const open = (place: string, env: NodeJS.ProcessEnv = bucket.env): Promise<Store> =>
  openStore(place, folder, env);

describe.each([
  ['a folder', 'share'],
  ['a bucket', 's3://prints'],
  ['a folder of a bucket', 's3://prints/cats/2026'],
])('%s', (_, place) => {
  test('keeps objects under their hashes', async () => {
    const store = await open(place);
    expect(await store.has(HASH)).toBe(false);
    expect(await store.get(HASH)).toBe(null);
    await store.put(HASH, BYTES);
    const again = await open(place);
    expect(await again.has(HASH)).toBe(true);
    expect(Buffer.from((await again.get(HASH))!)).toEqual(BYTES);
    await again.put(HASH, BYTES);
  });

  test('takes a folder and gives it back', async () => {
    const templates = join(folder, 'templates');
    await mkdir(join(templates, 'deep'), { recursive: true });
    await writeFile(join(templates, 'a.html'), 'a');
    await writeFile(join(templates, 'deep', 'ö.css'), 'b');
    const objects = new Objects(await open(place));
    const tree = await objects.putFolders({ plain: templates });
    expect(await objects.getJson(tree)).toEqual({
      'plain/a.html': sha256Of(Buffer.from('a')),
      'plain/deep/ö.css': sha256Of(Buffer.from('b')),
    });
    // The same folder elsewhere is the same tree.
    expect(await new Objects(await open(place)).putFolders({ plain: templates })).toBe(tree);
  });
});

test('what lies in a folder is whole: nothing of the writing is left', async () => {
  const files = await readdir(join(folder, 'share'), { recursive: true, withFileTypes: true });
  for (const { name } of files.filter((file) => file.isFile())) expect(name).toMatch(/^[0-9a-f]{64}$/);
});

test('an object that is not what its name says is not taken', async () => {
  const store = await open('s3://prints/damaged');
  const other = sha256Of(Buffer.from('other'));
  bucket.objects.set(`damaged/${other.slice(0, 2)}/${other}`, BYTES);
  await expect(new Objects(store).get(other)).rejects.toThrow(
    /^The object [0-9a-f]{64} of the store s3:.* is damaged$/,
  );
});

test('an object is looked for and put once, however many need it', async () => {
  const objects = new Objects(await open('s3://prints/once'));
  bucket.answers.length = 0;
  await Promise.all([1, 2, 3].map(() => objects.put(BYTES)));
  await objects.put(BYTES);
  expect(bucket.answers).toEqual(['HEAD 404', 'PUT 200']);
});

test('a server that is busy is asked again', async () => {
  const store = await open('s3://prints/busy');
  bucket.answers.length = 0;
  bucket.unwell = 2;
  await store.put(HASH, BYTES);
  expect(bucket.answers).toEqual(['PUT 503', 'PUT 503', 'PUT 200']);
});

const refusal = (work: Promise<unknown>): Promise<PrintcatError> =>
  work.then(
    () => expect.fail('it was taken'),
    (error) => {
      expect(error).toBeInstanceOf(PrintcatError);
      return error;
    },
  );

test.each([
  [
    'a wrong secret',
    's3://prints',
    { AWS_SECRET_ACCESS_KEY: 'another secret' },
    /: SignatureDoesNotMatch \(403\)$/,
  ],
  ['no such bucket', 's3://other', {}, /: there is no such bucket$/],
  ['nobody there', 's3://prints', 'nowhere', /: connect ECONNREFUSED 127\.0\.0\.1:\d+$/],
])(
  '%s',
  async (_, place, env, said) => {
    const own = env === 'nowhere' ? { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${await freePort()}` } : env;
    const store = await open(place, { ...bucket.env, ...own });
    const { message, exitCode } = await refusal(store.put(HASH, BYTES));
    expect(message).toMatch(said);
    expect(message).not.toContain('secret');
    expect(exitCode).toBe(3);
  },
  20_000,
);

test.each([
  ['s3://', {}, /^Expected s3:\/\/bucket\/prefix for --store but received s3:\/\/$/],
  ['s3://B!', {}, /^Expected s3:\/\/bucket\/prefix for --store/],
  [
    'https://me:secret@host/share',
    {},
    /^Expected a folder or s3:\/\/bucket\/prefix for --store but received https:\/\/host\/share$/,
  ],
  ['s3://prints', { AWS_ACCESS_KEY_ID: '' }, /^Expected a key for s3:\/\/prints in the environment/],
  [
    's3://prints',
    { AWS_ENDPOINT_URL_S3: 'minio:9000' },
    /^Expected https:\/\/… for AWS_ENDPOINT_URL but received minio:9000$/,
  ],
  ['no/such/share', {}, /^Expected a folder for --store but received .*share \(ENOENT/],
])('%s is refused', async (place, env, said) => {
  const { message, exitCode } = await refusal(open(place, { ...bucket.env, ...env }));
  expect(message).toMatch(said);
  expect(exitCode).toBe(2);
});
