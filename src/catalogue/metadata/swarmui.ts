import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { amount, count, parseFields, seed, text } from './fields.ts';
import type { Tags } from './tags.ts';

const parameters = z.object({
  sui_image_params: z.object({
    swarm_version: text,
    prompt: text,
    negativeprompt: text,
    seed,
    model: text,
    sampler: text,
    steps: count,
    cfgscale: amount,
    width: count,
    height: count,
  }),
});

/** Reads SwarmUI: JSON in `parameters` (PNG text) or UserComment. Beside it may be the graph of its ComfyUI. */
export function readSwarmUi({ text: chunks, userComment }: Tags): Generation | null {
  const settings = parseFields(chunks.parameters ?? userComment ?? undefined, parameters)?.sui_image_params;
  if (!settings) return null;
  return {
    ...NO_GENERATION,
    generator: 'SwarmUI',
    generatorVersion: settings.swarm_version,
    prompt: settings.prompt,
    negativePrompt: settings.negativeprompt,
    seed: settings.seed,
    model: settings.model,
    sampler: settings.sampler,
    steps: settings.steps,
    cfgScale: settings.cfgscale,
    widthPx: settings.width,
    heightPx: settings.height,
  };
}
