import * as z from 'zod';
import { DEFAULT_MAX_MEGAPIXELS } from '../catalogue/image.ts';
import type { ImportOutcome } from '../catalogue/import.ts';
import { readTag } from '../catalogue/tags.ts';
import { ExitCode, interrupted } from '../errors.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { inCatalogue } from './in-catalogue.ts';
import { plain } from './plain.ts';
import { tagOption } from './tag.ts';

export const importImages = defineCommand({
  name: 'import',
  describe: 'Add images to the catalogue; their bytes are kept as they are',
  options: {
    paths: option(z.array(z.string()).min(1), {
      description: 'Image files, and folders with all below them (hidden ones are skipped)',
      positional: true,
    }),
    maxMegapixels: option(z.number().positive().default(DEFAULT_MAX_MEGAPIXELS), {
      description: 'Refuse pictures that are larger than this, in millions of pixels',
    }),
    tag: tagOption,
    as: option(z.string().min(1).optional(), {
      description: 'Who imports (default: PRINTCAT_USER, the workspace’s "user", or the login name)',
      placeholder: 'name',
    }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['import 20220912034858.png', 'add one image, whose name gives its ID'],
    ['import ~/pictures/generated', 'add a folder and all folders below it'],
    ['import ~/pictures/generated --tag september', 'the same, and tag all its images'],
  ],
  async run({ paths, maxMegapixels, tag, as, json, workspace }, { terminal, signal, cwd, env }) {
    const tags = tag.map(readTag);
    const { importFiles } = await import('../catalogue/import.ts');
    const { whoActs } = await import('../catalogue/who.ts');
    const outcomes = await inCatalogue(workspace, { cwd }, async (catalogue) => {
      const all = await importFiles(catalogue, paths, {
        cwd,
        who: await whoActs(catalogue.workspace, env, as),
        maxMegapixels,
        signal,
        onProgress: (done, of, { path }) => terminal.progress(`${done}/${of} ${plain(path)}`),
      });
      const ids = all.flatMap((entry) => (entry.outcome === 'refused' ? [] : [entry.image.id]));
      if (tags.length > 0) catalogue.tag(ids, { add: tags });
      return all;
    });
    terminal.clear();
    if (json) terminal.json(outcomes.map(summary));
    else printOutcomes(outcomes, (line) => terminal.print(line));
    if (signal.aborted) throw interrupted();
    return count(outcomes, 'refused') > 0 ? ExitCode.failed : ExitCode.ok;
  },
});

const count = (outcomes: readonly ImportOutcome[], outcome: ImportOutcome['outcome']): number =>
  outcomes.filter((entry) => entry.outcome === outcome).length;

const summary = (entry: ImportOutcome) =>
  entry.outcome === 'refused'
    ? entry
    : { outcome: entry.outcome, path: entry.path, id: entry.image.id, notes: entry.image.notes };

function printOutcomes(outcomes: readonly ImportOutcome[], print: (line: string) => void): void {
  for (const entry of outcomes) {
    const path = plain(entry.path);
    if (entry.outcome === 'refused') print(`refused ${path}: ${plain(entry.reason)}`);
    else if (entry.outcome === 'restored') print(`restored the original of ${entry.image.id} from ${path}`);
    else if (entry.outcome === 'imported')
      for (const note of entry.image.notes) print(`note ${path}: ${plain(note)}`);
  }
  const restored = count(outcomes, 'restored');
  const parts = [
    `imported ${count(outcomes, 'imported')}`,
    `already there ${count(outcomes, 'already there')}`,
    ...(restored > 0 ? [`restored ${restored}`] : []),
    `refused ${count(outcomes, 'refused')}`,
  ];
  print(parts.join(', '));
  if (count(outcomes, 'imported') > 0) print('Next: printcat studio, or printcat release <ids…>');
}
