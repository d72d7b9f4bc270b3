import bwipjs from 'bwip-js/node';
import { expected } from '../errors.ts';
import { ean13CheckDigit } from './ean13.ts';

/**
 * GS1 General Specifications, figure 5.2.6.6-1 (EAN-13 at 100 %): X-dimension 0.330 mm, bars 22.85 mm high,
 * quiet zones 11 X on the left and 7 X on the right. 80 % is the smallest magnification.
 */
const MODULE_MM = 0.33;
const BAR_HEIGHT_MM = 22.85;
const QUIET_LEFT = 11;
const QUIET_RIGHT = 7;
/** Guard bars reach 5 X further down than the others. */
const GUARD_EXTRA = 5;
const MODULES = 95;
const GUARDS = [0, 2, 46, 48, 92, 94];

const n = (value: number): string => String(Number(value.toFixed(4)));

/**
 * An EAN-13 symbol as SVG: the bars as black rectangles on the module grid, quiet zones included in its size,
 * digits below as text of class `ean-digits`.
 * @param code 13 digits, or 12 to which the check digit is added; hyphens and spaces are ignored
 * @param magnification percent, 80 to 200
 */
export function ean13Svg(code: string, magnification = 80): string {
  if (!(magnification >= 80 && magnification <= 200)) {
    throw expected('80 to 200 %', "an EAN-13's magnification", magnification);
  }
  const given = code.replace(/[-\s]/g, '');
  const digits = given.length === 12 ? given + ean13CheckDigit(given) : given;
  const bars = moduleRuns(digits);
  const scale = (MODULE_MM * magnification) / 100;
  const heightX = BAR_HEIGHT_MM / MODULE_MM;
  const width = QUIET_LEFT + MODULES + QUIET_RIGHT;
  const height = heightX + GUARD_EXTRA + 5;
  const rects = bars.map(({ start, width: w }) => {
    const tall = GUARDS.some((guard) => guard >= start && guard < start + w);
    return `<rect x="${n(QUIET_LEFT + start)}" y="0" width="${w}" height="${n(heightX + (tall ? GUARD_EXTRA : 0))}"/>`;
  });
  const text = (middle: number, length: number, value: string) =>
    `<text class="ean-digits" x="${middle}" y="${n(heightX + 9.2)}" text-anchor="middle" textLength="${length}" font-size="10">${value}</text>`;
  return [
    `<svg class="ean13" xmlns="http://www.w3.org/2000/svg" width="${n(width * scale)}mm" height="${n(height * scale)}mm"`,
    ` viewBox="0 0 ${width} ${n(height)}" fill="#000" role="img" aria-label="${digits}">`,
    ...rects,
    // The first digit stands in the quiet zone, six under each half (modules 3 to 44 and 50 to 91).
    text(4, 6, digits.slice(0, 1)),
    text(QUIET_LEFT + 24, 37, digits.slice(1, 7)),
    text(QUIET_LEFT + 71, 37, digits.slice(7)),
    '</svg>',
  ].join('');
}

/** The dark runs among the 95 modules, from the library's encoder. */
function moduleRuns(digits: string): { start: number; width: number }[] {
  const [symbol] = bwipjs.raw({ bcid: 'ean13', text: digits }) as { sbs: number[] }[];
  const runs: { start: number; width: number }[] = [];
  let at = 0;
  // `sbs` alternates bar, space, bar, … in modules; leading zero-width entries are possible.
  for (const [i, width] of symbol!.sbs.entries()) {
    if (i % 2 === 0 && width > 0) runs.push({ start: at, width });
    at += width;
  }
  return runs;
}
