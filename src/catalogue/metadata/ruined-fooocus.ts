import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { amount, count, parseFields, seed, text } from './fields.ts';
import type { Tags } from './tags.ts';

const parameters = z.object({
  software: z.literal('RuinedFooocus'),
  Prompt: text,
  Negative: text,
  seed,
  base_model_name: text,
  sampler_name: text,
  steps: count,
  cfg: amount,
  width: count,
  height: count,
});

/** Reads Ruined Fooocus: JSON in the PNG text `parameters`. */
export function readRuinedFooocus({ text: chunks }: Tags): Generation | null {
  const settings = parseFields(chunks.parameters, parameters);
  if (!settings) return null;
  return {
    ...NO_GENERATION,
    generator: 'Ruined Fooocus',
    prompt: settings.Prompt,
    negativePrompt: settings.Negative,
    seed: settings.seed,
    model: settings.base_model_name,
    sampler: settings.sampler_name,
    steps: settings.steps,
    cfgScale: settings.cfg,
    widthPx: settings.width,
    heightPx: settings.height,
  };
}
