import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifestJsonSchema, manifestSchema } from '../../src/delivery/manifest-schema.ts';
import {
  type RunOrder,
  runJsonSchema,
  runManifestOf,
  withoutPlaces,
  writeRunManifest,
} from '../../src/delivery/run-manifest.ts';
import { packagePath } from '../../src/paths.ts';
import { hasTool } from '../judges/index.ts';
import { inTemporaryFolder, judge } from '../judges/tool.ts';
import { keyOf, manifest } from './orders.ts';

const schemaPath = (name: string) => packagePath('assets', 'schemas', `${name}.schema.json`);

const order = (number: number, more: Partial<RunOrder> = {}): RunOrder => ({
  ...{ number, from: { file: 'orders.csv', line: number + 1 }, product: 'postcard' },
  ...{ images: ['20220912034858'], template: 'plain', status: 'made', filesKey: keyOf('b') },
  ...{ idempotencyKey: keyOf('a'), manifest: 'card.json', files: manifest().files, failure: null },
  ...more,
});
const failed = order(2, {
  ...{ status: 'failed', filesKey: null, idempotencyKey: null, manifest: null, files: [] },
  failure: { message: 'Expected a title', hint: null },
});

describe.each([
  ['manifest', manifestJsonSchema, () => manifest(), ['files', 0, 'md5'], 'none'],
  ['run', runJsonSchema, () => runManifestOf([order(1), failed]), ['orders', 0, 'status'], 'lost'],
] as const)('the schema of a %s', (name, declared, value, place, wrong) => {
  test('is published as it is declared', async () => {
    expect(JSON.parse(await readFile(schemaPath(name), 'utf8'))).toEqual(JSON.parse(declared()));
  });

  const validator =
    'import json, sys, jsonschema; jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))';
  test.skipIf(!hasTool('python3'))(
    'is read by an independent validator in the same way',
    async ({ skip }) => {
      await judge('python3', '-c', 'import jsonschema').catch(() => skip('python3 has no jsonschema'));
      await inTemporaryFolder(async (folder) => {
        const validate = async (json: unknown) => {
          const file = join(folder, 'value.json');
          await writeFile(file, JSON.stringify(json));
          return judge('python3', '-c', validator, file, schemaPath(name));
        };
        await validate(value());
        const broken = structuredClone(value()) as unknown as Record<string, unknown>;
        const [list, index, key] = place;
        (broken[list] as Record<string, unknown>[])[index]![key] = wrong;
        await expect(validate(broken)).rejects.toThrow(wrong);
        await expect(validate({ ...value(), user: 'Mei' })).rejects.toThrow(/user/);
      });
    },
  );
});

describe('files of a manifest', () => {
  const withPath = (path: string) =>
    manifestSchema.safeParse({ ...manifest(), files: [{ ...manifest().files[0], path }] }).success;
  test.each(['a.pdf', 'more/a.pdf', '.a..b', '文庫.pdf', 'a b.pdf'])('%s is one', (path) => {
    expect(withPath(path)).toBe(true);
  });
  test.each(['/etc/passwd', '../a.pdf', 'a/../../b', 'a/./b', 'a//b', 'C:/a', 'a\\b', '', '.', '..', 'a/'])(
    '%s is none: whoever reads a manifest stays in its folder',
    (path) => {
      expect(withPath(path)).toBe(false);
    },
  );
});

describe('the manifest of a run', () => {
  test('counts what became of the orders, and has them in their order', () => {
    const run = runManifestOf([
      failed,
      order(4, { status: 'skipped', files: [] }),
      order(1),
      order(3, { status: 'unchanged' }),
    ]);
    expect(run.counts).toEqual({
      ...{ orders: 4, made: 1, unchanged: 1, failed: 1, skipped: 1 },
      ...{ files: 2, bytes: 12 },
    });
    expect(run.orders.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test('has the same bytes however its orders ended; only times differ, where they are asked for', async () => {
    await inTemporaryFolder(async (folder) => {
      const written = async (...run: Parameters<typeof runManifestOf>) =>
        readFile(await writeRunManifest(folder, runManifestOf(...run)), 'utf8');
      const first = await written([order(1), failed]);
      expect(await written([failed, order(1)])).toBe(first);
      const times = { started: '2026-01-02T03:04:05Z', seconds: 1.5, ordersPerMinute: 40 };
      const { times: found, ...rest } = JSON.parse(await written([order(1), failed], times));
      expect(found).toEqual(times);
      expect(rest).toEqual(JSON.parse(first));
    });
  });

  test('a message keeps the folders of the machine to itself', () => {
    const text = `Could not write into /data/cats/output/a.pdf: see /data/cats, ${homedir()}/x`;
    expect(withoutPlaces(text, ['/data/cats', '/data/cats/output'])).toBe(
      'Could not write into a.pdf: see ., ~/x',
    );
  });
});
