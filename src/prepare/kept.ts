import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { writeWhole } from '../files.ts';

/**
 * What was computed before, from the cache, or computed now and kept.
 * @param key of everything that it depends on (`hashOf`)
 * @param isWhole tells whether what it names is still there
 */
export async function kept<T>(
  folder: string,
  key: string,
  schema: z.ZodType<T>,
  compute: () => Promise<T> | T,
  isWhole: (found: T) => Promise<boolean> | boolean = () => true,
): Promise<T> {
  const path = join(folder, `${key}.json`);
  try {
    const found = schema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (await isWhole(found)) return found;
  } catch {
    // Not there or not whole: as good as new.
  }
  const text = JSON.stringify(await compute());
  await writeWhole(path, (temporary) => writeFile(temporary, text));
  // What is new is read like what was kept, so that both are the same to the last digit.
  return schema.parse(JSON.parse(text));
}
