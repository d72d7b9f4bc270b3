import { messageOf } from '../../errors.ts';
import type { Box } from '../../units.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import type { PageCoverage } from '../model.ts';
import { PlateReader } from './page-plates.ts';
import { type Plates, PROCESS } from './plates.ts';
import { TooMuch } from './stream-kit.ts';

/** Side of the squares that GWG 2022 takes means of total ink over (R0025, R0026), mm. */
export const SQUARE_MM = 15;

/** Sums over rectangles of a picture of values, corners between pixels too. */
class Sums {
  readonly #sums: Float64Array;
  readonly #width: number;
  readonly #height: number;

  constructor(values: Float64Array, width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#sums = new Float64Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y++) {
      let row = 0;
      for (let x = 0; x < width; x++) {
        row += values[y * width + x]!;
        this.#sums[(y + 1) * (width + 1) + x + 1] = this.#sums[y * (width + 1) + x + 1]! + row;
      }
    }
  }

  /** The sum left of and above a point; exact where it lies within a pixel, which is of one value. */
  #corner(x: number, y: number): number {
    const [x0, y0] = [Math.min(Math.floor(x), this.#width - 1), Math.min(Math.floor(y), this.#height - 1)];
    const [u, v] = [x - x0, y - y0];
    const at = y0 * (this.#width + 1) + x0;
    const below = at + this.#width + 1;
    const top = this.#sums[at]! * (1 - u) + this.#sums[at + 1]! * u;
    return top * (1 - v) + (this.#sums[below]! * (1 - u) + this.#sums[below + 1]! * u) * v;
  }

  of(x: number, y: number, width: number, height: number): number {
    const [right, bottom] = [x + width, y + height];
    return (
      this.#corner(right, bottom) - this.#corner(x, bottom) - this.#corner(right, y) + this.#corner(x, y)
    );
  }
}

/** Ink of several plates together at each pixel, % (100 = one solid ink). */
function totalInk(plates: Plates, inks: readonly string[]): Float64Array {
  const total = new Float64Array(plates.width * plates.height);
  for (const ink of inks) {
    const plate = plates.inks.get(ink)!;
    for (let i = 0; i < total.length; i++) total[i]! += (plate[i]! / 255) * 100;
  }
  return total;
}

/** How many squares are kept of each kind. */
const MOST_SQUARES = 20;

interface Square {
  /** px */
  readonly x: number;
  readonly y: number;
  readonly cmyk: number;
  readonly all: number;
}

/**
 * The squares with the most ink, wherever they lie: of all inks, and where there are spots of the process inks too.
 * @param side of the squares, mm; on a smaller page they are as large as it is
 */
export function worstSquares(
  plates: Plates,
  side = SQUARE_MM,
): { squares: Square[]; width: number; height: number } {
  const width = Math.min(side * plates.perMm, plates.width);
  const height = Math.min(side * plates.perMm, plates.height);
  const inks = [...plates.inks.keys()];
  const cmyk = new Sums(totalInk(plates, PROCESS), plates.width, plates.height);
  const hasSpots = inks.length > PROCESS.length;
  const all = hasSpots ? new Sums(totalInk(plates, inks), plates.width, plates.height) : cmyk;
  const area = width * height;
  const [rows, columns] = [steps(plates.height - height), steps(plates.width - width)];
  /** Of every row the best of each stretch as wide as a square: enough to find the best of all. */
  const bestBy = (sums: Sums): Square[] =>
    rows.flatMap((y) => {
      const best: Square[] = [];
      for (let from = 0; from < columns.length; from += Math.ceil(width)) {
        let found = { x: 0, sum: 0 };
        for (const x of columns.slice(from, from + Math.ceil(width))) {
          const sum = sums.of(x, y, width, height);
          if (sum > found.sum) found = { x, sum };
        }
        const { x, sum } = found;
        const at = (other: Sums) => (other === sums ? sum : other.of(x, y, width, height)) / area;
        if (sum > 0) best.push({ x, y, cmyk: at(cmyk), all: at(all) });
      }
      return best;
    });
  // Spots may put the worst of all inks elsewhere than the worst of the process inks.
  const byAll = distinct(bestBy(all), 'all', width, height);
  const squares = hasSpots ? [...byAll, ...distinct(bestBy(cmyk), 'cmyk', width, height)] : byAll;
  return { squares, width, height };
}

/** The first of them, the most ink first, that do not overlap. */
function distinct(places: Square[], by: 'all' | 'cmyk', width: number, height: number): Square[] {
  const squares: Square[] = [];
  for (const place of places.sort((a, b) => b[by] - a[by])) {
    const meets = (other: Square) =>
      Math.abs(other.x - place.x) < width && Math.abs(other.y - place.y) < height;
    if (squares.some(meets)) continue;
    squares.push(place);
    if (squares.length === MOST_SQUARES) break;
  }
  return squares;
}

/** Where a square may begin: at each pixel, and flush with the far edge. */
const steps = (room: number): number[] => {
  const whole = Array.from({ length: Math.floor(room + 1e-9) + 1 }, (_, i) => i);
  if (room - whole.at(-1)! > 1e-9) whole.push(room);
  return whole;
};

/** Counts the ink on a file's pages. */
export class InkReader {
  readonly #plates: PlateReader;

  private constructor(plates: PlateReader) {
    this.#plates = plates;
  }

  static async open(pdf: Pdf): Promise<InkReader> {
    return new InkReader(await PlateReader.open(pdf));
  }

  close(): void {
    this.#plates.close();
  }

  /**
   * How much ink a page has within what is printed of it. Eight bits a plate: a sum of four is right to 0.8 %.
   * A page that cannot be drawn has no squares, and says why.
   */
  async page(page: PdfPage): Promise<PageCoverage> {
    const facts = { page: page.number, squareMm: SQUARE_MM };
    try {
      const plates = await this.#plates.page(page);
      const { squares, width, height } = worstSquares(plates);
      const boxOf = ({ x, y }: { x: number; y: number }, w: number, h: number): Box => ({
        x: page.printed.x + x / plates.perMm,
        y: page.printed.y + y / plates.perMm,
        width: w / plates.perMm,
        height: h / plates.perMm,
      });
      return {
        ...facts,
        squares: squares.map((square) => ({ ...square, box: boxOf(square, width, height) })).map(plain),
        most: mostInk(plates, (at) => boxOf(at, 1, 1)),
        inks: [...plates.inks.keys()],
        uncounted: plates.uncounted,
      };
    } catch (error) {
      const uncounted =
        error instanceof TooMuch ? [error.message] : [`the page could not be drawn (${messageOf(error)})`];
      return { ...facts, squares: [], most: null, inks: [], uncounted };
    }
  }
}

const plain = ({ box, cmyk, all }: { box: Box; cmyk: number; all: number }) => ({ box, cmyk, all });

/** The pixel with the most ink. */
function mostInk(
  plates: Plates,
  boxOf: (at: { x: number; y: number }) => Box,
): NonNullable<PageCoverage['most']> {
  const total = totalInk(plates, [...plates.inks.keys()]);
  let most = 0;
  for (let i = 0; i < total.length; i++) if (total[i]! > total[most]!) most = i;
  return { box: boxOf({ x: most % plates.width, y: Math.floor(most / plates.width) }), ink: total[most]! };
}
