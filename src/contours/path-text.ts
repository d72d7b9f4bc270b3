import { mmToPt } from '../units.ts';
import type { CutPath, Point } from './path.ts';

/** Decimals kept of a coordinate: 0.1 µm in mm and less in pt, far below what any cutter resolves. */
const DECIMALS = 4;

const written = (value: number): string => `${Number(value.toFixed(DECIMALS)) + 0}`;

/** Both formats name the same three things by letters of their own. */
function write(
  { loops }: CutPath,
  place: (point: Point) => string,
  line: (operands: readonly string[], kind: 'move' | 'curve' | 'close') => string,
): string[] {
  return loops.flatMap((loop) => [
    line([place(loop[0]!.from)], 'move'),
    ...loop.map(({ control1, control2, to }) => line([control1, control2, to].map(place), 'curve')),
    line([], 'close'),
  ]);
}

/** The path as the `d` of an SVG path, in mm: `M… C… Z`. */
export const toSvgData = (path: CutPath): string =>
  write(
    path,
    ([x, y]) => `${written(x)} ${written(y)}`,
    (operands, kind) => ({ move: 'M', curve: 'C', close: 'Z' })[kind] + operands.join(' '),
  ).join('');

/**
 * The path as PDF's path construction operators `m`, `c`, `h` (ISO 32000-1, 8.5.2), in pt from the bottom left
 * corner; what strokes or fills it is left to the caller.
 * @param pageHeight height of what the path is measured in, mm: PDF's y points upwards
 */
export const toPdfOperators = (path: CutPath, pageHeight: number): string[] =>
  write(
    path,
    ([x, y]) => `${written(mmToPt(x))} ${written(mmToPt(pageHeight - y))}`,
    (operands, kind) => [...operands, { move: 'm', curve: 'c', close: 'h' }[kind]].join(' '),
  );
