import type { BrowserFound } from '../browser/find.ts';
import { cacheFolder } from '../cache.ts';
import { ExitCode, PrintcatError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';

/** What a machine that is made ready has. */
export interface Prepared {
  readonly browser: BrowserFound;
  /** The folder with the default upscaler's weights; `null` where they could not be fetched. */
  readonly weights: string | null;
}

/** What it works with. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/**
 * Makes this machine ready to make things: a browser, and the weights of the default upscaler. Weights that
 * cannot be fetched are a warning only, since pictures can be enlarged without them.
 * @throws PrintcatError (exit code 3) where there is no browser; PrintcatError when stopped
 */
export async function prepareMachine(context: Machine): Promise<Prepared> {
  const { env, terminal } = context;
  const { ensureBrowser } = await import('../browser/install.ts');
  const browser = await ensureBrowser(context);
  const { ensureModels } = await import('../models/ensure.ts');
  const weights = cacheFolder(env, 'models');
  try {
    await ensureModels(['upconv_7'], weights, { ...context, say: terminal.note });
    return { browser, weights };
  } catch (error) {
    if (!(error instanceof PrintcatError) || error.exitCode !== ExitCode.missingTool) throw error;
    terminal.warn(`${error.message}. Until they are fetched, pictures are enlarged by Lanczos.`);
    return { browser, weights: null };
  }
}
