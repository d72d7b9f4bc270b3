import type { ExactColour, ExactColours, Swap } from '../colour/exact-colours.ts';
import { PrintcatError } from '../errors.ts';
import { pageWithMore } from '../press/twins.ts';
import { atPage } from './page-name.ts';
import type { SheetPage } from './sheet-page.ts';
import type { Template } from './template.ts';

/**
 * Makes sure that every exact colour came through the browser as it went in. The pages are printed a second time
 * with other sentinels: what was painted with an exact colour then has the other sentinel, what was not is the
 * same as before, and what is neither was mixed from one, darkened, or drawn as pixels.
 * @param printed the first print
 * @throws PrintcatError with the colour
 */
export async function refuseMixed(
  sheet: SheetPage,
  template: Template,
  exact: ExactColours,
  printed: Uint8Array,
): Promise<void> {
  const { swaps } = exact;
  if (swaps.length === 0) return;
  const page = await mixedPage(sheet, exact, printed, swaps);
  if (page === null) return;
  const mixed: ExactColour[] = [];
  for (const swap of swaps) {
    if ((await mixedPage(sheet, exact, printed, [swap])) !== null) mixed.push(swap.colour);
  }
  const [first] = mixed.length > 0 ? mixed : swaps.map(({ colour }) => colour);
  throw new PrintcatError(
    `${atPage(template, sheet.geometry, page)}: the exact colour ${first!.label} does not reach the page as it is: the style sheet mixes or darkens it, or the browser draws it as pixels`,
    {
      hint: 'Use it plainly: no color-mix() and no relative colour but for opacity, no groove, ridge, inset or outset border. For a lighter one take a tint: {{ "name" | colour: 40 }}.',
    },
  );
}

async function mixedPage(
  sheet: SheetPage,
  exact: ExactColours,
  printed: Uint8Array,
  swaps: readonly Swap[],
): Promise<number | null> {
  await sheet.replace(swaps.map(({ css, twin }) => [css, twin]));
  const twin = await sheet.pdf();
  await sheet.replace(swaps.map(({ css, twin }) => [twin, css]));
  return pageWithMore(printed, twin, exact, new Set(swaps.map(({ colour }) => colour)));
}
