import { join, resolve } from 'node:path';
import type { Browser } from 'puppeteer';
import { type Catalogue, openCatalogue } from './catalogue/catalogue.ts';
import { workspacePaths } from './catalogue/workspace.ts';
import type { Context } from './commands/command.ts';
import type { Workshop } from './make.ts';

/**
 * Opens a workspace for making: its catalogue at once, the browser when the first order asks for it. Both are
 * closed when `work` ends, however it ends.
 * @param out the folder for the files, relative to where the command was run (default: the workspace's `output`)
 */
export async function inWorkshop<T>(
  workspace: string,
  out: string | undefined,
  { cwd, env, signal, terminal }: Context,
  work: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const paths = workspacePaths(workspace);
  const catalogue: Catalogue = openCatalogue(workspace);
  let browser: Promise<Browser> | undefined;
  const start = async () => {
    const [{ ensureBrowser }, { launchBrowser }] = await Promise.all([
      import('./browser/install.ts'),
      import('./browser/launch.ts'),
    ]);
    const { path } = await ensureBrowser({ env, signal, terminal });
    return launchBrowser({ path, signal });
  };
  try {
    return await work({
      catalogue,
      cacheDir: paths.cache,
      outputDir: out === undefined ? paths.output : resolve(cwd, out),
      templateDirs: [join(workspace, 'templates')],
      browser: () => {
        browser ??= start();
        return browser;
      },
      signal,
      onStage: (stage) => terminal.progress(stage),
    });
  } finally {
    catalogue.close();
    await browser?.then((running) => running.close()).catch(() => undefined);
    terminal.clear();
  }
}
