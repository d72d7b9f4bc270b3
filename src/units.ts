/**
 * Lengths and boxes, and the conversions between the trade's units, in one place.
 *
 * Inside the program a length is a `number` of millimetres unless its name says otherwise (`widthPt`,
 * `heightPx`). Boxes are measured from the top left corner, y downwards; only `press/` turns them over into
 * PDF's bottom-left points.
 */

/** 1 in = 25.4 mm exactly (international inch, 1959). */
export const MM_PER_INCH = 25.4;
/** 1 in = 72 pt (PDF default user space unit, ISO 32000-1, 8.3.2.3). */
export const PT_PER_INCH = 72;

export const inchToMm = (inch: number): number => inch * MM_PER_INCH;
export const mmToInch = (mm: number): number => mm / MM_PER_INCH;
export const mmToPt = (mm: number): number => (mm * PT_PER_INCH) / MM_PER_INCH;
export const ptToMm = (pt: number): number => (pt * MM_PER_INCH) / PT_PER_INCH;

/** Pixels that `mm` millimetres take at `ppi` pixels an inch, rounded up: never one pixel too few. */
export const mmToPx = (mm: number, ppi: number): number => Math.ceil((mm / MM_PER_INCH) * ppi - 1e-6);

/** The length of `px` pixels at `ppi` pixels an inch, mm. */
export const pxToMm = (px: number, ppi: number): number => (px / ppi) * MM_PER_INCH;

/** Effective resolution, in pixels an inch, of `px` pixels printed over `mm` millimetres. */
export const effectivePpi = (px: number, mm: number): number => px / mmToInch(mm);

/** A length in mm as people read it: at most `digits` decimals, no trailing zeros. */
export const formatMm = (mm: number, digits = 2): string => `${Number(mm.toFixed(digits))} mm`;

/** Width and height, mm. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle, mm, from the top left corner of whatever its owner names. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** A length for each side, mm. */
export interface Edges {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export const sameEdges = (mm: number): Edges => ({ top: mm, right: mm, bottom: mm, left: mm });

/** The box grown outwards by `by` (a negative length shrinks it). */
export const outset = (box: Box, by: Edges): Box => ({
  x: box.x - by.left,
  y: box.y - by.top,
  width: box.width + by.left + by.right,
  height: box.height + by.top + by.bottom,
});

/** The box shrunk inwards by `by`. */
export const inset = (box: Box, by: Edges): Box =>
  outset(box, { top: -by.top, right: -by.right, bottom: -by.bottom, left: -by.left });

export const translate = (box: Box, dx: number, dy: number): Box => ({
  ...box,
  x: box.x + dx,
  y: box.y + dy,
});

/** The box in another unit: its place and size times `k`. */
export const scaled = (box: Box, k: number): Box => ({
  x: box.x * k,
  y: box.y * k,
  width: box.width * k,
  height: box.height * k,
});

/** The part two boxes share, or `null` where they do not meet. */
export function intersect(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

const LENGTH = /^(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt)?$/i;
const TO_MM = { mm: 1, cm: 10, in: MM_PER_INCH, pt: MM_PER_INCH / PT_PER_INCH } as const;

/**
 * Reads a length such as `12`, `12mm`, `1.2cm`, `0.5in` or `36pt`; without a unit it is millimetres.
 * @returns the length in mm, or `null` where the text is not a length.
 */
export function parseLength(text: string): number | null {
  const match = LENGTH.exec(text.trim());
  if (!match) return null;
  const unit = (match[2] ?? 'mm').toLowerCase() as keyof typeof TO_MM;
  return Number(match[1]) * TO_MM[unit];
}

/**
 * Reads a size such as `105x148`, `105x148mm`, `6x9in` or `5.5 × 8.5 in`; a unit at the end counts for both.
 * @returns the size in mm, or `null` where the text is not a size.
 */
export function parseSize(text: string): Size | null {
  const match = /^([\d.]+)\s*(mm|cm|in|pt)?\s*[x×]\s*([\d.]+)\s*(mm|cm|in|pt)?$/i.exec(text.trim());
  if (!match) return null;
  const width = parseLength(`${match[1]}${match[2] ?? match[4] ?? 'mm'}`);
  const height = parseLength(`${match[3]}${match[4] ?? match[2] ?? 'mm'}`);
  return width && height ? { width, height } : null;
}
