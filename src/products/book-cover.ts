import { PrintcatError } from '../errors.ts';
import { type Box, formatMm, inset, intersect, type Size, sameEdges } from '../units.ts';
import type { BookCoverOrder } from './book-cover-options.ts';
import { coverNotes } from './cover-notes.ts';
import { type Geometry, MARK_REACH_MM, type PageDesign, type Panel, type Sourced } from './geometry.ts';
import { overridePrinter } from './override.ts';
import { findPaper, type Paper, type PrinterPreset, readPrinter } from './printer.ts';
import { type FoundSize, findSize } from './sizes.ts';
import { lengthMm } from './sourced.ts';
import { boundPages, checkPages, spineWidth } from './spine.ts';

/** No perfect-bound book is thicker; a wider spine is a slip in the pages or the unit. */
const MAX_SPINE_MM = 100;

/** An order with everything that it names looked up. */
export interface BookCover {
  readonly printer: PrinterPreset;
  readonly size: FoundSize;
  readonly paper: Paper;
  /** Pages as they are bound (an odd count is rounded up); `null` where the order has none. */
  readonly pages: number | null;
  readonly spine: Sourced;
  readonly spineText: boolean;
  readonly order: BookCoverOrder;
}

/** The printer's preset as the order wants it, with its overrides. */
export const orderedPrinter = (order: Pick<BookCoverOrder, 'printer' | 'override'>): PrinterPreset =>
  overridePrinter(readPrinter(order.printer), order.override ?? []);

/**
 * Looks up what the order names and computes the spine.
 * @throws PrintcatError for an unknown size, paper or printer, for pages out of the printer's range, and where
 *   the spine cannot be known
 */
export function resolveBookCover(order: BookCoverOrder): BookCover {
  const printer = orderedPrinter(order);
  const size = findSize(order.size ?? printer.defaultSize);
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

function orderedSpine(
  order: BookCoverOrder,
  printer: PrinterPreset,
  paper: Paper,
  pages: number | null,
): Sourced {
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
function hasSpineText({ spine }: PrinterPreset, pages: number | null, widthMm: number): boolean {
  const enoughPages = pages === null || !spine.textFrom || pages >= spine.textFrom.value;
  const wideEnough = !spine.textMinWidth || widthMm > lengthMm(spine.textMinWidth);
  return enoughPages && wideEnough && widthMm > 2 * lengthMm(spine.clear);
}

/**
 * The cover of a perfect-bound paperback, laid flat, outside up: W = 2·trim + spine, H = trim, bleed around it.
 * Bound on the left it is back, spine, front; bound on the right (右綴じ) front, spine, back.
 * @throws PrintcatError as `resolveBookCover`, and where the safe margins leave no room
 */
export function bookCoverGeometry(order: BookCoverOrder): Geometry {
  const cover = resolveBookCover(order);
  const { printer, size, spine } = cover;
  const binding = order.binding ?? 'left';
  const bleed = lengthMm(printer.bleed);
  const marks = printer.marks.value;
  const slug = lengthMm(printer.slug);
  if (slug < MARK_REACH_MM[marks]) {
    throw new PrintcatError(
      `Expected a slug of at least ${MARK_REACH_MM[marks]} mm for ${marks} marks but it is ${formatMm(slug)}.`,
      { hint: `Add --override slug=${MARK_REACH_MM[marks] + 2}mm.` },
    );
  }
  const panels = coverPanels(cover, binding, bleed);
  const back = panels.find(({ name }) => name === 'back')!;
  return {
    product: 'book-cover',
    sizeName: size.name,
    format: size.size,
    trim: { width: 2 * size.size.width + spine.value, height: size.size.height },
    bleed: sameEdges(bleed),
    slug: sameEdges(slug),
    pages: [
      {
        ...{ kind: 'cover', index: 0, panels, dielines: [] },
        folds: [
          { name: `${panels[0]!.name}-spine`, line: 'upright', at: size.size.width },
          { name: `spine-${panels[2]!.name}`, line: 'upright', at: size.size.width + spine.value },
        ],
        keepClear: barcodeArea(printer, back.box, binding),
      },
    ],
    marks,
    binding,
    spine,
    notes: coverNotes(cover),
  };
}

/** Left, spine and right panel. Bleed lies on the outer sides; a fold has none. */
function coverPanels(
  { printer, size, spine, spineText }: BookCover,
  binding: string,
  bleed: number,
): Panel[] {
  const { width, height } = size.size;
  const names = binding === 'right' ? (['front', 'back'] as const) : (['back', 'front'] as const);
  const side = (name: 'front' | 'back', x: number): Panel => {
    const box = { x, y: 0, width, height };
    return {
      name,
      box,
      bleed: { top: bleed, bottom: bleed, left: x === 0 ? bleed : 0, right: x === 0 ? 0 : bleed },
      safe: safeBox(box, lengthMm(printer.safe)),
      text: true,
    };
  };
  return [
    side(names[0], 0),
    spinePanel(printer, size.size, spine.value, spineText, bleed),
    side(names[1], width + spine.value),
  ];
}

function spinePanel(
  printer: PrinterPreset,
  format: Size,
  width: number,
  text: boolean,
  bleed: number,
): Panel {
  const box = { x: format.width, y: 0, width, height: format.height };
  // On a spine narrower than its clear sides nothing is safe: the box shrinks to its middle line.
  const clear = Math.min(lengthMm(printer.spine.clear), width / 2);
  const safe = lengthMm(printer.safe);
  return {
    name: 'spine',
    box,
    bleed: { top: bleed, bottom: bleed, left: 0, right: 0 },
    safe: inset(box, { top: safe, bottom: safe, left: clear, right: clear }),
    text,
  };
}

function safeBox(box: Box, margin: number): Box {
  const safe = inset(box, sameEdges(margin));
  if (safe.width > 0 && safe.height > 0) return safe;
  throw new PrintcatError(
    `A safe margin of ${formatMm(margin)} leaves nothing of ${formatMm(box.width)} × ${formatMm(box.height)}.`,
    { hint: 'Choose a larger --size, or a smaller margin with --override safe=…' },
  );
}

/** Where the barcode stands: at the foot of the back, on the side of the spine. */
function barcodeArea(
  { barcode }: PrinterPreset,
  back: Box,
  binding: 'left' | 'right',
): PageDesign['keepClear'] {
  if (!barcode) return [];
  const width = lengthMm(barcode.width);
  const height = lengthMm(barcode.height);
  const fromSpine = lengthMm(barcode.fromSpine);
  const area = {
    x: binding === 'left' ? back.x + back.width - fromSpine - width : back.x + fromSpine,
    y: back.y + back.height - lengthMm(barcode.fromBottom) - height,
    width,
    height,
  };
  const box = intersect(area, back);
  return box ? [{ name: 'barcode', box }] : [];
}
