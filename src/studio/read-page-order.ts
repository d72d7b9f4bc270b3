import * as z from 'zod';
import { expected, PrintcatError } from '../errors.ts';
import { fieldsOf, type Template } from '../layout/template.ts';
import { kebab } from '../option-facts.ts';
import type { Order } from '../order/order.ts';
import { readOrder } from '../order/read-order.ts';

/** An order that the page sends: what files write, as plain values. */
export const pageOrder = z.looseObject({
  product: z.string().max(100),
  images: z.array(z.string().max(40)).min(1, 'Choose a picture').max(2000),
  template: z.string().max(100).optional(),
  fields: z.record(z.string().max(100), z.string().max(20_000)).default({}),
});

const WHERE = 'the order';

/**
 * Reads an order that the page sent. Templates and profiles are named, never given as a path: what is seen in the
 * browser stays in the workspace and the package.
 * @throws PrintcatError as `readOrder`
 */
export function readPageOrder(given: z.output<typeof pageOrder>, workspace: string): Order {
  const { template, profile } = given;
  if (template !== undefined && !/^[\p{L}\p{N}_-]+$/u.test(template)) {
    throw expected('the name of a template', `template in ${WHERE}`, template);
  }
  if (profile !== undefined && (typeof profile !== 'string' || /[\\/]|\.ic[cm]$/i.test(profile))) {
    throw expected(
      'the name of a press profile',
      `profile in ${WHERE}`,
      profile,
      'Profiles in files are for the command line: printcat make --profile.',
    );
  }
  return readOrder(given, WHERE, workspace);
}

/**
 * The control that a message is about, so that it can stand beside it: errors name options and fields.
 * @param options names of the order's and the product's options
 */
export function controlOf(
  error: unknown,
  options: readonly string[],
  template: Template | null,
): string | null {
  if (!(error instanceof PrintcatError)) return null;
  const { message } = error;
  const says = (...phrases: string[]) => phrases.some((phrase) => message.includes(phrase));
  const option = options.find((name) => says(` for ${name} in ${WHERE}`, `--${kebab(name)} `));
  if (option !== undefined) return option;
  const fields = template ? fieldsOf(template).map(({ name }) => name) : [];
  const field = fields.find((name) =>
    says(` for ${name} but`, `Expected a ${name} for template`, `The ${name} does not`, `The ${name} on `),
  );
  return field === undefined ? null : `fields.${field}`;
}
