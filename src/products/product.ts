import type * as z from 'zod';
import type { Geometry } from './geometry.ts';
import type { PrinterPreset } from './printer.ts';

/** A line of the summary: what a printer's form asks for. */
export interface SummaryRow {
  readonly label: string;
  readonly value: string;
  /** Where the value comes from, if it is not the user's own. */
  readonly source?: string;
}

/** Something that can be made: what an order of it says, and its shape. */
export interface Product<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Declared with `option()`; `make` offers them on the command line. */
  readonly options: S;
  /** @throws PrintcatError for an order that cannot be made */
  geometry(order: z.output<z.ZodObject<S>>): Geometry;
  /** The printer's preset with the order's own numbers in it: ppi, ink limit, profile. */
  printer(order: z.output<z.ZodObject<S>>): PrinterPreset;
  /** Size, spine, bleed and marks with their sources. */
  summary(order: z.output<z.ZodObject<S>>): SummaryRow[];
}

/** Gives a product its type from its options, then forgets it so that products can stand in one list. */
export const defineProduct = <S extends z.ZodRawShape>(product: Product<S>): Product =>
  product as unknown as Product;
