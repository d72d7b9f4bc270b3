import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, PrintcatError } from '../errors.ts';
import type { Template } from '../layout/template.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

const sample = z.looseObject({
  product: z.string(),
  image: z.string(),
  fields: z.record(z.string(), z.string()),
});

/**
 * A template's sample order, which shows it at its best: `sample.json` in its folder. What is neither product,
 * image nor field is an option of the product.
 */
export async function sampleOrder(template: Template): Promise<Order> {
  const file = join(template.folder, 'sample.json');
  try {
    const { product, image, fields, ...options } = sample.parse(JSON.parse(await readFile(file, 'utf8')));
    const { set: _, ...basics } = z.object(orderOptions).parse({});
    return { ...basics, template: template.name, product, image, fields, options };
  } catch (error) {
    throw new PrintcatError(`Template ${template.name}: sample.json is not valid: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
