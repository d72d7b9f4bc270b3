import { readFile } from 'node:fs/promises';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { messageOf, PrintcatError } from '../errors.ts';
import { examineOrder } from '../order/read-order.ts';
import { findProduct } from '../products/index.ts';
import type { WrittenOrder } from './protocol.ts';

/**
 * Reads an order's file as the page is to have it.
 * @throws PrintcatError for what is no order, with the file and the line: `cover.yaml:7: Expected …`
 */
export async function readOrderFile(file: string, workspace: string): Promise<WrittenOrder> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new PrintcatError(`The order ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken) throw new PrintcatError(`${at(broken.pos[0])}: ${broken.message.split('\n')[0]}`);
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    throw new PrintcatError(`${file}: ${messageOf(error)}`, { cause: error });
  }
  const examined = examineOrder(
    value,
    (key) => key || 'the order',
    (name) => findProduct(name, workspace),
  );
  if ('problems' in examined) {
    const { name, error } = examined.problems[0]!;
    const pair = isMap(document.contents)
      ? document.contents.items.find(({ key }) => isNode(key) && key.toJSON() === name)
      : undefined;
    const where = isNode(pair?.key) && pair.key.range ? at(pair.key.range[0]) : file;
    throw new PrintcatError(
      `${where}: ${error.message}`,
      error.hint === undefined ? {} : { hint: error.hint },
    );
  }
  const { product, images, fields, template } = examined.order;
  const { image: _, ...given } = value as Record<string, unknown>;
  return { ...given, product, images: [...images], fields: { ...fields }, template };
}
