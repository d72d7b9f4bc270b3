import { packagePath } from '../paths.ts';

const WHO = 'printcat demo';

/** A workspace with the demo collection in it, all of it released. */
export async function demoWorkspace(folder: string, signal: AbortSignal): Promise<string> {
  const [{ initWorkspace }, { openCatalogue }, { importFiles }] = await Promise.all([
    import('../catalogue/workspace.ts'),
    import('../catalogue/catalogue.ts'),
    import('../catalogue/import.ts'),
  ]);
  const { workspace } = await initWorkspace(folder);
  const catalogue = openCatalogue(workspace);
  try {
    const when = new Date().toISOString();
    const collection = [packagePath('assets', 'demo')];
    await importFiles(catalogue, collection, { cwd: workspace, who: WHO, when, signal });
    catalogue.decide(catalogue.ids(), 'released', { who: WHO, when });
  } finally {
    catalogue.close();
  }
  return workspace;
}
