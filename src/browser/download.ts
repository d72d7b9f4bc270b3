import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { cacheFolder } from '../cache.ts';
import { interrupted } from '../errors.ts';

/** The build that the installed puppeteer is tested with (PUPPETEER_REVISIONS of puppeteer-core 24.43). */
export const CHROME_BUILD = '148.0.7778.97';
/** Puppeteer's own variable for a mirror of the builds. */
const MIRROR = 'PUPPETEER_CHROME_HEADLESS_SHELL_DOWNLOAD_BASE_URL';

const browsersFolder = (env: NodeJS.ProcessEnv): string => cacheFolder(env, 'browsers');

/** The programs of the browsers that printcat fetched itself, the newest first. */
export async function downloaded(env: NodeJS.ProcessEnv): Promise<string[]> {
  const cacheDir = browsersFolder(env);
  if (!existsSync(cacheDir)) return [];
  const { getInstalledBrowsers } = await import('@puppeteer/browsers');
  const found = await getInstalledBrowsers({ cacheDir });
  found.sort((a, b) => b.buildId.localeCompare(a.buildId, 'en', { numeric: true }));
  return found.map((browser) => browser.executablePath);
}

export interface DownloadOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Has apt install the libraries that the browser needs; for root on Debian's kin. */
  readonly libraries: boolean;
  readonly progress: (bytes: number, total: number) => void;
}

/**
 * Fetches Chrome's headless shell, which prints to PDF as the whole browser does and is a good deal smaller, into
 * the user's cache, whole or not at all.
 * @returns the program's path
 * @throws Error as the network or the disk gives it; PrintcatError when stopped
 */
export async function downloadBrowser(options: DownloadOptions): Promise<string> {
  const { install, Browser } = await import('@puppeteer/browsers');
  const cacheDir = browsersFolder(options.env);
  const baseUrl = options.env[MIRROR];
  await mkdir(cacheDir, { recursive: true });
  const part = await mkdtemp(join(cacheDir, '.part-'));
  try {
    const fetched = await untilAborted(
      options.signal,
      install({
        browser: Browser.CHROMEHEADLESSSHELL,
        buildId: CHROME_BUILD,
        cacheDir: part,
        installDeps: options.libraries,
        downloadProgressCallback: options.progress,
        ...(baseUrl ? { baseUrl } : {}),
      }),
    );
    const place = join(cacheDir, relative(part, fetched.path));
    await mkdir(dirname(place), { recursive: true });
    // What is there already would have been found if it ran.
    await rm(place, { recursive: true, force: true });
    await rename(fetched.path, place);
    return join(place, relative(fetched.path, fetched.executablePath));
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** `work`, or a rejection as soon as the signal is aborted: the downloader itself cannot be stopped. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(interrupted());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    done.abort();
  }
}
