import { PrintcatError } from '../errors.ts';
import { formatMm } from '../units.ts';
import type { Sourced } from './geometry.ts';
import { findPaper, type Paper, type PrinterPreset } from './printer.ts';
import type { FoundSize } from './sizes.ts';
import { lengthMm } from './sourced.ts';
import { boundPages, checkPages, spineWidth } from './spine.ts';

/** No book is thicker; a wider spine is a slip in the pages or the unit. */
const MAX_SPINE_MM = 100;

/** What an order says of a book block. */
export interface BookOrder {
  readonly pages?: number | undefined;
  readonly paper?: string | undefined;
  /** mm */
  readonly spine?: number | undefined;
}

/** A printer that binds books. */
export type Bindery = PrinterPreset & Required<Pick<PrinterPreset, 'spine' | 'pages'>>;

/** @throws PrintcatError for a printer that binds none */
export function requireBindery(printer: PrinterPreset): Bindery {
  const { spine, pages } = printer;
  if (spine && pages && printer.papers.length > 0) return { ...printer, spine, pages };
  throw new PrintcatError(`${printer.title} binds no books`, {
    hint: '`printcat products` says who makes what.',
  });
}

/** A book block, with everything that its order names looked up. */
export interface Book {
  /** The order's: with its own numbers in it. */
  readonly printer: Bindery;
  readonly size: FoundSize;
  readonly paper: Paper;
  /** Pages as they are bound (an odd count is rounded up); `null` where the order has none. */
  readonly pages: number | null;
  readonly spine: Sourced;
  readonly spineText: boolean;
  readonly order: BookOrder;
}

/**
 * Looks up what the order names and computes the spine.
 * @throws PrintcatError for an unknown paper, for pages out of the printer's range, and where the spine cannot be known
 */
export function resolveBook(preset: PrinterPreset, size: FoundSize, order: BookOrder): Book {
  const printer = requireBindery(preset);
  const paper = findPaper(printer, order.paper);
  if (order.pages !== undefined) checkPages(printer, paper, order.pages);
  const pages = order.pages === undefined ? null : boundPages(printer, order.pages);
  const spine = orderedSpine(order, printer, paper, pages);
  if (spine.value > MAX_SPINE_MM) {
    throw new PrintcatError(
      `Expected a spine of at most ${MAX_SPINE_MM} mm but it is ${formatMm(spine.value)}.`,
      {
        hint: 'Check --pages, --paper and --spine.',
      },
    );
  }
  return { printer, size, paper, pages, spine, spineText: hasSpineText(printer, pages, spine.value), order };
}

function orderedSpine(order: BookOrder, printer: Bindery, paper: Paper, pages: number | null): Sourced {
  if (order.spine !== undefined) {
    if (!(order.spine > 0))
      throw new PrintcatError(`Expected a spine of more than 0 mm but received ${order.spine}.`);
    return { value: order.spine, unit: 'mm', authority: 'user', source: 'given in the order' };
  }
  // A printer without a formula asks for --spine whether the pages are known or not.
  if (pages === null && paper.thickness) {
    throw new PrintcatError('Expected --pages or --spine: the width of the spine follows from them.', {
      hint: `For example --pages 240 --paper ${paper.name}.`,
    });
  }
  return spineWidth(printer, paper, pages ?? 0);
}

/** Type stands on the spine from the printer's page count on, and where its clear sides leave room for it. */
function hasSpineText({ spine }: Bindery, pages: number | null, widthMm: number): boolean {
  const enoughPages = pages === null || !spine.textFrom || pages >= spine.textFrom.value;
  const wideEnough = !spine.textMinWidth || widthMm > lengthMm(spine.textMinWidth);
  return enoughPages && wideEnough && widthMm > 2 * lengthMm(spine.clear);
}
