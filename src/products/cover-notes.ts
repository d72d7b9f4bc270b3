import { formatMm } from '../units.ts';
import type { BookCover } from './book-cover.ts';
import type { Note } from './geometry.ts';
import { numbersOf, type PresetNumber, type PrinterPreset, readPrinter } from './printer.ts';
import { findSize, sizeMm } from './sizes.ts';
import { formatOrigin, formatSourced, lengthMm } from './sourced.ts';
import { pageMm } from './spine.ts';

/** Listed sizes are rounded to 0.01 in by some printers, to whole mm by others. */
const SAME_SIZE_MM = 0.5;

/** What the user must see before a cover goes to the printer. */
export function coverNotes(cover: BookCover): Note[] {
  const warnings = [
    ...unverified(cover),
    ...paperWarnings(cover),
    ...sizeWarnings(cover),
    ...textUnchecked(cover),
  ];
  const infos = [...given(cover), ...pagesInfo(cover), ...noSpineText(cover)];
  return [
    ...warnings.map((text): Note => ({ level: 'warning', text })),
    ...infos.map((text): Note => ({ level: 'info', text })),
  ];
}

/** The preset's numbers that this order uses: its own paper's, and no formula where the spine is given. */
function usedNumbers({ printer, paper, order }: BookCover): PresetNumber[] {
  // Names of spots count where a template uses one, which the manifest of the order says.
  const { papers: _, spots: __, ...rest } = printer;
  const ruled = order.spine === undefined;
  const thickness = ruled && paper.thickness ? [{ key: `paper ${paper.name}`, entry: paper.thickness }] : [];
  return [...numbersOf(rest).filter(({ key }) => ruled || key !== 'spine.extra'), ...thickness];
}

const unverified = (cover: BookCover): string[] =>
  usedNumbers(cover)
    .filter(({ entry }) => entry.authority === 'unverified')
    .map(({ key, entry }) => {
      const way = key.startsWith('paper ') ? '--spine' : `--override ${key}=…`;
      return `${key} = ${formatSourced(entry)} is unverified (${entry.source}); ${way} replaces it.`;
    });

function paperWarnings({ paper, printer, order, pages }: BookCover): string[] {
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

function sizeWarnings({ printer, size }: BookCover): string[] {
  const texts: string[] = [];
  const shown = `${formatMm(size.size.width)} × ${formatMm(size.size.height)}`;
  const others = size.entry?.others.map((other) => {
    const { width, height } = sizeMm(other);
    return `${formatMm(width)} × ${formatMm(height)}`;
  });
  if (others?.length) {
    texts.push(
      `${size.entry?.title} is ${shown} here and ${others.join(', ')} at other printers: ask yours.`,
    );
  }
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

const listsSize = (
  formats: readonly string[],
  { width, height }: { width: number; height: number },
): boolean =>
  formats.some((name) => {
    const listed = findSize(name).size;
    return Math.abs(listed.width - width) <= SAME_SIZE_MM && Math.abs(listed.height - height) <= SAME_SIZE_MM;
  });

function textUnchecked({ printer, pages, spineText }: BookCover): string[] {
  const from = printer.spine.textFrom;
  if (pages !== null || !from || !spineText) return [];
  return [
    `Without --pages it is not known whether ${printer.title} allows type on the spine (from ${from.value} pages).`,
  ];
}

const given = ({ printer, order }: BookCover): string[] => {
  const own = new Map(numbersOf(readPrinter(order.printer)).map(({ key, entry }) => [key, entry]));
  return numbersOf(printer)
    .filter(({ entry }) => entry.authority === 'user')
    .map(({ key, entry }) => {
      const theirs = own.get(key)!;
      return `${key} = ${formatSourced(entry)} as given, in place of ${formatSourced(theirs)} (${formatOrigin(theirs)}).`;
    });
};

const pagesInfo = ({ order, pages }: BookCover): string[] =>
  pages === null || order.pages === pages
    ? []
    : [`${order.pages} pages are bound as ${pages}: a leaf has two pages.`];

function noSpineText({ printer, pages, spine, spineText }: BookCover): string[] {
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
