import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * A folder in the user's cache, where printcat keeps what it fetched or computed and can fetch or compute again:
 * `~/.cache/printcat` on Linux, its like elsewhere, or what PRINTCAT_CACHE names.
 */
export const cacheFolder = (env: NodeJS.ProcessEnv, ...parts: string[]): string =>
  join(resolve(env.PRINTCAT_CACHE || envPaths('printcat', { suffix: '' }).cache), ...parts);
