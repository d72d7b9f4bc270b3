import { formatMm, type Size } from '../units.ts';
import { bookCoverGeometry, resolveBookCover } from './book-cover.ts';
import type { BookCoverOrder } from './book-cover-options.ts';
import { pageBoxes } from './geometry.ts';
import type { SummaryRow } from './product.ts';
import { formatOrigin, formatSourced } from './sourced.ts';

const MARKS = { none: 'none', western: 'crop marks', tombo: 'トンボ' } as const;

const by = ({ width, height }: Size): string => `${formatMm(width)} × ${formatMm(height)}`;

/**
 * What a printer's form asks for, with the sources.
 * @throws PrintcatError as `bookCoverGeometry`
 */
export function bookCoverSummary(order: BookCoverOrder): SummaryRow[] {
  const { printer, paper, size, pages, spine, spineText } = resolveBookCover(order);
  const geometry = bookCoverGeometry(order);
  const { media, bleed } = pageBoxes(geometry);
  const ruled = spine.authority !== 'user' || undefined;
  return [
    { label: 'printer', value: printer.title },
    {
      label: 'book',
      value: `${by(size.size)}${size.entry ? ` (${size.entry.title})` : ''}, bound on the ${geometry.binding}`,
      ...(size.entry && { source: formatOrigin(size.entry.size) }),
    },
    ...(pages === null ? [] : [{ label: 'pages', value: `${pages}${ruled ? `, ${paper.title}` : ''}` }]),
    { label: 'spine', value: formatMm(spine.value), source: formatOrigin(spine) },
    { label: 'type on the spine', value: spineText ? 'allowed' : 'not allowed' },
    { label: 'cover, trimmed', value: by(geometry.trim) },
    { label: 'cover with bleed', value: by(bleed) },
    { label: 'bleed', value: formatSourced(printer.bleed), source: formatOrigin(printer.bleed) },
    { label: 'safe margin', value: formatSourced(printer.safe), source: formatOrigin(printer.safe) },
    { label: 'marks', value: MARKS[geometry.marks], source: formatOrigin(printer.marks) },
    { label: 'page', value: by(media) },
  ];
}
