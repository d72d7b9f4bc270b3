import * as z from 'zod';
import { expected, PrintcatError } from '../errors.ts';
import { checkOptions } from '../option-facts.ts';
import { findProduct } from '../products/index.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** An order as a file writes it: what is not named here is an option of `make`, written as `bleedFill`. */
const written = z.looseObject({
  product: z.string(),
  image: z.string().optional(),
  images: z.array(z.string()).min(1).optional(),
  template: z.string().optional(),
  fields: z.record(z.string(), scalar).default({}),
});

/**
 * Reads an order as files write it: `{ "product": "postcard", "image": "2022…", "fields": { "title": "…" }, "size": "a6" }`.
 * @param where the order stands, for messages: `sample.json`
 * @throws PrintcatError with the option that cannot be used
 */
export function readOrder(json: unknown, where: string, workspace?: string): Order {
  const parsed = written.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new PrintcatError(`${where}: ${issue.path.join('.') || 'the order'}: ${issue.message}`);
  }
  const { product: name, image, images, template, fields, ...given } = parsed.data;
  if ((image === undefined) === (images === undefined)) {
    throw expected('either an image or images', where, image === undefined ? 'neither' : 'both');
  }
  const product = findProduct(name, workspace);
  const { set: _, template: __, ...basics } = orderOptions;
  const known = { ...basics, ...product.options };
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(known, key));
  if (unknown !== undefined) {
    throw expected(
      `an option of printcat make ${name}`,
      where,
      unknown,
      `printcat make ${name} --help lists them; write them as allowUnreleased, not allow-unreleased.`,
    );
  }
  const labelOf = (key: string) => `${key} in ${where}`;
  const ofOrder = Object.entries(given).filter(([key]) => Object.hasOwn(basics, key));
  const ofProduct = Object.entries(given).filter(([key]) => !Object.hasOwn(basics, key));
  return {
    ...checkOptions(basics, Object.fromEntries(ofOrder), labelOf),
    ...{ product: name, images: images ?? [image!], template, fields },
    options: checkOptions(product.options, Object.fromEntries(ofProduct), labelOf),
  };
}
