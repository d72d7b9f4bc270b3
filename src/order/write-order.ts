import * as z from 'zod';
import { findProduct } from '../products/index.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

/** The product's options, where they are not as they would be anyway. */
const beyond = (given: Readonly<Record<string, unknown>>, usual: Readonly<Record<string, unknown>>) =>
  Object.entries(given).filter(
    ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual[key]),
  );

/** A value as it is written: lengths, shares and sizes were text before they were read. */
function asText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('share' in value) return `${Number((Number(value.share) * 100).toFixed(6))}%`;
  if ('mm' in value) return `${value.mm}mm`;
  if (!('width' in value && 'height' in value)) return value;
  return value.height === null ? `${value.width}mm` : `${value.width}x${value.height}mm`;
}

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
    ...Object.fromEntries(
      beyond(options, own.success ? own.data : {}).map(([key, value]) => [key, asText(value)]),
    ),
    ...Object.fromEntries(beyond(basics, usual)),
    ...(focal && { focal: `${focal.x},${focal.y}` }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}
