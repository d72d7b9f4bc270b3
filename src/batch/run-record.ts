import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { fileEntry } from '../delivery/file-entry.ts';
import { type RunOrder, runManifestOf, withoutPlaces, writeRunManifest } from '../delivery/run-manifest.ts';
import type { Failed } from './job.ts';
import type { Plan } from './plan.ts';
import type { Summary } from './run.ts';

const filesOf = z.object({ files: z.array(fileEntry) });

/**
 * Writes what became of a run, `run.json`, beside its files.
 * @param places folders of this machine that are not to stand in it
 */
export async function recordRun(
  { jobs, made }: Plan,
  { failed, manifests, made: count, ms }: Summary,
  outputDir: string,
  { started, places }: { started: Date; places: readonly string[] },
): Promise<string> {
  const failures = new Map<string, Failed>(failed.map((failure) => [failure.job.key, failure]));
  const orders: RunOrder[] = [];
  for (const [i, job] of jobs.entries()) {
    const manifest = manifests.get(job.key) ?? made.get(job.key);
    const failure = failures.get(job.key);
    const path = manifest === undefined ? null : `${job.folder}/${manifest}`;
    orders.push({
      number: i + 1,
      from: { file: basename(job.place.file), line: job.place.line },
      ...{ product: job.order.product, images: [...job.order.images], template: job.order.template ?? null },
      status: failure ? 'failed' : manifests.has(job.key) ? 'made' : manifest ? 'unchanged' : 'skipped',
      ...{ filesKey: job.key, idempotencyKey: job.idempotencyKey, manifest: path },
      files: path === null ? [] : await deliveredFiles(join(outputDir, path)),
      failure: failure
        ? {
            message: withoutPlaces(failure.message, places),
            hint: failure.hint === undefined ? null : withoutPlaces(failure.hint, places),
          }
        : null,
    });
  }
  const seconds = Math.round(ms / 100) / 10;
  const ordersPerMinute = count > 0 ? Math.round((count / ms) * 600_000) / 10 : 0;
  const times = { started: started.toISOString(), seconds, ordersPerMinute };
  return writeRunManifest(outputDir, runManifestOf(orders, times));
}

async function deliveredFiles(manifest: string): Promise<RunOrder['files']> {
  return filesOf.parse(JSON.parse(await readFile(manifest, 'utf8'))).files;
}
