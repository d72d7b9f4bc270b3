import * as z from 'zod';
import { DECISIONS, type ImageRecord } from '../catalogue/image.ts';
import type { Terminal } from '../terminal.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { inCatalogue } from './in-catalogue.ts';
import { plain } from './plain.ts';

/** Characters of a title or prompt in a row of the list. */
const TEXT_WIDTH = 60;
const GENERATOR_WIDTH = 24;

const only = (decision: string) =>
  option(z.boolean().default(false), { description: `Only ${decision} images (with others: those too)` });

export const list = defineCommand({
  name: 'list',
  describe: 'List the images of the catalogue',
  options: {
    released: only('released'),
    rejected: only('rejected'),
    unreviewed: only('unreviewed'),
    search: option(z.string().optional(), {
      description:
        'Only images with all these words in ID, file name, title, prompt, generator, model or tags',
      alias: 's',
      placeholder: 'words',
    }),
    tag: option(z.array(z.string()).default([]), {
      description: 'Only images with this tag; repeatable (with others: those that have all)',
      placeholder: 'tag',
    }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['list --unreviewed', 'what is still to be decided'],
    ['list --search "cat river"', 'images whose text has both words'],
  ],
  async run({ search, tag, json, workspace, ...flags }, context) {
    const wanted = DECISIONS.filter((decision) => flags[decision]);
    return inCatalogue(workspace, context, async (catalogue) => {
      const { terminal } = context;
      const images = catalogue.list({
        ...(wanted.length > 0 && { decisions: wanted }),
        tags: tag,
        ...(search !== undefined && { search }),
      });
      if (json) terminal.json(images);
      else if (images.length > 0) printTable(images, terminal);
      else if (catalogue.ids().length > 0) terminal.print('No image fits. printcat list shows all of them.');
      else terminal.print('No images yet. printcat import <files or folders…> adds some.');
      return undefined;
    });
  },
});

function printTable(images: readonly ImageRecord[], { print, colours }: Terminal): void {
  const rows = images.map(({ id, decision, file, generation: g, fileName }) => [
    id,
    decision,
    `${file.widthPx}×${file.heightPx}`,
    plain(g.generator ?? '–', GENERATOR_WIDTH),
    plain(g.title ?? g.prompt ?? fileName, TEXT_WIDTH),
  ]);
  // The last column is left as it is: it may hold characters that are two columns wide.
  const widths = rows[0]!.slice(0, -1).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const colourOf = { released: colours.green, rejected: colours.red, unreviewed: colours.yellow };
  for (const [i, row] of rows.entries()) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    cells[1] = colourOf[images[i]!.decision](cells[1]!);
    print(cells.join('  '));
  }
}
