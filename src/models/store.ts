import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of, writeWhole } from '../files.ts';
import type { Model, ModelFile } from './catalogue.ts';

/** A model's two files, read and found to be the pinned ones. */
export interface Weights {
  readonly param: Buffer;
  readonly bin: Buffer;
}

export type ModelState = 'present' | 'absent' | 'damaged';

/** Where a file of a model is kept: by its checksum, so that another version never stands in for it. */
export const weightsPath = (dir: string, model: Model, part: 'param' | 'bin'): string =>
  join(dir, `${model.name}-${model[part].sha256.slice(0, 16)}.${part}`);

async function readPinned(path: string, file: ModelFile): Promise<Buffer | 'absent' | 'damaged'> {
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return 'absent';
  return sha256Of(bytes) === file.sha256 ? bytes : 'damaged';
}

async function inspect(model: Model, dir: string): Promise<Weights | 'absent' | 'damaged'> {
  const param = await readPinned(weightsPath(dir, model, 'param'), model.param);
  const bin = await readPinned(weightsPath(dir, model, 'bin'), model.bin);
  if (param === 'absent' || bin === 'absent') return 'absent';
  if (param === 'damaged' || bin === 'damaged') return 'damaged';
  return { param, bin };
}

/**
 * A model's weights, or `null` where they were not fetched or are no longer what was fetched.
 * @param dir where models are kept
 */
export async function readWeights(model: Model, dir: string): Promise<Weights | null> {
  const found = await inspect(model, dir);
  return typeof found === 'string' ? null : found;
}

export async function modelState(model: Model, dir: string): Promise<ModelState> {
  const found = await inspect(model, dir);
  return typeof found === 'string' ? found : 'present';
}

/** Keeps a model's weights, each file whole. */
export async function keepWeights(model: Model, dir: string, weights: Weights): Promise<void> {
  for (const part of ['param', 'bin'] as const) {
    await writeWhole(weightsPath(dir, model, part), (temporary) => writeFile(temporary, weights[part]));
  }
}

/** Removes a model's weights. @returns whether there were any */
export async function removeWeights(model: Model, dir: string): Promise<boolean> {
  const had = (await modelState(model, dir)) !== 'absent';
  for (const part of ['param', 'bin'] as const) await rm(weightsPath(dir, model, part), { force: true });
  return had;
}
