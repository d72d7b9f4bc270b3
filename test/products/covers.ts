import type { Geometry } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import type { SummaryRow } from '../../src/products/product.ts';
import { bookSizes } from '../../src/products/sizes.ts';

/** An order of a book cover, by the names of its options; lengths are mm. */
export type CoverOrder = Readonly<Record<string, unknown>> & { readonly printer: string };

export const bookCoverGeometry = (order: CoverOrder): Geometry => findProduct('book-cover').geometry(order);
export const bookCoverSummary = (order: CoverOrder): SummaryRow[] => findProduct('book-cover').summary(order);

/** The sizes that a book cover comes in. */
export const BOOKS = { product: 'book-cover', sizes: bookSizes(), free: { min: 50, max: 450 } };
