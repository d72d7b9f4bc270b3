import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PrintcatError } from '../errors.ts';
import type { Template } from '../layout/template.ts';
import type { Order } from './order.ts';
import { readOrder } from './read-order.ts';

/** `sample.json`, and `sample-dust-jacket.json` where a template lays out more than one product. */
const SAMPLE = /^sample(-[a-z0-9-]+)?\.json$/;

/**
 * A template's sample orders, which show it at its best; the main one first.
 * @throws PrintcatError where it has none, or one is not valid
 */
export async function sampleOrders(template: Template): Promise<Order[]> {
  const files = (await readdir(template.folder)).filter((file) => SAMPLE.test(file));
  // A dot comes after a hyphen: the main one is the shortest.
  const sorted = files.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (sorted.length === 0) {
    throw new PrintcatError(`Template ${template.name} has no sample.json`, {
      hint: 'Write an order that shows it at its best: product, image, fields.',
    });
  }
  return Promise.all(sorted.map((file) => read(template, file)));
}

/** The main one of a template's sample orders. */
export const sampleOrder = async (template: Template): Promise<Order> => (await sampleOrders(template))[0]!;

async function read(template: Template, file: string): Promise<Order> {
  const where = `Template ${template.name}: ${file}`;
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(template.folder, file), 'utf8'));
  } catch (error) {
    throw new PrintcatError(`${where} is not valid: ${messageOf(error)}`, { cause: error });
  }
  return { ...readOrder(json, where), template: template.name };
}
