import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { parseFields, seed, text } from './fields.ts';
import type { Tags } from './tags.ts';

const comment = z.object({
  generator: z.literal('printcat-painter'),
  painter: text,
  seed,
  title: text,
});

/** Reads printcat's own painter of the demo collection: JSON in the PNG text `Comment`. */
export function readPainter({ text: { Comment } }: Tags): Generation | null {
  const settings = parseFields(Comment, comment);
  if (!settings) return null;
  const { generator, painter, seed: number, title } = settings;
  return { ...NO_GENERATION, generator, model: painter, seed: number, title };
}
