import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { unknownIds } from '../catalogue/makeable.ts';
import { CYCLIC_UP_TO, type SeamScore } from '../repeats/seam.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { inCatalogue } from './in-catalogue.ts';
import { table } from './table.ts';

/** What is told of an image. */
interface Finding extends SeamScore {
  readonly id: string;
  readonly cyclic: boolean;
  /** The version that was written, with its own score. */
  readonly made: (SeamScore & { path: string; widthPx: number; heightPx: number; cyclic: boolean }) | null;
}

export const seams = defineCommand({
  name: 'seams',
  describe: 'Tell whether images join their own copies in a pattern, or make versions that do',
  options: {
    ids: option(z.array(z.string()).min(1), { description: 'IDs of the images', positional: true }),
    make: option(z.boolean().default(false), {
      description:
        'Write a version without seams, ID-cyclic.png: a sixth smaller each way that has one, sRGB, 8 bits; the original stays as it is',
    }),
    out: option(z.string().optional(), {
      description: "Folder for what --make writes (default: the workspace's output)",
      alias: 'o',
      placeholder: 'dir',
    }),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['seams 20220912034858', 'how much its edges stand out: up to 1.2 nobody finds them'],
    ['seams 20220912034858 --make', 'writes output/20220912034858-cyclic.png'],
  ],
  async run({ ids, make, out, json, workspace }, context) {
    const { terminal, signal } = context;
    return inCatalogue(workspace, context, async (catalogue) => {
      const unknown = ids.filter((id) => !catalogue.get(id));
      if (unknown.length > 0) throw unknownIds(catalogue, unknown);
      const { stopIfAborted } = await import('../errors.ts');
      const { workspacePaths } = await import('../catalogue/workspace.ts');
      const { requireWritable } = await import('../delivery/deliver.ts');
      const folder =
        out === undefined ? workspacePaths(catalogue.workspace).output : resolve(context.cwd, out);
      if (make) await requireWritable(folder);
      const findings: Finding[] = [];
      for (const id of new Set(ids)) {
        stopIfAborted(signal);
        findings.push(await look(catalogue, id, make ? folder : null));
      }
      if (json) {
        terminal.json(findings);
        return undefined;
      }
      const rows = findings.map((finding) => [finding.id, ...scores(finding), verdict(finding)]);
      for (const line of table([['image', 'left–right', 'top–bottom', ''], ...rows], { indent: 0 }))
        terminal.print(line);
      for (const finding of findings) {
        if (!finding.made) continue;
        const { path, widthPx, heightPx } = finding.made;
        const near = relative(context.cwd, path);
        const shown = terminal.colours.bold(near.startsWith('..') ? path : near);
        terminal.print();
        terminal.print(`${shown}  ${widthPx} × ${heightPx} px, ${scores(finding.made).join(' and ')}`);
        if (!finding.made.cyclic)
          terminal.warn(
            `${finding.id}: a seam can still be seen; the picture's ends have too little in common.`,
          );
      }
      if (make && findings.every(({ made }) => made === null))
        terminal.print('Nothing was written: there is no seam.');
      return undefined;
    });
  },
});

async function look(catalogue: Catalogue, id: string, folder: string | null): Promise<Finding> {
  const { isCyclic } = await import('../repeats/seam.ts');
  const { seamsOf, writeCyclic } = await import('../fills/seams.ts');
  const image = catalogue.get(id)!;
  const picture = { path: catalogue.originalPath(image), sha256: image.sha256 };
  const score = await seamsOf(picture);
  const cyclic = isCyclic(score);
  if (cyclic || folder === null) return { id, ...score, cyclic, made: null };
  const path = join(folder, `${id}-cyclic.png`);
  const { width, height, score: own } = await writeCyclic(picture, score, path);
  const made = { path, widthPx: width, heightPx: height, ...own, cyclic: isCyclic(own) };
  return { id, ...score, cyclic, made };
}

const scores = ({ across, down }: SeamScore): [string, string] => [across.toFixed(2), down.toFixed(2)];

/** Where its seams are, in words. */
function verdict({ across, down }: SeamScore): string {
  const [sides, ends] = [across > CYCLIC_UP_TO, down > CYCLIC_UP_TO];
  if (sides && ends) return 'seams both ways: --make, or --repeat mirrored';
  if (sides) return 'a seam between right and left, none between bottom and top';
  if (ends) return 'a seam between bottom and top, none between right and left';
  return 'cyclic: joins its own copies';
}
