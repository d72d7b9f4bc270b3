import type { Operation } from './content.ts';
import { apply, IDENTITY, type Matrix, matrixOf, multiply, type Point } from './matrix.ts';

/** How large what is painted comes out on the page. */
export interface Extent {
  readonly isType: boolean;
  /** Of type its size; of a stroke its width; of a filled shape the shorter side of its largest part. pt. */
  readonly size: number;
}

/** What nothing is known of: it is neither small type nor a large area. */
export const UNKNOWN: Extent = { isType: true, size: Number.POSITIVE_INFINITY };

interface State {
  readonly matrix: Matrix;
  readonly fontSize: number;
  readonly lineWidth: number;
}

const TEXT = new Set(['Tj', 'TJ', "'", '"']);

/** How many pt a unit becomes on the mean of all directions. */
export const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c));

/** The browser's 12 pt are 11.9999. */
const rounded = (size: number): number => Math.round(size * 100) / 100;

/** Follows sizes through a content stream: the layout prints a page ten times as large at a tenth. */
export class Extents {
  #state: State;
  #text: Matrix = IDENTITY;
  readonly #stack: State[] = [];

  /** @param base from the stream's units to the page's pt */
  constructor(base: Matrix) {
    this.#state = { matrix: base, fontSize: 0, lineWidth: 1 };
  }

  /** From the stream's present units to the page's pt. */
  get matrix(): Matrix {
    return this.#state.matrix;
  }

  /** A graphics state dictionary sets the line's width too. */
  setLineWidth(lineWidth: number): void {
    this.#state = { ...this.#state, lineWidth };
  }

  follow({ operator, operands }: Operation): void {
    const numbers = () => operands.map(Number);
    if (operator === 'q') this.#stack.push(this.#state);
    else if (operator === 'Q') this.#state = this.#stack.pop() ?? this.#state;
    else if (operator === 'cm') {
      this.#state = { ...this.#state, matrix: multiply(matrixOf(numbers()), this.#state.matrix) };
    } else if (operator === 'w') this.setLineWidth(Number(operands[0]));
    else if (operator === 'Tf') this.#state = { ...this.#state, fontSize: Number(operands[1]) };
    else if (operator === 'Tm') this.#text = matrixOf(numbers());
    else if (operator === 'BT') this.#text = IDENTITY;
  }

  /** How large a path with its operator, or a piece of text, is painted. */
  of(operations: readonly Operation[], stroking: boolean): Extent {
    const { matrix, fontSize, lineWidth } = this.#state;
    if (operations.some(({ operator }) => TEXT.has(operator))) {
      const [, , c, d] = multiply(this.#text, matrix);
      return { isType: true, size: rounded(fontSize * Math.hypot(c, d)) };
    }
    if (stroking) return { isType: false, size: rounded(lineWidth * scaleOf(matrix)) };
    const sides = subpaths(operations).map((points) => shorterSide(points.map((p) => apply(matrix, p))));
    return sides.length > 0 ? { isType: false, size: rounded(Math.max(...sides)) } : UNKNOWN;
  }
}

/** The points of each part of a path, control points too. */
function subpaths(operations: readonly Operation[]): Point[][] {
  const parts: Point[][] = [];
  for (const { operator, operands } of operations) {
    const numbers = operands.map(Number);
    if (operator === 're') {
      const [x = 0, y = 0, width = 0, height = 0] = numbers;
      parts.push([
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ]);
    } else if (operator === 'm') parts.push([[numbers[0]!, numbers[1]!]]);
    else if (['l', 'c', 'v', 'y'].includes(operator)) {
      for (let i = 0; i + 1 < numbers.length; i += 2) parts.at(-1)?.push([numbers[i]!, numbers[i + 1]!]);
    }
  }
  return parts;
}

function shorterSide(points: readonly Point[]): number {
  const side = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return Math.min(side(points.map(([x]) => x)), side(points.map(([, y]) => y)));
}
