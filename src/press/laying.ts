import type { PressColours } from '../colour/press-colours.ts';
import { pdfNumber } from './content.ts';
import { convertRgb, type Mode } from './inks.ts';
import type { Laid, Mixing } from './paint.ts';
import type { Reader } from './pdf.ts';
import type { Resources } from './resources.ts';
import { type GroupOpacity, isBlack, shade, veil } from './transparency.ts';

/** Where a content stream stands. */
export interface Place {
  readonly mode: Mode;
  /** Whether black may darken by multiplication: only where what it falls on is in the same group. */
  readonly multiplies: boolean;
  readonly group: GroupOpacity;
  /**
   * Moves patterns of the page itself by (x, y) pt: a pattern's matrix does not see the page's own translation.
   */
  readonly shift?: readonly [number, number];
}

/** Equal keys, equal conversions. */
export const keyOf = ({ mode, multiplies, group, shift }: Place): string =>
  [mode, multiplies ? 'm' : '', group.shown, group.laid, shift ? 'page' : ''].join(' ');

/** How a flat colour is put on the plates. */
export function layColour(
  colours: PressColours,
  rgb: readonly number[],
  stroking: boolean,
  alpha: number,
  blend: string,
  { mode, multiplies, group }: Place,
): Laid {
  if (mode !== 'inks') {
    const grey = convertRgb(colours, rgb, mode).map(pdfNumber).join(' ');
    return { operators: `${grey} ${stroking ? 'G' : 'g'}`, alpha, blend };
  }
  const cmyk = (inks: readonly number[]) => `${inks.map(pdfNumber).join(' ')} ${stroking ? 'K' : 'k'}`;
  if (multiplies && blend === 'Normal' && group.shown === 1 && alpha < 1 && isBlack(rgb)) {
    return { operators: cmyk(shade(colours, alpha)), alpha: 1, blend: 'Multiply' };
  }
  const laid = veil(rgb, alpha, group, (r, g, b) => colours.rgb(r, g, b));
  return { operators: cmyk(laid.inks), alpha: laid.alpha, blend };
}

/** The name of a graphics state with these parameters among the resources. */
export function mixingState(reader: Reader, resources: Resources, mixing: Mixing): string {
  const { fillAlpha, strokeAlpha, blend } = mixing;
  const parts = [fillAlpha, strokeAlpha].map((v) => pdfNumber(v).replace('.', '_'));
  const state = { Type: 'ExtGState', ca: fillAlpha, CA: strokeAlpha, BM: blend };
  const key = `Mix${parts.join('-')}${blend}`;
  return resources.add('ExtGState', key, () => reader.context.obj(state));
}
