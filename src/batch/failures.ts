import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { hashOf, writeWhole } from '../files.ts';
import type { Failure, Job } from './job.ts';
import { placeName } from './written.ts';

const record = z.object({
  path: z.string(),
  place: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  /** The order's key, where it would fail again as long as that is the same. */
  key: z.string().optional(),
});
type Record = z.output<typeof record>;

const pathOf = ({ folder, name }: Pick<Job, 'folder' | 'name'>): string => `${folder}/${name}`;

/** The orders of an output folder that failed when they were last tried, by the names of their files. */
export class Failures {
  readonly #folder: string;
  readonly #records: Map<string, Record>;

  private constructor(folder: string, records: Map<string, Record>) {
    this.#folder = folder;
    this.#records = records;
  }

  static async read(outputDir: string): Promise<Failures> {
    const folder = join(outputDir, '.printcat', 'failed');
    const records = new Map<string, Record>();
    for (const name of await readdir(folder).catch(() => [])) {
      const text = await readFile(join(folder, name), 'utf8').catch(() => '');
      try {
        const read = record.parse(JSON.parse(text));
        records.set(read.path, read);
      } catch {
        // Half a file says nothing.
      }
    }
    return new Failures(folder, records);
  }

  has(job: Job): boolean {
    return this.#records.has(pathOf(job));
  }

  /** Why an order failed that is the same as then and would fail again; `null` where it is to be tried. */
  known(job: Job): Failure | null {
    const found = this.#records.get(pathOf(job));
    return found?.key === job.key ? { message: found.message, hint: found.hint, lasting: true } : null;
  }

  async add(job: Job, { message, hint, lasting }: Failure): Promise<void> {
    const path = pathOf(job);
    const found = { path, place: placeName(job.place), message, hint, key: lasting ? job.key : undefined };
    this.#records.set(path, found);
    await mkdir(this.#folder, { recursive: true });
    await writeWhole(this.#file(path), (temporary) => writeFile(temporary, JSON.stringify(found)));
  }

  async remove(job: Job): Promise<void> {
    const path = pathOf(job);
    if (this.#records.delete(path)) await rm(this.#file(path), { force: true });
  }

  #file(path: string): string {
    return join(this.#folder, `${hashOf(path).slice(0, 32)}.json`);
  }
}
