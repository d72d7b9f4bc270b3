import * as z from 'zod';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { table } from './table.ts';

/** What lies in the folders of a cache, for people. */
const KINDS: Readonly<Record<string, string>> = {
  artwork: 'pictures enlarged and cropped',
  press: 'the same in the inks of a press',
  'stand-ins': 'small ones for the browser',
  outlines: 'contours',
  nestings: 'arrangements on sheets',
  tables: "conversions into a press' inks",
  thumbnails: 'pictures of the studio',
};

export const cacheCommand = defineCommand({
  name: 'cache',
  describe: 'Show what the workspace keeps so as not to compute it again, or clear it',
  options: {
    action: option(z.enum(['show', 'clear']).default('show'), {
      description: 'What to do; what is cleared is computed again when it is needed',
      positional: true,
    }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['cache', 'what it takes on disk'],
    ['cache clear', 'removes all of it; pictures, orders and what was made stay'],
  ],
  async run({ action, json, workspace }, { terminal, cwd }) {
    const [{ chooseWorkspace, readConfig, workspacePaths }, { cacheUse, keepWithin }, words] =
      await Promise.all([
        import('../catalogue/workspace.ts'),
        import('../cache-limit.ts'),
        import('../batch/in-words.ts'),
      ]);
    const own = chooseWorkspace(cwd, workspace);
    const { cache } = workspacePaths(own);
    const { cacheGigabytes } = await readConfig(own);
    if (action === 'clear') {
      const { before, after } = await keepWithin(cache, 0, Number.POSITIVE_INFINITY);
      if (!json) terminal.done(`${words.bytesInWords(before - after)} cleared`);
    }
    const kinds = await cacheUse(cache);
    const entries = kinds.reduce((sum, kind) => sum + kind.entries, 0);
    const bytes = kinds.reduce((sum, kind) => sum + kind.bytes, 0);
    if (json) {
      terminal.json({ kinds, entries, bytes, atMost: cacheGigabytes * 1e9 });
      return undefined;
    }
    const rows = [...kinds, { kind: 'together', entries, bytes }].map((kind) => [
      kind.kind,
      `${kind.entries} ${kind.entries === 1 ? 'entry' : 'entries'}`,
      words.bytesInWords(kind.bytes),
      KINDS[kind.kind] ?? '',
    ]);
    for (const line of table(rows, { indent: 0 })) terminal.print(line);
    terminal.print(
      terminal.colours.dim(
        `Runs of many orders keep it within ${cacheGigabytes} GB ("cacheGigabytes" in printcat.json); what was not used for longest goes first.`,
      ),
    );
    return undefined;
  },
});
