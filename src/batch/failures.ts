import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { hashOf, writeWhole } from '../files.ts';
import type { Job } from './job.ts';
import { placeName } from './written.ts';

const failure = z.object({ path: z.string(), place: z.string(), message: z.string() });

const pathOf = ({ folder, name }: Pick<Job, 'folder' | 'name'>): string => `${folder}/${name}`;

/** The orders of an output folder that failed when they were last tried, by the names of their files. */
export class Failures {
  readonly #folder: string;
  readonly #paths: Set<string>;

  private constructor(folder: string, paths: Set<string>) {
    this.#folder = folder;
    this.#paths = paths;
  }

  static async read(outputDir: string): Promise<Failures> {
    const folder = join(outputDir, '.printcat', 'failed');
    const paths = new Set<string>();
    for (const name of await readdir(folder).catch(() => [])) {
      const text = await readFile(join(folder, name), 'utf8').catch(() => '');
      try {
        paths.add(failure.parse(JSON.parse(text)).path);
      } catch {
        // Half a file says nothing.
      }
    }
    return new Failures(folder, paths);
  }

  has(job: Job): boolean {
    return this.#paths.has(pathOf(job));
  }

  async add(job: Job, message: string): Promise<void> {
    const path = pathOf(job);
    this.#paths.add(path);
    await mkdir(this.#folder, { recursive: true });
    const text = JSON.stringify({ path, place: placeName(job.place), message });
    await writeWhole(this.#file(path), (temporary) => writeFile(temporary, text));
  }

  async remove(job: Job): Promise<void> {
    const path = pathOf(job);
    if (this.#paths.delete(path)) await rm(this.#file(path), { force: true });
  }

  #file(path: string): string {
    return join(this.#folder, `${hashOf(path).slice(0, 32)}.json`);
  }
}
