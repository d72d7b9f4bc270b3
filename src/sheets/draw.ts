import { pdfNumber } from '../press/content.ts';
import { MARK_WIDTH_PT } from '../press/marks.ts';
import { toPdfBox } from '../press/press.ts';
import type { Edition } from '../press/standards.ts';
import { type Geometry, pageBoxes } from '../products/geometry.ts';
import { type Box, mmToPt, ptToMm, type Size } from '../units.ts';
import type { PlacedLegend } from './free-strips.ts';
import { REGISTER_HALF, type SheetMark } from './sheet-marks.ts';
import type { Copy, Point } from './sides.ts';

/** A circle's quarter as a cubic: 4/3 · (√2 − 1) of the radius. */
const QUARTER = (4 / 3) * (Math.SQRT2 - 1);
/** Radius of a register mark's circle, mm. */
const REGISTER_RADIUS = 1.2;
/** Strokes of a fold's tick and the gaps between them, mm. */
const DASH = '[0.8 0.5] 0 d';
const SOLID = '[] 0 d';

const numbers = (...values: readonly number[]): string => values.map(pdfNumber).join(' ');

/** Sets what follows in mm from the sheet's top left corner, y downwards; its scale needs more decimals than places. */
function inMm({ height }: Size, operators: string): string {
  const scale = mmToPt(1).toFixed(10);
  return `q ${scale} 0 0 -${scale} 0 ${pdfNumber(mmToPt(height))} cm\n${operators}Q\n`;
}

const middleOf = ({ x, y, width, height }: Box): readonly [x: number, y: number] => [
  x + width / 2,
  y + height / 2,
];

/**
 * A page laid on the sheet: the middle of its trim comes to lie on the middle of the copy's, at its own size.
 * @param form what the page is called among the resources
 */
export function drawCopy(copy: Copy, form: string, geometry: Geometry, sheet: Size): string {
  const boxes = pageBoxes(geometry);
  const radians = (-copy.angle * Math.PI) / 180;
  const [cos, sin] = [Math.round(Math.cos(radians)), Math.round(Math.sin(radians))];
  const [x, y] = middleOf(boxes.trim);
  const [fromX, fromY] = [mmToPt(x), mmToPt(boxes.media.height - y)];
  const [toX, toY] = middleOf(copy.trim);
  const shift = [
    mmToPt(toX) - (cos * fromX - sin * fromY),
    mmToPt(sheet.height - toY) - (sin * fromX + cos * fromY),
  ] as const;
  const [left, bottom, right, top] = toPdfBox(copy.shown, mmToPt(sheet.height));
  const clip = `${numbers(left, bottom, right - left, top - bottom)} re W n`;
  return `q ${clip}\n${numbers(cos, sin, -sin, cos, ...shift)} cm /${form} Do Q\n`;
}

function registerMark(x: number, y: number): string {
  const r = REGISTER_RADIUS;
  const k = r * QUARTER;
  return [
    `${numbers(x - REGISTER_HALF, y)} m ${numbers(x + REGISTER_HALF, y)} l`,
    `${numbers(x, y - REGISTER_HALF)} m ${numbers(x, y + REGISTER_HALF)} l`,
    `${numbers(x + r, y)} m`,
    `${numbers(x + r, y + k, x + k, y + r, x, y + r)} c`,
    `${numbers(x - k, y + r, x - r, y + k, x - r, y)} c`,
    `${numbers(x - r, y - k, x - k, y - r, x, y - r)} c`,
    `${numbers(x + k, y - r, x + r, y - k, x + r, y)} c S`,
  ].join('\n');
}

/** The marks of a side: on every plate where there are plates, so that each can be cut and laid in register. */
export function drawMarks(
  marks: readonly SheetMark[],
  registers: readonly Point[],
  sheet: Size,
  space: Edition['space'],
): string {
  const strokes = (kind: SheetMark['kind']) =>
    marks
      .filter((mark) => mark.kind === kind)
      .map(({ x1, y1, x2, y2 }) => `${numbers(x1, y1)} m ${numbers(x2, y2)} l S`);
  const operators = [
    space === 'cmyk' ? '/Registration CS 1 SCN' : '0 G',
    `${numbers(ptToMm(MARK_WIDTH_PT))} w 0 J ${SOLID}`,
    ...strokes('cut'),
    ...registers.map(({ x, y }) => registerMark(x, y)),
    DASH,
    ...strokes('fold'),
    '',
  ];
  return inMm(sheet, operators.join('\n'));
}

/** Ruler and slug, in black alone. */
export function drawLegends(legends: readonly PlacedLegend[], sheet: Size, space: Edition['space']): string {
  if (legends.length === 0) return '';
  const black = space === 'cmyk' ? '0 0 0 1 k 0 0 0 1 K' : '0 g 0 G';
  const drawn = legends.map(({ legend, matrix }) => `q ${numbers(...matrix)} cm\n${legend.operators}Q\n`);
  return inMm(sheet, `${black}\n${drawn.join('')}`);
}
