import { apply, inverse } from '../../press/matrix.ts';
import type { Box } from '../../units.ts';
import type { PdfPage } from './pdf.ts';

/** A box of a page as it is shown, mm, in the page's own units before it is turned: x0, y0, x1, y1. */
export function userSpaceBox({ toMm }: Pick<PdfPage, 'toMm'>, { x, y, width, height }: Box): number[] {
  const back = inverse(toMm);
  const [ax, ay] = apply(back, [x, y]);
  const [bx, by] = apply(back, [x + width, y + height]);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}
