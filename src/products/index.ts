import { expected } from '../errors.ts';
import { bookCoverGeometry, orderedPrinter } from './book-cover.ts';
import { bookCoverOptions } from './book-cover-options.ts';
import { bookCoverSummary } from './cover-summary.ts';
import { defineProduct, type Product } from './product.ts';

/** Everything that can be made. */
export const products: readonly Product[] = [
  defineProduct({
    name: 'book-cover',
    title: 'Book cover',
    description: 'Cover of a perfect-bound paperback: front, spine and back in one piece',
    options: bookCoverOptions,
    geometry: bookCoverGeometry,
    printer: orderedPrinter,
    summary: bookCoverSummary,
  }),
];

/**
 * The product of that name.
 * @throws PrintcatError for an unknown one
 */
export function findProduct(name: string): Product {
  const found = products.find((product) => product.name === name);
  if (found) return found;
  throw expected(
    `one of ${products.map((product) => product.name).join(', ')}`,
    'the product',
    name,
    '`printcat products` lists them.',
  );
}
