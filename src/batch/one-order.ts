import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { readConfig } from '../catalogue/workspace.ts';
import { expected, PrintcatError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { Order } from '../order/order.ts';
import { writtenForm } from '../order/write-order.ts';
import { readOrderFiles } from './read-files.ts';
import { OrderReader } from './read-orders.ts';
import { placeName } from './written.ts';

/**
 * Reads the one order of a file.
 * @param path relative to `cwd`
 * @throws PrintcatError with the first mistake and its line, or where there is not exactly one order
 */
export async function readOneOrder(path: string, cwd: string, workspace: string): Promise<Order> {
  const { files, mistakes } = await readOrderFiles([path], cwd);
  const { defaults } = await readConfig(workspace);
  const reader = new OrderReader({ workspace, defaults });
  const orders = files.flatMap(({ file, orders: all }) => all.map((one) => reader.read(one, file)));
  const [mistake] = [...mistakes, ...reader.mistakes];
  if (mistake) {
    throw new PrintcatError(`${placeName(mistake)}: ${mistake.message}`, {
      ...(mistake.hint !== undefined && { hint: mistake.hint }),
    });
  }
  const [order] = orders;
  if (order && orders.length === 1 && files[0]!.matrices.length === 0) return order.order;
  throw expected(
    'one order',
    path,
    files[0]?.matrices.length ? 'a matrix' : `${orders.length}`,
    'printcat batch makes several.',
  );
}

/**
 * Writes an order into a file from which `readOneOrder` reads it: YAML, or JSON by the file's ending.
 * @param path relative to `cwd`
 * @throws PrintcatError for another ending
 */
export async function saveOrder(order: Order, path: string, cwd: string, workspace: string): Promise<void> {
  requireOrderFile(path);
  const written = writtenForm(order, workspace);
  const isJson = extname(path).toLowerCase() === '.json';
  // Digits in quotes: an ID is no number.
  const text = isJson ? `${JSON.stringify(written, null, 2)}\n` : stringify(written, { lineWidth: 100 });
  await writeWhole(resolve(cwd, path), (temporary) => writeFile(temporary, text));
}

/** @throws PrintcatError where an order cannot be written into a file of that name */
export function requireOrderFile(path: string): void {
  const ending = extname(path).toLowerCase();
  if (!['.yaml', '.yml', '.json'].includes(ending)) throw expected('a file .yaml or .json', '--save', path);
}
