import * as z from 'zod';
import { findProduct } from '../products/index.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

/** The product's options, where they are not as they would be anyway. */
const beyond = (given: Readonly<Record<string, unknown>>, usual: Readonly<Record<string, unknown>>) =>
  Object.entries(given).filter(
    ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual[key]),
  );

/**
 * An order as files write it, without what is usual: `readOrder` reads the same order from it.
 * @param workspace with products of its own
 */
export function writtenForm(order: Order, workspace?: string): Record<string, unknown> {
  const { product, images, template, name, fields, options, data: _, focal, ...basics } = order;
  const { set: __, template: ___, ...known } = orderOptions;
  const usual = z.object(known).parse({});
  const own = z.object(findProduct(product, workspace).options).partial().safeParse({});
  return {
    product,
    ...(images.length === 1 ? { image: images[0] } : { images: [...images] }),
    ...(template !== undefined && { template }),
    ...(name !== undefined && { name }),
    ...Object.fromEntries(beyond(options, own.success ? own.data : {})),
    ...Object.fromEntries(beyond(basics, usual)),
    ...(focal && { focal: `${focal.x},${focal.y}` }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}
