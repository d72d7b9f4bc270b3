import { ExitCode, PrintcatError } from '../errors.ts';
import { findOnPath, isProgram } from '../tools/path.ts';
import { downloaded } from './download.ts';
import { BROWSER_NAMES, installPlaces } from './places.ts';
import { examine } from './version.ts';

/** A browser that pages can be printed with. */
export interface BrowserFound {
  readonly path: string;
  /** As it names itself: `Chromium`, `Google Chrome`, `Microsoft Edge`, … */
  readonly name: string;
  readonly version: string;
  /** What led to it: the variable's name, `configuration`, `PATH`, `installed` or `printcat` (its own). */
  readonly from: string;
}

export interface FindOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The path in the workspace's configuration, absolute. */
  readonly configured?: string | undefined;
  /** Where installers put browsers; by default those of this platform. */
  readonly places?: readonly string[];
}

/** Variables that other programs' users set; one that leads nowhere may not have been meant for us. */
const BORROWED = ['CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'] as const;

/**
 * The browser to lay pages out with: the one that PRINTCAT_BROWSER or the configuration names, else the first
 * that runs of CHROME_PATH, PUPPETEER_EXECUTABLE_PATH, the PATH, the usual places and printcat's own cache.
 * @returns `null` where there is none
 * @throws PrintcatError (exit code 3) where PRINTCAT_BROWSER or the configuration names what is no browser
 */
export async function findBrowser(options: FindOptions): Promise<BrowserFound | null> {
  const { env } = options;
  if (env.PRINTCAT_BROWSER) return demand(env.PRINTCAT_BROWSER, 'PRINTCAT_BROWSER', env);
  if (options.configured) return demand(options.configured, 'configuration', env);
  for await (const [path, from] of candidates(options)) {
    const examined = await examine(path, env);
    if (!('problem' in examined)) return { path, ...examined, from };
  }
  return null;
}

/**
 * The program that `findBrowser` would look at first, without looking into it: starting it tells sooner whether
 * it is a browser.
 */
export async function likelyBrowser(options: FindOptions): Promise<string | null> {
  const named = options.env.PRINTCAT_BROWSER || options.configured;
  if (named) return isProgram(named) ? named : null;
  for await (const [path] of candidates(options)) if (isProgram(path)) return path;
  return null;
}

/** Wherever a browser may be, the best first; the search of the cache is left for when nothing else was there. */
async function* candidates({
  env,
  places = installPlaces(process.platform, env),
}: FindOptions): AsyncGenerator<readonly [path: string, from: string]> {
  for (const name of BORROWED) {
    const path = env[name];
    if (path) yield [path, name];
  }
  for (const name of BROWSER_NAMES) {
    const path = findOnPath(name, env);
    if (path) yield [path, 'PATH'];
  }
  for (const place of places) yield [place, 'installed'];
  for (const path of await downloaded(env)) yield [path, 'printcat'];
}

/** The browser that the user named: another one in its place would be a surprise. */
async function demand(path: string, from: string, env: NodeJS.ProcessEnv): Promise<BrowserFound> {
  const examined = await examine(path, env);
  if (!('problem' in examined)) return { path, ...examined, from };
  throw new PrintcatError(
    `Expected the path of Chrome, Chromium or Edge for ${from} but received ${path}, which ${examined.problem}`,
    {
      hint: 'Name the program itself, or name none: printcat then looks for one.',
      exitCode: ExitCode.missingTool,
    },
  );
}
