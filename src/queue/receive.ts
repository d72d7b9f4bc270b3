import { join } from 'node:path';
import type { Job } from '../batch/job.ts';
import type { JobEnd } from '../batch/make-job.ts';
import { deliver, deliverReport, requireWritable } from '../delivery/deliver.ts';
import { ExitCode, PrintcatError } from '../errors.ts';
import { DEATHS } from './names.ts';
import type { Objects } from './objects.ts';
import type { QueueEnd } from './orders-queue.ts';
import { manifestParts } from './sent-order.ts';

/** Where an order's files go, and where they are written before. */
export interface Place {
  readonly folder: string;
  readonly scratch: string;
}

/**
 * Delivers what a worker made, as `make` would have delivered it here.
 * @throws MissingObject where the store has lost some of it; PrintcatError where the disk refuses
 */
export async function receive(
  job: Job,
  end: QueueEnd,
  { folder, scratch }: Place,
  objects: Objects,
): Promise<JobEnd> {
  await requireWritable(folder, scratch);
  if (end.state === 'dead') {
    const hint = 'It may take more memory than they have: look at its size and its resolution.';
    return {
      state: 'failed',
      message: `${DEATHS + 1} workers died while they made it`,
      hint,
      lasting: false,
    };
  }
  if (end.state === 'failed') {
    for (const { name, sha256 } of end.reports) {
      await deliverReport(folder, { name, role: 'report', bytes: await objects.get(sha256) }, scratch);
    }
    const here = (text: string) => (end.folder === null ? text : text.replaceAll(end.folder, folder));
    const hint = end.hint === undefined ? undefined : here(end.hint);
    return { state: 'failed', message: here(end.message), hint, lasting: end.lasting };
  }
  const { name, sha256 } = end.manifest;
  const manifest = await objects.get(sha256);
  const { filesKey, files } = manifestParts.parse(JSON.parse(Buffer.from(manifest).toString()));
  if (filesKey !== job.key) {
    throw new PrintcatError(
      `Expected the files of ${join(folder, job.name)} but those of another order came`,
      {
        exitCode: ExitCode.failed,
      },
    );
  }
  const deliveries = await Promise.all(
    files.map(async ({ role, path, sha256: content }) => ({
      ...{ role, name: path, bytes: await objects.get(content) },
    })),
  );
  await deliver(folder, [...deliveries, { name, role: 'manifest', bytes: manifest }], scratch);
  const { ms, bytes, warnings } = end;
  return { state: 'made', manifest: name, ms, bytes, warnings };
}
