import { expected, PrintcatError } from '../errors.ts';
import { inchToMm, MM_PER_INCH } from '../units.ts';
import type { Bindery } from './book.ts';
import type { Sourced } from './geometry.ts';
import type { Paper } from './printer.ts';
import { lengthMm } from './sourced.ts';

/** What one page (half a leaf) adds to the spine, mm. */
export function pageMm({ value, unit }: Sourced): number {
  if (unit === 'in/page') return inchToMm(value);
  if (unit === 'pages/in') return MM_PER_INCH / value;
  return value / 2;
}

/** The page count as it is bound: rounded up to what the printer binds (a leaf has two pages). */
export const boundPages = (printer: Bindery, pages: number): number =>
  Math.ceil(pages / printer.pages.multiple.value) * printer.pages.multiple.value;

/**
 * The limits for a book on this paper.
 * @throws PrintcatError where `pages` lies outside them
 */
export function checkPages(printer: Bindery, paper: Paper, pages: number): void {
  const min = paper.pages?.min ?? printer.pages.min;
  const max = paper.pages?.max ?? printer.pages.max;
  if ((!min || pages >= min.value) && (!max || pages <= max.value)) return;
  const range = max ? `${min?.value ?? 1} to ${max.value}` : `at least ${min?.value}`;
  throw expected(
    range,
    `--pages (${printer.title}, ${paper.name})`,
    pages,
    (max ?? min) && `The limit is from: ${(max ?? min)?.source}.`,
  );
}

/**
 * The spine by the printer's own formula: pages × paper, plus what the printer adds.
 * @param pages as bound
 * @returns mm, with the sum and its origin as the source
 * @throws PrintcatError where the printer publishes no formula
 */
export function spineWidth(printer: Bindery, paper: Paper, pages: number): Sourced {
  const { thickness } = paper;
  if (!thickness) {
    throw new PrintcatError(`${printer.title} publishes no formula for the spine: --spine is needed.`, {
      hint: `Take the width from ${printer.spineFrom ?? 'the printer'} and give it, for example --spine 12.5mm.`,
    });
  }
  const { extra } = printer.spine;
  const added = extra && extra.value > 0 ? ` + ${extra.value} ${extra.unit}` : '';
  return {
    value: pages * pageMm(thickness) + (extra ? lengthMm(extra) : 0),
    unit: 'mm',
    authority: thickness.authority,
    source: `${pages} pages ${perPage(thickness)}${added}, ${paper.title}; ${thickness.source}`,
    ...(thickness.retrieved !== undefined && { retrieved: thickness.retrieved }),
  };
}

function perPage({ value, unit }: Sourced): string {
  if (unit === 'in/page') return `× ${value} in`;
  return unit === 'pages/in' ? `÷ ${value} pages/in` : `÷ 2 × ${value} mm`;
}
