import type * as z from 'zod';
import type { Declaration } from './declaration.ts';
import type { Cuts } from './design.ts';
import type { Scope, Value } from './expression.ts';
import type { Geometry } from './geometry.ts';
import type { MockUp } from './mock-up.ts';
import type { PresetNumber, PrinterPreset } from './printer.ts';
import type { FoundSize } from './sizes.ts';

/** A line of the summary: what a printer's form asks for. */
export interface SummaryRow {
  readonly label: string;
  readonly value: string;
  /** Where the value comes from, if it is not the user's own. */
  readonly source?: string;
}

/** What an order says of a product, by the names of its options. */
export type ProductOrder = Readonly<Record<string, unknown>>;

/** What the geometry may depend on besides the order's words. */
export interface Given {
  /** How many pictures there are. */
  readonly pictures?: number;
  /** Further names for the product's expressions. */
  readonly values?: Scope;
  /** Cuts around the pictures. */
  readonly cuts?: Cuts;
}

/** A PNG as its provider takes it. */
export interface ImageOutput {
  /** px per inch */
  readonly ppi: number;
  readonly transparent: boolean;
  /** How far the white ink keeps inside the art's edge, mm; `null` where there is no white layer. */
  readonly whiteChoke: number | null;
}

/** Something that can be made: what an order of it says, and its shape. */
export interface Product
  extends Pick<Declaration, 'title' | 'description' | 'group' | 'output' | 'pictures'> {
  readonly name: string;
  readonly prepares: Declaration['prepares'];
  readonly declaration: Declaration;
  /** Declared with `option()`; `make` offers them on the command line. */
  readonly options: z.ZodRawShape;
  /** The size that an order names, where it has one: known before the geometry, and before anything is prepared. */
  size(order: ProductOrder): FoundSize | null;
  /** @throws PrintcatError for an order that cannot be made */
  geometry(order: ProductOrder, given?: Given): Geometry;
  /** The printer's preset with the order's own numbers in it: ppi, ink limit, profile. */
  printer(order: ProductOrder): PrinterPreset;
  /** The values of its parameters, as templates see them. */
  settings(order: ProductOrder, given?: Given): Readonly<Record<string, Value>>;
  /** What an image of it is to be; `null` where it is a file for a press. */
  image(order: ProductOrder, given?: Given): ImageOutput | null;
  /** What it looks like in the hand. */
  mockUp(order: ProductOrder, given?: Given): MockUp;
  /** The numbers that decide about the order, each with its source: the printer's, the product's own, the size's. */
  numbers(order: ProductOrder, given?: Given): PresetNumber[];
  /** Size, spine, bleed and marks with their sources. */
  summary(order: ProductOrder, given?: Given): SummaryRow[];
}
