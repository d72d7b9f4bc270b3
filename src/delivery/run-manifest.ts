import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { writeWhole } from '../files.ts';
import { PRODUCER } from '../version.ts';
import { fileEntry, nearPath } from './file-entry.ts';
import { type Immutable, sha256 } from './manifest-schema.ts';

/** What became of an order: `unchanged` is one that was already made, `skipped` one that was not tried. */
export const ORDER_STATES = ['made', 'unchanged', 'failed', 'skipped'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

const count = z.int().min(0);

const runOrder = z.strictObject({
  number: z.int().min(1).describe('Its place in the run'),
  from: z
    .strictObject({ file: z.string().describe('Without its folder'), line: z.int().min(1).nullable() })
    .nullable()
    .describe('Where it was read, for one of a matrix the matrix; null where it was in no file'),
  product: z.string(),
  images: z.array(z.string()).describe('IDs, the main one first'),
  template: z.string().nullable().describe('null where the order leaves it to the program'),
  status: z.enum(ORDER_STATES),
  filesKey: sha256.nullable().describe("As in the order's manifest; null where it is not known"),
  idempotencyKey: sha256.nullable().describe("As in the order's manifest; null where it is not known"),
  manifest: nearPath
    .nullable()
    .describe("The order's manifest, from this file's folder; null where there is none"),
  files: z.array(fileEntry).describe("As in the order's manifest; empty where it failed"),
  failure: z
    .strictObject({ message: z.string(), hint: z.string().nullable() })
    .nullable()
    .describe('Why it was not made'),
});

/** What a run over many orders writes beside them. */
export const runSchema = z
  .strictObject({
    format: z.literal('printcat-run-1'),
    program: z.string(),
    counts: z.strictObject({
      orders: count,
      made: count,
      unchanged: count,
      failed: count,
      skipped: count,
      files: count,
      bytes: count,
    }),
    orders: z.array(runOrder).describe('In the order of the run'),
    times: z
      .strictObject({
        started: z.string().describe('ISO 8601, UTC'),
        seconds: z.number().min(0),
        ordersPerMinute: z.number().min(0).describe('Of those that were made'),
      })
      .describe(
        'The one part that differs from run to run; all else is the same for the same orders and the same outcome',
      )
      .exactOptional(),
  })
  .meta({
    title: 'printcat run manifest',
    description: 'What became of the orders of a run: status, files, keys, failures and counts',
  });

export type RunManifest = Immutable<z.output<typeof runSchema>>;
export type RunOrder = RunManifest['orders'][number];

/** The published JSON Schema, as it stands in assets/schemas/run.schema.json. */
export const runJsonSchema = (): string => `${JSON.stringify(z.toJSONSchema(runSchema), null, 2)}\n`;

/**
 * The manifest of a run.
 * @param orders in whichever order they ended
 * @param times left out where the bytes are to be the same from run to run
 */
export function runManifestOf(orders: readonly RunOrder[], times?: RunManifest['times']): RunManifest {
  const of = (state: OrderState): number => orders.filter(({ status }) => status === state).length;
  const files = orders.flatMap((order) => order.files);
  const manifest: RunManifest = {
    ...{ format: 'printcat-run-1', program: PRODUCER },
    counts: {
      ...{ orders: orders.length, made: of('made'), unchanged: of('unchanged') },
      ...{ failed: of('failed'), skipped: of('skipped') },
      ...{ files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
    },
    orders: orders.toSorted((a, b) => a.number - b.number),
    ...(times && { times }),
  };
  return runSchema.parse(manifest);
}

/**
 * A message without the machine's own folders, as a manifest may hold it: paths within the given folders are shown from
 * there, and the user's own folder is `~`.
 */
export const withoutPlaces = (text: string, folders: readonly string[]): string =>
  [...folders]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, folder) => rest.replaceAll(join(folder, '/'), '').replaceAll(folder, '.'), text)
    .replaceAll(homedir(), '~');

/**
 * Writes a run's manifest whole or not at all.
 * @returns its path
 */
export async function writeRunManifest(folder: string, run: RunManifest): Promise<string> {
  const path = join(folder, 'run.json');
  await writeWhole(path, (temporary) => writeFile(temporary, `${JSON.stringify(run, null, 2)}\n`));
  return path;
}
