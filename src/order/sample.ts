import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, PrintcatError } from '../errors.ts';
import type { Template } from '../layout/template.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

const sample = z
  .looseObject({
    product: z.string(),
    image: z.string().exactOptional(),
    images: z.array(z.string()).min(1).exactOptional(),
    fields: z.record(z.string(), z.string()),
  })
  .transform(({ image, images, ...rest }, { addIssue }) => {
    const chosen = images ?? (image === undefined ? [] : [image]);
    if (chosen.length === 0 || (image !== undefined && images !== undefined))
      addIssue('Expected either "image" or "images"');
    return { ...rest, images: chosen };
  });

/**
 * A template's sample order, which shows it at its best: `sample.json` in its folder. What is neither product,
 * picture (`image`, or `images` where it shows several) nor field is an option of the product.
 */
export async function sampleOrder(template: Template): Promise<Order> {
  const file = join(template.folder, 'sample.json');
  try {
    const { product, images, fields, ...options } = sample.parse(JSON.parse(await readFile(file, 'utf8')));
    const { set: _, ...basics } = z.object(orderOptions).parse({});
    return { ...basics, template: template.name, product, images, fields, options };
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error).split('\n').join(' ') : messageOf(error);
    throw new PrintcatError(`Template ${template.name}: sample.json is not valid: ${reason}`, {
      cause: error,
    });
  }
}
