import { kebab } from '../option-facts.ts';
import { type Edges, formatMm, type Size } from '../units.ts';
import type { Book } from './book.ts';
import type { Resolved } from './declared-product.ts';
import { pageBoxes } from './geometry.ts';
import type { Setting } from './parameters.ts';
import type { SummaryRow } from './product.ts';
import { formatOrigin, formatSourced } from './sourced.ts';

const MARKS = { none: 'none', western: 'crop marks', tombo: 'トンボ' } as const;

const by = ({ width, height }: Size): string => `${formatMm(width)} × ${formatMm(height)}`;

/** What a printer's form asks for, with the sources. */
export function summaryOf({ declaration, printer, settings, size, book, geometry }: Resolved): SummaryRow[] {
  const { noun } = declaration;
  const { media, bleed } = pageBoxes(geometry);
  const { pages } = geometry;
  const bleedRow = declaration.bleed
    ? { label: 'bleed', value: bleedOf(geometry.bleed) }
    : { label: 'bleed', value: formatSourced(printer.bleed), source: formatOrigin(printer.bleed) };
  return [
    { label: 'printer', value: printer.title },
    ...(size
      ? [
          {
            label: book ? 'book' : 'size',
            value: `${by(size.size)}${size.entry ? ` (${size.entry.title})` : ''}${geometry.binding ? `, bound on the ${geometry.binding}` : ''}`,
            ...(size.entry && { source: formatOrigin(size.entry.size) }),
          },
        ]
      : []),
    ...settings.flatMap(settingRow),
    ...(book ? bookRows(book) : []),
    { label: `${noun}, trimmed`, value: by(geometry.trim) },
    { label: `${noun} with bleed`, value: by(bleed) },
    ...(pages.length > 1 ? [{ label: 'pages of the file', value: `${pages.length}` }] : []),
    bleedRow,
    { label: 'safe margin', value: formatSourced(printer.safe), source: formatOrigin(printer.safe) },
    { label: 'marks', value: MARKS[geometry.marks], source: formatOrigin(printer.marks) },
    { label: 'page', value: by(media) },
  ];
}

const bleedOf = ({ top, right, bottom, left }: Edges): string =>
  [...new Set([top, right, bottom, left])].map((mm) => formatMm(mm)).join(', ');

/** Numbers and choices; sizes and bindings have rows of their own. */
function settingRow({ name, value, entry }: Setting): SummaryRow[] {
  if (typeof value === 'object' || name === 'binding' || value === '' || value === false) return [];
  const label = kebab(name).replaceAll('-', ' ');
  if (!entry) return [{ label, value: value === true ? 'yes' : String(value) }];
  const source = entry.authority === 'user' ? {} : { source: formatOrigin(entry) };
  return [{ label, value: entry.unit === 'count' ? String(entry.value) : formatSourced(entry), ...source }];
}

function bookRows({ pages, paper, spine, spineText }: Book): SummaryRow[] {
  const ruled = spine.authority !== 'user';
  return [
    ...(pages === null ? [] : [{ label: 'pages', value: `${pages}${ruled ? `, ${paper.title}` : ''}` }]),
    { label: 'spine', value: formatMm(spine.value), source: formatOrigin(spine) },
    { label: 'type on the spine', value: spineText ? 'allowed' : 'not allowed' },
  ];
}
