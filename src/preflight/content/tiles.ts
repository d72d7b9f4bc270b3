import type { PDFDict } from 'pdf-lib';
import { inverse, type Matrix, multiply } from '../../press/matrix.ts';
import { name, numberOf } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import { type Edges, rectangleEdges } from './geometry.ts';

/** Tiles that touch an area in no more than this part of a unit of the pattern's space do not show. */
const TOUCHING = 1e-3;

/**
 * Where the one tile of a pattern stands that shows in an area, as browsers and WeasyPrint paint pictures and marks:
 * as the matrix from its own space to mm. `null` where several show, or where the pattern does not say.
 * @param matrix from the pattern's space to mm
 */
export function onlyTile(pdf: Pdf, dict: PDFDict, matrix: Matrix, area: Edges): Matrix | null {
  const [ax, ay, bx, by] = pdf.numbers(dict.get(name('BBox')));
  const step = (key: string) => Math.abs(numberOf(pdf.get(dict, key)) ?? 0);
  const inside = rectangleEdges(inverse(matrix), area.x0, area.y0, area.x1, area.y1);
  if (by === undefined || !inside) return null;
  const x = onlyShift(Math.min(ax!, bx!), Math.max(ax!, bx!), step('XStep'), inside.x0, inside.x1);
  const y = onlyShift(Math.min(ay!, by), Math.max(ay!, by), step('YStep'), inside.y0, inside.y1);
  return x === null || y === null ? null : multiply([1, 0, 0, 1, x, y], matrix);
}

/** The one multiple of `step` by which `from`…`to` is shifted into `start`…`end`; `null` where there is not one. */
function onlyShift(from: number, to: number, step: number, start: number, end: number): number | null {
  if (!(step > 0)) return null;
  const first = Math.floor((start + TOUCHING - to) / step) + 1;
  const last = Math.ceil((end - TOUCHING - from) / step) - 1;
  return first === last ? first * step : null;
}
