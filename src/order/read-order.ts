import * as z from 'zod';
import { expected, PrintcatError } from '../errors.ts';
import { examineOptions, type OptionProblem } from '../option-facts.ts';
import { findProduct } from '../products/index.ts';
import type { Product } from '../products/product.ts';
import type { Order } from './order.ts';
import { orderOptions } from './order-options.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What every order in a file says; what is not named here is an option of `make`, written as `bleedFill`. */
export const writtenOrder = z.object({
  product: z.string().min(1).describe('What to make: a name that printcat products lists'),
  image: z.string().min(1).optional().describe('ID of the picture'),
  images: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('IDs of the pictures, the main one first, in the place of image'),
  template: z.string().min(1).optional().describe('A name that printcat templates lists, or a folder'),
  name: z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u,
      'Expected a file name of letters, digits, dots and hyphens',
    )
    .optional()
    .describe("Name of the order's files without an ending, in the place of the one that says what it is"),
  fields: z
    .record(z.string(), scalar)
    .default({})
    .describe('Fields of the template by name; printcat templates NAME lists them'),
});

const written = z.looseObject(writtenOrder.shape);

const { set: _, template: __, ...basics } = orderOptions;

/** Everything that an order of a product may say in a file, besides `writtenOrder`. */
export const optionsInFiles = (product: Product): z.ZodRawShape => ({ ...basics, ...product.options });

/** What is wrong with an order as it is written; `name` is the key that it is about, empty for the whole. */
export type OrderProblem = OptionProblem;

const problem = (name: string, error: PrintcatError): OrderProblem => ({ name, error });

/**
 * Reads an order as files write it: `{ "product": "postcard", "image": "2022…", "fields": { "title": "…" }, "size": "a6" }`.
 * @param labelOf how a key is called in messages: `size in sample.json`; the whole order has the key ''
 * @param find finds a product by its name, as `findProduct` does
 * @returns the order, or everything that is wrong with it
 */
export function examineOrder(
  json: unknown,
  labelOf: (key: string) => string,
  find: (name: string) => Product,
): { order: Order } | { problems: OrderProblem[] } {
  const parsed = written.safeParse(json);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => {
        const key = issue.path.join('.');
        const message = `${key || 'the order'}: ${issue.message}`;
        return problem(String(issue.path[0] ?? ''), new PrintcatError(message));
      }),
    };
  }
  const { product: name, image, images, template, name: fileName, fields, ...given } = parsed.data;
  const problems: OrderProblem[] = [];
  if ((image === undefined) === (images === undefined)) {
    const received = image === undefined ? 'neither' : 'both';
    problems.push(problem('image', expected('either an image or images', labelOf(''), received)));
  }
  let product: Product;
  try {
    product = find(name);
  } catch (error) {
    if (!(error instanceof PrintcatError)) throw error;
    return { problems: [...problems, problem('product', error)] };
  }
  const known = optionsInFiles(product);
  for (const key of Object.keys(given).filter((one) => !Object.hasOwn(known, one))) {
    const hint = `printcat make ${name} --help lists them; write them as allowUnreleased, not allow-unreleased.`;
    problems.push(problem(key, expected(`an option of printcat make ${name}`, labelOf(''), key, hint)));
  }
  const part = (own: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(given).filter(([key]) => Object.hasOwn(known, key) && own(key)));
  const ofOrder = examineOptions(
    basics,
    part((key) => Object.hasOwn(basics, key)),
    labelOf,
  );
  const ofProduct = examineOptions(
    product.options,
    part((key) => !Object.hasOwn(basics, key)),
    labelOf,
  );
  for (const examined of [ofOrder, ofProduct])
    if ('problems' in examined) problems.push(...examined.problems);
  if (problems.length > 0 || !('values' in ofOrder) || !('values' in ofProduct)) return { problems };
  return {
    order: {
      ...ofOrder.values,
      ...{ product: name, images: images ?? [image!], template, fields },
      ...(fileName !== undefined && { name: fileName }),
      options: ofProduct.values,
    },
  };
}

/**
 * Reads an order as files write it.
 * @param where the order stands, for messages: `sample.json`
 * @throws PrintcatError with the first thing that cannot be used (see `examineOrder`)
 */
export function readOrder(json: unknown, where: string, workspace?: string): Order {
  const labelOf = (key: string) => (key === '' ? where : `${key} in ${where}`);
  const examined = examineOrder(json, labelOf, (name) => findProduct(name, workspace));
  if ('order' in examined) return examined.order;
  const { error } = examined.problems[0]!;
  throw error.message.includes(': ') && !error.message.includes(where)
    ? new PrintcatError(`${where}: ${error.message}`)
    : error;
}
