import { join, resolve } from 'node:path';
import { type Catalogue, openCatalogue } from './catalogue/catalogue.ts';
import { readConfig, workspacePaths } from './catalogue/workspace.ts';
import type { Context } from './commands/command.ts';
import type { Workshop } from './make.ts';

/**
 * Opens a workspace for making orders: its catalogue, and a browser that is started meanwhile. Both are
 * closed when `work` ends, however it ends.
 * @param manyOrders whether the browser stays for another order
 * @param out the folder for the files, relative to where the command was run (default: the workspace's `output`)
 */
export async function inWorkshop<T>(
  workspace: string,
  out: string | undefined,
  { cwd, env, signal, terminal }: Context,
  work: (workshop: Workshop & { readonly catalogue: Catalogue }) => Promise<T>,
  { manyOrders = false } = {},
): Promise<T> {
  const paths = workspacePaths(workspace);
  const catalogue: Catalogue = openCatalogue(workspace);
  // A browser takes as long to start as the rest takes to get ready, so it goes first; one that no order asks for is
  // stopped.
  const unused = new AbortController();
  const { openBrowser } = await import('./browser/open.ts');
  const browser = openBrowser({ env, terminal, signal: AbortSignal.any([signal, unused.signal]) });
  browser.catch(() => undefined);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= browser.then((running) => running.close()).catch(() => undefined);
    return closing;
  };
  try {
    return await work({
      catalogue,
      workspace,
      cacheDir: paths.cache,
      outputDir: out === undefined ? paths.output : resolve(cwd, out),
      templateDirs: [join(workspace, 'templates')],
      browser: () => browser,
      ...(!manyOrders && { browserDone: () => void close() }),
      without: (await readConfig(workspace)).preflight?.without ?? [],
      signal,
      onStage: (stage) => terminal.progress(stage),
    });
  } finally {
    catalogue.close();
    unused.abort();
    // Nobody has to wait for it: the program ends when it is gone.
    void close();
    terminal.clear();
  }
}
