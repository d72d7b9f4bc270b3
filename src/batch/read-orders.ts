import type { WorkspaceConfig } from '../catalogue/workspace.ts';
import { PrintcatError } from '../errors.ts';
import { type OptionFacts, optionFacts } from '../option-facts.ts';
import type { Order } from '../order/order.ts';
import { examineOrder, optionsInFiles, writtenOrder } from '../order/read-order.ts';
import { findProduct, productNames } from '../products/index.ts';
import type { Product } from '../products/product.ts';
import { kindOf, listOf, type Mistake, mapOf, type Place, plainOf, textOf, type Written } from './written.ts';

/** An order and where it was written. */
export interface PlacedOrder {
  readonly order: Order;
  readonly place: Place;
}

/** What orders are read with. */
export interface Reading {
  readonly workspace: string;
  /** The workspace's own, beneath what files say. */
  readonly defaults: WorkspaceConfig['defaults'];
}

/** What stands in an order's own columns, not in options. */
const PARTS = Object.keys(writtenOrder.shape);

/** Reads written orders; what is wrong with any of them is told with its line. */
export class OrderReader {
  readonly mistakes: Mistake[] = [];
  readonly #reading: Reading;
  readonly #facts = new Map<string, Record<string, OptionFacts>>();
  readonly #products = new Map<string, Product>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** @returns the order, or `null` where it cannot be read */
  read(written: Written, file: string): PlacedOrder | null {
    const map = mapOf(written);
    if (!map) {
      const message = `Expected an order but received ${kindOf(written)}`;
      this.mistakes.push({ file, line: written.line, message });
      return null;
    }
    const product = textOf(map.get('product') ?? { line: 0, value: '' }) ?? '';
    const given = Object.fromEntries(
      [...map].map(([key, value]) => [key, this.#valueOf(product, key, value)] as const),
    );
    const examined = examineOrder(
      { ...this.#usual(product), ...given },
      (key) => (key === '' ? 'the order' : key),
      (name) => this.#productOf(name),
    );
    if ('order' in examined) return { order: examined.order, place: { file, line: written.line } };
    for (const { name, error } of examined.problems) {
      const line = map.get(name)?.line ?? written.line;
      this.mistakes.push({ file, line, message: error.message, hint: error.hint });
    }
    return null;
  }

  /** The facts of an order's options by product; none for what is no product. */
  factsOf(product: string): Record<string, OptionFacts> {
    const { workspace } = this.#reading;
    const known = this.#facts.get(product);
    if (known) return known;
    const facts = productNames(workspace).includes(product) ? this.#factsIn(product) : {};
    this.#facts.set(product, facts);
    return facts;
  }

  /** Files hold text; what it is depends on the option. */
  #valueOf(product: string, key: string, written: Written): unknown {
    if (key === 'images') return listOf(written) ? plainOf(written) : wordsOf(textOf(written) ?? '');
    if (PARTS.includes(key)) return plainOf(written);
    const facts = this.factsOf(product)[key];
    const text = textOf(written);
    if (!facts) return plainOf(written);
    if (facts.type === 'array') {
      const all = text === null ? plainOf(written) : wordsOf(text);
      return Array.isArray(all) ? all.map((item) => typedAs(facts.items?.type, item)) : all;
    }
    return text === null ? plainOf(written) : typedAs(facts.type, text);
  }

  /** The facts of a product that may be declared wrongly: then the order says so. */
  #factsIn(product: string): Record<string, OptionFacts> {
    try {
      return optionFacts(optionsInFiles(this.#productOf(product)));
    } catch (error) {
      if (error instanceof PrintcatError) return {};
      throw error;
    }
  }

  /** A product, read once for all orders. */
  #productOf(name: string): Product {
    const product = this.#products.get(name) ?? findProduct(name, this.#reading.workspace);
    this.#products.set(name, product);
    return product;
  }

  /** The workspace's defaults of a product; those of other products are left away. */
  #usual(product: string): Record<string, unknown> {
    const { defaults } = this.#reading;
    const own = defaults[product];
    const facts = this.factsOf(product);
    const all = { ...defaults, ...(typeof own === 'object' && own) };
    return Object.fromEntries(
      Object.entries(all).filter(([key, value]) => typeof value !== 'object' && Object.hasOwn(facts, key)),
    );
  }
}

/** A text of a file as the type that its option has, where it is one. */
function typedAs(type: string | undefined, text: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  const numeric = type === 'number' || type === 'integer';
  return numeric && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Several values in one cell. */
const wordsOf = (text: string): string[] => text.split(/[\s;]+/).filter(Boolean);
