import * as z from 'zod';
import type { DecisionEntry, ImageRecord } from '../catalogue/image.ts';
import { unknownIds } from '../catalogue/makeable.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { inCatalogue } from './in-catalogue.ts';
import { plain } from './plain.ts';

export const show = defineCommand({
  name: 'show',
  describe: 'Show all that is known of an image, with the history of its decisions',
  options: {
    id: option(z.string(), { description: 'ID of the image', positional: true }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['show 20220912034858', 'what is known of this image'],
    ['show 20220912034858 --json', 'the same with all metadata of the file'],
  ],
  async run({ id, json, workspace }, context) {
    return inCatalogue(workspace, context, async (catalogue) => {
      const image = catalogue.get(id);
      if (!image) throw unknownIds(catalogue, [id]);
      const history = catalogue.history(id);
      const original = catalogue.originalPath(image);
      const { terminal } = context;
      if (json) terminal.json({ ...image, original, history, metadata: catalogue.rawMetadata(id) });
      else {
        const there = await catalogue.hasOriginal(image);
        const facts = factsOf(image, history, there ? original : `gone from disk (${original})`);
        const width = Math.max(...facts.map(([name]) => name.length));
        for (const [name, value] of facts) {
          terminal.print(`${terminal.colours.dim(name.padEnd(width))}  ${plain(value)}`);
        }
      }
      return undefined;
    });
  },
});

/** The facts to print, in order; what is not known is left out. */
function factsOf(
  image: ImageRecord,
  history: readonly DecisionEntry[],
  original: string,
): [string, string][] {
  const { file, generation: g } = image;
  const facts: [string, string | number | null][] = [
    ['id', `${image.id} (from the ${image.idOrigin})`],
    ['decision', image.decision],
    ['tags', image.tags.join(', ')],
    ['title', g.title],
    ['size', `${file.widthPx} × ${file.heightPx} px, ${file.bitDepth} bits, ${alphaOf(file.hasAlpha)}`],
    ['colours', file.profile === null ? file.colourSpace : `${file.colourSpace} (profile "${file.profile}")`],
    [
      'orientation',
      file.orientation === 1 ? null : `${file.orientation} (EXIF; the size is the upright one)`,
    ],
    ['file', `${image.fileName}, ${file.mime}, ${image.bytes} bytes`],
    ['generator', [g.generator, g.generatorVersion].filter(Boolean).join(' ')],
    ['model', g.model],
    ['prompt', g.prompt],
    ['negative prompt', g.negativePrompt],
    ['seed', g.seed],
    ['sampler', g.sampler],
    ['steps', g.steps],
    ['CFG scale', g.cfgScale],
    ['generated size', g.widthPx && g.heightPx ? `${g.widthPx} × ${g.heightPx} px` : null],
    ['source type', file.digitalSourceType],
    ['C2PA', file.c2pa ? 'has a manifest (not verified), kept in the original' : null],
    ['imported', `${image.importedAt} by ${image.importedBy}`],
    ['original', original],
    ['SHA-256', image.sha256],
    ...image.notes.map((note): [string, string] => ['note', note]),
    ...history.map(({ decision, who, when, note }): [string, string] => [
      'history',
      `${when} ${decision} by ${who}${note === null ? '' : `: ${note}`}`,
    ]),
  ];
  return facts.flatMap(([name, value]): [string, string][] =>
    value === null || value === '' ? [] : [[name, String(value)]],
  );
}

const alphaOf = (hasAlpha: boolean): string => (hasAlpha ? 'with alpha' : 'no alpha');
