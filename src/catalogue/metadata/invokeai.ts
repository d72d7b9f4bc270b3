import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { amount, count, parseFields, seed, text } from './fields.ts';
import type { Tags } from './tags.ts';

const metadata = z.object({
  app_version: text,
  positive_prompt: text,
  negative_prompt: text,
  seed,
  model: z.object({ name: text }).nullable().catch(null),
  /** InvokeAI's word for what the others call the sampler. */
  scheduler: text,
  steps: count,
  cfg_scale: amount,
  width: count,
  height: count,
});

/** Reads InvokeAI: JSON in the PNG text `invokeai_metadata`. */
export function readInvokeAi({ text: { invokeai_metadata } }: Tags): Generation | null {
  const settings = parseFields(invokeai_metadata, metadata);
  if (!settings) return null;
  return {
    ...NO_GENERATION,
    generator: 'InvokeAI',
    generatorVersion: settings.app_version,
    prompt: settings.positive_prompt,
    negativePrompt: settings.negative_prompt,
    seed: settings.seed,
    model: settings.model?.name ?? null,
    sampler: settings.scheduler,
    steps: settings.steps,
    cfgScale: settings.cfg_scale,
    widthPx: settings.width,
    heightPx: settings.height,
  };
}
