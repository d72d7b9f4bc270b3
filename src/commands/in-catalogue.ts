import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Context } from './command.ts';

/** Opens the catalogue of the workspace that a command works in, for as long as `work` takes. */
export async function inCatalogue<T>(
  workspace: string | undefined,
  { cwd }: Pick<Context, 'cwd'>,
  work: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  const { chooseWorkspace } = await import('../catalogue/workspace.ts');
  const { openCatalogue } = await import('../catalogue/catalogue.ts');
  const catalogue = openCatalogue(chooseWorkspace(cwd, workspace));
  try {
    return await work(catalogue);
  } finally {
    catalogue.close();
  }
}
