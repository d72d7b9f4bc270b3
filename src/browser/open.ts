import type { Browser } from 'puppeteer-core';
import { interrupted } from '../errors.ts';
import { likelyBrowser } from './find.ts';
import { type EnsureOptions, ensureBrowser } from './install.ts';
import { launchBrowser } from './launch.ts';

/**
 * A running browser, the quick way: the likeliest program is started at once, and only where that fails it is
 * looked for with care, and installed where there is none.
 * @throws PrintcatError as `ensureBrowser` and `launchBrowser`
 */
export async function openBrowser(options: EnsureOptions): Promise<Browser> {
  const { signal } = options;
  const likely = await likelyBrowser(options);
  const quick = likely ? await launchBrowser({ path: likely, signal }).catch(() => null) : null;
  if (quick) return quick;
  if (signal?.aborted) throw interrupted();
  const { path } = await ensureBrowser(options);
  return launchBrowser({ path, signal });
}
