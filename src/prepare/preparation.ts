import type * as z from 'zod';
import type { Picture } from '../artwork/artwork.ts';
import type { Cuts } from '../products/design.ts';
import type { Scope } from '../products/expression.ts';
import type { PrinterPreset } from '../products/printer.ts';
import type { ProductOrder } from '../products/product.ts';
import type { Size } from '../units.ts';

/** A picture of an order, as what is prepared of it needs it. */
export interface OrderedPicture {
  readonly id: string;
  /** The original's path; it is only read. */
  readonly path: string;
  /** SHA-256 of the original. */
  readonly sha256: string;
  /** Of the upright picture, px. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hasAlpha: boolean;
}

export interface PreparationJob {
  readonly product: string;
  /** The order's options, checked. */
  readonly options: ProductOrder;
  readonly pictures: readonly OrderedPicture[];
  readonly printer: PrinterPreset;
  /** The size that the order names, mm; `null` for a product without sizes. */
  readonly size: Size | null;
  /** Folder of computed things that may be thrown away. */
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  onStage(stage: string): void;
}

/** What is worked out before a product's geometry is known. */
export interface Preparation {
  /** Further names for the product's expressions, lengths in mm. */
  readonly values?: Scope;
  /** Cuts around the pictures. */
  readonly cuts?: Cuts;
  /** What templates see as `data`. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Pictures that take the place of the order's own, such as cut-outs of them, in the same order. */
  readonly pictures?: readonly Picture[];
  /** What stands where, delivered as a list beside the file. */
  readonly list?: readonly ListRow[];
}

/** A row of a list; all rows of one have the same columns. */
export type ListRow = Readonly<Record<string, string | number>>;

/** Something that a product can have worked out: what an order says of it, and the work, loaded when it is needed. */
export interface Preparer {
  readonly options: z.ZodRawShape;
  load(): Promise<(job: PreparationJob) => Promise<Preparation> | Preparation>;
}
