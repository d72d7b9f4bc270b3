import * as z from 'zod';
import type { Decision } from '../catalogue/image.ts';
import { readTag } from '../catalogue/tags.ts';
import { type Command, defineCommand, option, workspaceOption } from './command.ts';
import { inCatalogue } from './in-catalogue.ts';
import { tagOption } from './tag.ts';

/** A verb that decides on images: all that are named, or none where one of them is unknown. */
export const decisionCommand = (
  name: string,
  decision: Decision,
  describe: string,
  examples: Command['examples'] & object,
): Command =>
  defineCommand({
    name,
    describe,
    options: {
      ids: option(z.array(z.string()).min(1), { description: 'IDs of the images', positional: true }),
      note: option(z.string().min(1).optional(), {
        description: 'A reason or remark that is kept with the decision',
        placeholder: 'text',
      }),
      tag: tagOption,
      as: option(z.string().min(1).optional(), {
        description: 'Who decides (default: PRINTCAT_USER, the workspace’s "user", or the login name)',
        placeholder: 'name',
      }),
      workspace: workspaceOption,
    },
    examples,
    async run({ ids, note, tag, as, workspace }, context) {
      const { whoActs } = await import('../catalogue/who.ts');
      const tags = tag.map(readTag);
      return inCatalogue(workspace, context, async (catalogue) => {
        const changes = catalogue.decide(ids, decision, {
          who: await whoActs(catalogue.workspace, context.env, as),
          ...(note !== undefined && { note }),
        });
        if (tags.length > 0) catalogue.tag(ids, { add: tags });
        for (const { id, before } of changes) {
          context.terminal.print(
            before === decision ? `${id} was ${decision} already` : `${id} ${decision} (was ${before})`,
          );
        }
        return undefined;
      });
    },
  });
