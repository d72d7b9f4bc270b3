import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, PrintcatError } from '../errors.ts';
import type { Template } from '../layout/template.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

const shared = { product: z.string(), fields: z.record(z.string(), z.string()) };
const sample = z.union([
  z
    .looseObject({ ...shared, image: z.string(), images: z.undefined().optional() })
    .transform(({ image, images: _, ...rest }) => ({ ...rest, images: [image] })),
  z.looseObject({ ...shared, images: z.array(z.string()).min(1), image: z.undefined().optional() }),
]);

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
    throw new PrintcatError(`Template ${template.name}: sample.json is not valid: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
