import { expected } from '../errors.ts';
import type { OrderBasics } from './order-options.ts';

/** What is to be made. */
export interface Order extends Omit<OrderBasics, 'set'> {
  readonly product: string;
  /** IDs of the pictures in the catalogue, the main one first; at least one. */
  readonly images: readonly string[];
  /** Name of its files without an ending; what it is, where it has none. */
  readonly name?: string;
  /** The template's fields by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** The product's own options: size, pages, printer, … */
  readonly options: Readonly<Record<string, unknown>>;
  /** What its caller knows beyond that and a template may use, e.g. the months of a calendar; plain values. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Reads `--set name=value` pairs; the last of a name wins, `\n` in a value breaks the line.
 * @throws PrintcatError for a pair without `=`
 */
export function readFields(pairs: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw expected('field=value', '--set', pair, "For example --set title='Night Walks'.");
    fields[pair.slice(0, at).trim()] = pair
      .slice(at + 1)
      .replaceAll('\\n', '\n')
      .trim();
  }
  return fields;
}
