import * as z from 'zod';
import { unknownIds } from '../catalogue/makeable.ts';
import { readTag } from '../catalogue/tags.ts';
import { expected } from '../errors.ts';
import { defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { inCatalogue } from './in-catalogue.ts';

const tags = (description: string) =>
  option(z.array(z.string()).default([]), { description, placeholder: 'tag' });

/** `--tag` of the commands that also do something else. */
export const tagOption = tags('Tag them as well; repeatable');

export const tag = defineCommand({
  name: 'tag',
  describe: 'Tag images with words of your own, to find them by; without --add and --remove show tags',
  options: {
    ids: option(z.array(z.string()).default([]), { description: 'IDs of the images', positional: true }),
    add: tags('A tag that they get; repeatable'),
    remove: tags('A tag that they lose; repeatable'),
    json: jsonOption,
    workspace: workspaceOption,
  },
  examples: [
    ['tag 20220912034858 20220912034912 --add cats --add "series one"', 'tag two images'],
    ['tag 20220912034858 --remove cats', 'take a tag off'],
    ['tag', 'list all tags, and how many images have them'],
    ['list --tag cats', 'list the images of a tag'],
  ],
  async run({ ids, add, remove, json, workspace }, context) {
    const change = { add: add.map(readTag), remove: remove.map(readTag) };
    const isChange = add.length > 0 || remove.length > 0;
    if (isChange && ids.length === 0) {
      throw expected('IDs of the images to tag', 'printcat tag', 'none');
    }
    return inCatalogue(workspace, context, async (catalogue) => {
      const { terminal } = context;
      if (ids.length === 0) {
        const all = catalogue.tags();
        if (json) terminal.json(all);
        else if (all.length === 0) terminal.print('No tags yet. printcat tag <ids…> --add <tag> adds one.');
        for (const { tag: name, pictures } of json ? [] : all) terminal.print(`${name}  ${pictures}`);
        return undefined;
      }
      if (isChange) catalogue.tag(ids, change);
      const unknown = ids.filter((id) => !catalogue.get(id));
      if (unknown.length > 0) throw unknownIds(catalogue, unknown);
      const images = [...new Set(ids)].map((id) => ({ id, tags: catalogue.get(id)!.tags }));
      if (json) terminal.json(images);
      else for (const { id, tags: own } of images) terminal.print(`${id}  ${own.join(', ') || '–'}`);
      return undefined;
    });
  },
});
