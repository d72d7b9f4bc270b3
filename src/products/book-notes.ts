import { formatMm } from '../units.ts';
import type { Book } from './book.ts';
import type { PrinterPreset } from './printer.ts';
import { bookSizes, findSize } from './sizes.ts';
import { formatOrigin, formatSourced, lengthMm } from './sourced.ts';
import { pageMm } from './spine.ts';

/** Listed sizes are rounded to 0.01 in by some printers, to whole mm by others. */
const SAME_SIZE_MM = 0.5;

/** What the user must know of a book's spine and format before its cover goes to the printer. */
export const bookWarnings = (book: Book): string[] => [
  ...paperWarnings(book),
  ...formatWarnings(book),
  ...textUnchecked(book),
];

/** What followed from the order of a book. */
export const bookInfos = (book: Book): string[] => [...pagesInfo(book), ...noSpineText(book)];

/** A printer's numbers that decide about books: no formula where the spine is given, and no paper but the order's. */
export const isBooks = (key: string, { order }: Book): boolean =>
  /^(spine|pages|barcode|isbn|trim)\.|^formats$/.test(key) &&
  (order.spine === undefined || key !== 'spine.extra');

function paperWarnings({ paper, printer, order, pages }: Book): string[] {
  if (order.spine !== undefined || !paper.thickness) return [];
  const texts: string[] = [];
  if (order.paper === undefined) {
    texts.push(`No paper was given: the spine is for ${paper.title} (${paper.name}), ${printer.title}.`);
  }
  if (paper.others.length > 0 && pages !== null) {
    const spines = [paper.thickness, ...paper.others].map((entry) => pages * pageMm(entry));
    const values = paper.others.map((entry) => formatSourced(entry)).join(' and ');
    texts.push(
      `${paper.title} is ${formatSourced(paper.thickness)} here and ${values} elsewhere: a spine of ` +
        `${formatMm(Math.min(...spines))} to ${formatMm(Math.max(...spines))}. Ask your printer and give --spine.`,
    );
  }
  if (paper.remark) texts.push(`${paper.title}: ${paper.remark}.`);
  return texts;
}

function formatWarnings({ printer, size }: Book): string[] {
  const texts: string[] = [];
  const shown = `${formatMm(size.size.width)} × ${formatMm(size.size.height)}`;
  if (!fitsTrim(printer, size.size)) {
    texts.push(`${shown} lies outside ${printer.title}'s sizes (${formatOrigin(printer.trim!.minWidth)}).`);
  }
  if (printer.formats && !listsSize(printer.formats.value, size.size)) {
    texts.push(
      `${shown} is not among the formats of ${printer.title} (${printer.formats.value.join(', ')}).`,
    );
  }
  return texts;
}

function fitsTrim({ trim }: PrinterPreset, { width, height }: { width: number; height: number }): boolean {
  if (!trim) return true;
  const within = (mm: number, min: number, max: number) => mm >= min - 0.01 && mm <= max + 0.01;
  return (
    within(width, lengthMm(trim.minWidth), lengthMm(trim.maxWidth)) &&
    within(height, lengthMm(trim.minHeight), lengthMm(trim.maxHeight))
  );
}

const BOOKS = { product: 'book-cover', sizes: bookSizes(), free: { min: 0, max: 1000 } };

const listsSize = (
  formats: readonly string[],
  { width, height }: { width: number; height: number },
): boolean =>
  formats.some((name) => {
    const listed = findSize(name, BOOKS).size;
    return Math.abs(listed.width - width) <= SAME_SIZE_MM && Math.abs(listed.height - height) <= SAME_SIZE_MM;
  });

function textUnchecked({ printer, pages, spineText }: Book): string[] {
  const from = printer.spine.textFrom;
  if (pages !== null || !from || !spineText) return [];
  return [
    `Without --pages it is not known whether ${printer.title} allows type on the spine (from ${from.value} pages).`,
  ];
}

const pagesInfo = ({ order, pages }: Book): string[] =>
  pages === null || order.pages === pages
    ? []
    : [`${order.pages} pages are bound as ${pages}: a leaf has two pages.`];

function noSpineText({ printer, pages, spine, spineText }: Book): string[] {
  if (spineText) return [];
  const { textFrom, textMinWidth, clear } = printer.spine;
  if (textFrom && pages !== null && pages < textFrom.value) {
    return [
      `No type on the spine: ${printer.title} allows it from ${textFrom.value} pages (${formatOrigin(textFrom)}).`,
    ];
  }
  const width = formatMm(spine.value);
  if (textMinWidth && spine.value <= lengthMm(textMinWidth)) {
    return [`No type on the spine: it is ${width} wide (${formatOrigin(textMinWidth)}).`];
  }
  return [`No type on the spine: ${width} less ${formatSourced(clear)} on each side leaves no room for it.`];
}
