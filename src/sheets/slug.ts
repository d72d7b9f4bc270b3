import type { Geometry } from '../products/geometry.ts';
import type { Flip } from './options.ts';
import type { Sheet } from './sheet-sizes.ts';
import type { Side } from './sides.ts';

/** What a slug names besides the side that it stands on. */
export interface SlugFacts {
  readonly sheet: Sheet;
  readonly sheets: number;
  readonly flip: Flip;
  /** Of the pictures. */
  readonly ids: readonly string[];
}

/** How many IDs a slug names at most; the rest is counted. */
const MOST_IDS = 6;

const counted = (n: number, what: string, more: string): string => `${n} ${n === 1 ? what : more}`;

/** The page or pages of the product on a side: `page 3`, `pages 3–6`. */
function pagesOn({ copies }: Side): string {
  const pages = copies.map(({ page }) => page + 1);
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  if (pages.length === 0) return 'empty';
  return first === last ? `page ${first}` : `pages ${first}–${last}`;
}

/**
 * A side's one-line slug: product, size, IDs, copies, sheet and side. The fuller ones first, for a margin to choose from.
 */
export function slugTexts(
  { product, sizeName, pages }: Pick<Geometry, 'product' | 'sizeName' | 'pages'>,
  side: Side,
  { sheet, sheets, flip, ids }: SlugFacts,
): string[] {
  const named = [...new Set(ids)];
  const shown = Array.from({ length: Math.min(MOST_IDS, named.length) + 1 }, (_, less) => {
    const count = Math.min(MOST_IDS, named.length) - less;
    const rest = named.length - count;
    const list = named.slice(0, count).join(', ');
    if (rest === 0) return list;
    return count === 0 ? counted(rest, 'picture', 'pictures') : `${list} + ${rest}`;
  });
  const place = [
    sheets > 1 ? `sheet ${side.sheet + 1} of ${sheets}` : '',
    flip === 'none' ? '' : side.side,
    // Front and back of a product of two pages are named already.
    pages.length > (flip === 'none' ? 1 : 2) || side.copies.length === 0 ? pagesOn(side) : '',
  ];
  const line = (id: string) =>
    [
      ...[`${product} ${sizeName}`, id, counted(side.copies.length, 'copy', 'copies')],
      ...[sheet.title, ...place, 'print at 100 %'],
    ]
      .filter(Boolean)
      .join(' · ');
  return shown.map(line);
}
