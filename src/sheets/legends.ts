import { pdfNumber } from '../press/content.ts';
import { MM_PER_INCH, ptToMm, type Size } from '../units.ts';
import type { Lettering } from './lettering.ts';

/** A piece of print beside the art: path operators in mm from its top left corner, y downwards, without a colour. */
export interface Legend extends Size {
  readonly operators: string;
}

const RULER_MM = 100;
const RULER_IN = 4;
const LENGTH = RULER_IN * MM_PER_INCH;
/** Thickness of the ruler's lines, mm: thin enough to read tenths of a mm. */
const LINE = 0.1;

const ENGLISH = '100 mm. If it is not, the printer scaled the page: print at 100 %, “actual size”.';
const JAPANESE = '100 mm でなければ、拡大・縮小されています。「実際のサイズ」（100 %）で印刷してください。';

const SMALL = ptToMm(5);
const SMALLEST = ptToMm(4);

/** Length of the tick at a mm, mm. */
const tickAt = (mm: number): number => (mm % 10 === 0 ? 1 : mm % 5 === 0 ? 0.8 : 0.55);
/** Length of the tick at so many eighths of an inch. */
const tickAtEighth = (eighth: number): number => (eighth % 8 === 0 ? 1 : eighth % 4 === 0 ? 0.8 : 0.55);

/** Ticks of mm above a line at `y`, of eighths of an inch below it; the middles of the lines are what is measured. */
function scale(y: number, height: number): string {
  const upright = (x: number, from: number, to: number) =>
    `${pdfNumber(x)} ${pdfNumber(from)} m ${pdfNumber(x)} ${pdfNumber(to)} l`;
  return [
    `${pdfNumber(LINE)} w 0 J`,
    `${pdfNumber(-LINE / 2)} ${pdfNumber(y)} m ${pdfNumber(LENGTH + LINE / 2)} ${pdfNumber(y)} l`,
    ...Array.from({ length: RULER_MM + 1 }, (_, mm) => upright(mm, y, y - height * tickAt(mm))),
    ...Array.from({ length: RULER_IN * 8 + 1 }, (_, n) =>
      upright((n * MM_PER_INCH) / 8, y, y + height * tickAtEighth(n)),
    ),
    'S\n',
  ].join('\n');
}

/** The ruler with its numerals, and what it is for in two lines below. */
export function tallRuler(type: Lettering): Legend {
  const line = 3.2;
  const centred = (text: string, x: number, baseline: number) =>
    type.outlines(text, x - type.width(text, SMALL) / 2, baseline, SMALL);
  const numerals = [
    ...Array.from({ length: RULER_MM / 10 }, (_, n) => centred(`${n * 10}`, n * 10, 1.3)),
    type.outlines('100 mm', RULER_MM - type.width('100', SMALL) / 2, 1.3, SMALL),
    ...Array.from({ length: RULER_IN }, (_, n) => centred(`${n}`, n * MM_PER_INCH, line + 3)),
    type.outlines('4 in', LENGTH - type.width('4', SMALL) / 2, line + 3, SMALL),
  ];
  const text = type.outlines(ENGLISH, 0, line + 5.6, SMALL) + type.outlines(JAPANESE, 0, line + 7.9, SMALL);
  const width = Math.max(
    RULER_MM + type.width('100 mm', SMALL),
    ...[ENGLISH, JAPANESE].map((words) => type.width(words, SMALL)),
  );
  return { width, height: line + 8.4, operators: scale(line, 1.6) + numerals.join('') + text };
}

/** The same for a narrow margin: what it is for stands beside it in one line, and it has no numerals. */
export function flatRuler(type: Lettering): Legend {
  const height = 2.4;
  const at = LENGTH + 2.5;
  const between = at + type.width(ENGLISH, SMALL) + 2.5;
  const text = type.outlines(ENGLISH, at, 1.7, SMALL) + type.outlines(JAPANESE, between, 1.7, SMALL);
  const width = between + type.width(JAPANESE, SMALL);
  return { width, height, operators: scale(height / 2, 1.1) + text };
}

/** The same for a narrow margin that is short: two lines of smaller type. */
export function shortRuler(type: Lettering): Legend {
  const height = 2.6;
  const at = LENGTH + 2.5;
  const text = type.outlines(ENGLISH, at, 0.95, SMALLEST) + type.outlines(JAPANESE, at, 2.4, SMALLEST);
  const width = at + Math.max(...[ENGLISH, JAPANESE].map((words) => type.width(words, SMALLEST)));
  return { width, height, operators: scale(height / 2, 1.1) + text };
}

/** One line of words. */
export const slugLine = (type: Lettering, text: string): Legend => ({
  width: type.width(text, SMALL),
  height: 1.9,
  operators: type.outlines(text, 0, 1.4, SMALL),
});
