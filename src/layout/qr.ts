import bwipjs from 'bwip-js/node';
import type { Raster } from '../artwork/raster.ts';
import { expected, messageOf } from '../errors.ts';
import { escapeMarkup } from '../markup.ts';
import { formatMm } from '../units.ts';

/** The least share of a symbol that may be lost: 7, 15, 25, 30 % (ISO/IEC 18004, 7.5.1). */
export const QR_LEVELS = ['L', 'M', 'Q', 'H'] as const;
export type QrLevel = (typeof QR_LEVELS)[number];

/** The clear zone on every side, modules (ISO/IEC 18004, 9.1; qrcode.com, "Point for determining the code area"). */
export const QR_QUIET_ZONE = 4;
/** The least X-dimension that scanners at a till must read, mm (GS1 General Specifications, 5.12.3.1). */
export const QR_MODULE_MIN_MM = 0.396;
/** Dots of a printer, or pixels, that a module takes at least (DENSO WAVE, "Point for setting the module size"). */
export const QR_MODULE_MIN_PX = 4;
/**
 * The module where a template says no size, mm: an address of 40 letters is then 20 mm wide, and read from 20 cm (the
 * usual tenth of the distance).
 */
const QR_MODULE_MM = 0.5;

/** The dark and light modules of a symbol, without its quiet zone. */
export interface QrModules {
  /** Modules each way. */
  readonly size: number;
  isDark(x: number, y: number): boolean;
}

/**
 * Encodes a text in the smallest QR code that holds it.
 * @param level taken higher where that costs no module
 * @throws PrintcatError for an empty text, or one too long for any symbol
 */
export function qrModules(text: string, level: QrLevel = 'M'): QrModules {
  if (!QR_LEVELS.includes(level))
    throw expected(`one of ${QR_LEVELS.join(', ')}`, "a QR code's level", level);
  if (text === '') throw expected('a text', 'a QR code', text);
  const { pixs, pixx: size } = encoded(text, level);
  return {
    size,
    isDark: (x, y) => x >= 0 && y >= 0 && x < size && y < size && pixs[y * size + x] === 1,
  };
}

function encoded(text: string, level: QrLevel): { pixs: ArrayLike<number>; pixx: number } {
  try {
    const [symbol] = bwipjs.raw('qrcode', text, `eclevel=${level}`) as {
      pixs: number[];
      pixx: number;
    }[];
    return symbol!;
  } catch (error) {
    throw expected(
      `a text that a QR code of level ${level} holds`,
      'a QR code',
      `${[...text].length} characters (${messageOf(error)})`,
      'Choose a shorter address, or level L.',
    );
  }
}

/**
 * The outlines of the dark modules as one SVG path, a unit a module, to be filled by the even-odd rule. Whole shapes,
 * not a square a module: between squares that touch, viewers and RIPs show hairlines.
 * @param offset added to every coordinate, modules
 */
export function qrPath({ size, isDark }: QrModules, offset = 0): string {
  // An edge runs from corner to corner with the dark on its right: top sides to the right, right sides down, …
  const next = new Map<number, number[]>();
  const corner = (x: number, y: number) => y * (size + 1) + x;
  const edge = (x0: number, y0: number, x1: number, y1: number) => {
    const from = corner(x0, y0);
    next.set(from, [...(next.get(from) ?? []), corner(x1, y1)]);
  };
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!isDark(x, y)) continue;
      if (!isDark(x, y - 1)) edge(x, y, x + 1, y);
      if (!isDark(x + 1, y)) edge(x + 1, y, x + 1, y + 1);
      if (!isDark(x, y + 1)) edge(x + 1, y + 1, x, y + 1);
      if (!isDark(x - 1, y)) edge(x, y + 1, x, y);
    }
  }
  let path = '';
  for (const [start, ends] of next) {
    while (ends.length > 0) {
      path += `M${(start % (size + 1)) + offset} ${Math.floor(start / (size + 1)) + offset}`;
      for (let at = start, to = ends.pop()!; ; ) {
        const step = to - at;
        let length = 1;
        // Where two modules touch by a corner only, either way closes both outlines; straight on is the shorter text.
        while (to !== start && takeStraight(next.get(to)!, to + step)) {
          to += step;
          length++;
        }
        path += Math.abs(step) === 1 ? `h${step * length}` : `v${Math.sign(step) * length}`;
        if (to === start) break;
        [at, to] = [to, next.get(to)!.pop()!];
      }
      path += 'z';
    }
  }
  return path;
}

/** Takes an end off the list, if it is there. */
function takeStraight(ends: number[], wanted: number): boolean {
  const i = ends.indexOf(wanted);
  if (i < 0) return false;
  ends.splice(i, 1);
  return true;
}

/** Modules each way with the quiet zone. */
const fullSize = ({ size }: QrModules): number => size + 2 * QR_QUIET_ZONE;

/** The smallest width that a QR code of this text may be printed at, its quiet zone included, mm. */
export const qrMinWidth = (text: string, level?: QrLevel): number =>
  fullSize(qrModules(text, level)) * QR_MODULE_MIN_MM;

/**
 * A QR code as SVG, vector, black alone on nothing: what lies below it must be light, the quiet zone too.
 * @param widthMm of the symbol with its quiet zone of four modules; without it a module is 0.5 mm
 * @throws PrintcatError where its modules would be smaller than 0.396 mm
 */
export function qrSvg(text: string, widthMm?: number, level?: QrLevel): string {
  const modules = qrModules(text, level);
  const full = fullSize(modules);
  const width = widthMm ?? full * QR_MODULE_MM;
  if (!(width >= full * QR_MODULE_MIN_MM - 1e-9)) {
    throw expected(
      `at least ${formatMm(Math.ceil(full * QR_MODULE_MIN_MM * 10) / 10)} (${full} modules of ${formatMm(QR_MODULE_MIN_MM, 3)})`,
      "a QR code's width",
      Number.isFinite(width) ? formatMm(width) : String(widthMm),
      'Make it larger, or its text shorter.',
    );
  }
  const mm = `${Number(width.toFixed(4))}mm`;
  return [
    `<svg class="qr" xmlns="http://www.w3.org/2000/svg" width="${mm}" height="${mm}" viewBox="0 0 ${full} ${full}"`,
    ` fill="#000" fill-rule="evenodd" role="img" aria-label="${escapeMarkup(text)}">`,
    `<path d="${qrPath(modules, QR_QUIET_ZONE)}"/></svg>`,
  ].join('');
}

/**
 * A QR code in pixels, black on white with its quiet zone, every module the same whole number of pixels: as large as
 * fits into a square, its rest white on all sides.
 * @param widthPx the square's side, px
 * @throws PrintcatError where a module would have fewer than four pixels
 */
export function qrRaster(text: string, widthPx: number, level?: QrLevel): Raster {
  const modules = qrModules(text, level);
  const full = fullSize(modules);
  const module = Math.floor(widthPx / full);
  if (!(module >= QR_MODULE_MIN_PX)) {
    throw expected(
      `at least ${full * QR_MODULE_MIN_PX} px (${full} modules of ${QR_MODULE_MIN_PX} px)`,
      "a QR code's width",
      `${widthPx} px`,
      'Make it larger, or its text shorter.',
    );
  }
  const start = Math.floor((widthPx - module * modules.size) / 2);
  const at = (px: number) => Math.floor((px - start) / module);
  const data = new Uint8Array(widthPx * widthPx * 3).fill(255);
  for (let y = 0; y < widthPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (modules.isDark(at(x), at(y))) data.fill(0, (y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3);
    }
  }
  return { data, width: widthPx, height: widthPx, channels: 3 };
}
