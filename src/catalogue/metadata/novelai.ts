import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { amount, count, parseFields, seed, text } from './fields.ts';
import type { Tags } from './tags.ts';

const comment = z.object({
  prompt: text,
  uc: text,
  seed,
  sampler: text,
  steps: count,
  scale: amount,
  width: count,
  height: count,
});

/** Reads NovelAI: PNG text `Software`, the model in `Source`, the settings as JSON in `Comment`. */
export function readNovelAi({ text: { Software, Source, Comment } }: Tags): Generation | null {
  const settings = Software === 'NovelAI' ? parseFields(Comment, comment) : null;
  if (!settings) return null;
  return {
    ...NO_GENERATION,
    generator: 'NovelAI',
    prompt: settings.prompt,
    negativePrompt: settings.uc,
    seed: settings.seed,
    model: Source ?? null,
    sampler: settings.sampler,
    steps: settings.steps,
    cfgScale: settings.scale,
    widthPx: settings.width,
    heightPx: settings.height,
  };
}
