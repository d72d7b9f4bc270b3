import type { Geometry, Panel } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import type { SummaryRow } from '../../src/products/product.ts';
import { bookSizes } from '../../src/products/sizes.ts';

/** An order of a book cover, by the names of its options; lengths are mm. */
export type CoverOrder = Readonly<Record<string, unknown>> & { readonly printer: string };

export const bookCoverGeometry = (order: CoverOrder): Geometry => findProduct('book-cover').geometry(order);

/** The geometry of any product. */
export const geometryOf = (product: string, order: Readonly<Record<string, unknown>>): Geometry =>
  findProduct(product).geometry(order);
export const panelOf = ({ pages }: Geometry, name: string): Panel =>
  pages[0]!.panels.find((panel) => panel.name === name)!;
export const panelNames = ({ pages }: Geometry): string[] => pages[0]!.panels.map(({ name }) => name);
/** Folds by their names, mm. */
export const foldsOf = ({ pages }: Geometry): Record<string, number> =>
  Object.fromEntries(pages[0]!.folds.map(({ name, at }) => [name, at]));
export const warningsOf = ({ notes }: Geometry): string[] =>
  notes.filter(({ level }) => level === 'warning').map(({ text }) => text);

export const bookCoverSummary = (order: CoverOrder): SummaryRow[] => findProduct('book-cover').summary(order);

/** The sizes that a book cover comes in. */
export const BOOKS = { product: 'book-cover', sizes: bookSizes(), free: { min: 50, max: 450 } };
