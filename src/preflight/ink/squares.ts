import { type Plates, PROCESS } from './plates.ts';

/** Side of the squares that GWG 2022 takes means of total ink over (R0025, R0026), mm. */
export const SQUARE_MM = 15;

/** How many squares are kept of each kind. */
const MOST_SQUARES = 20;

/** % of one ink in a level of its plate. */
const PERCENT = 100 / 255;

/** A square's corner, px, and the mean of its ink, % (100 = one solid ink). */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly cmyk: number;
  readonly all: number;
}

/** What a page's plates come to: where its ink is most, in squares and in a pixel. */
export interface InkOnPage {
  /** Those with the most ink, the most first: of all inks, and where there are spots of the process inks too. */
  readonly squares: readonly Square[];
  /** Of each square, px. */
  readonly width: number;
  readonly height: number;
  readonly most: { readonly x: number; readonly y: number; readonly ink: number };
}

/**
 * Goes over the plates once: sums them, and slides a square over the sums, a pixel at a time.
 * @param side of the squares, mm; on a smaller page they are as large as it is
 */
export function inkOnPage(plates: Plates, side = SQUARE_MM): InkOnPage {
  const width = Math.min(side * plates.perMm, plates.width);
  const height = Math.min(side * plates.perMm, plates.height);
  const spots = [...plates.inks].filter(([ink]) => !isProcess(ink)).map(([, plate]) => plate);
  const process = processLevels(plates);
  const cmyk = new Sums(plates, process);
  const all = spots.length > 0 ? new Sums(plates, withSpots(process, spots)) : cmyk;
  const area = width * height;
  const squareAt = ({ x, y }: Point): Square => ({
    x,
    y,
    cmyk: (cmyk.of(x, y, width, height) / area) * PERCENT,
    all: (all.of(x, y, width, height) / area) * PERCENT,
  });
  const worst = (sums: Sums) => sums.worst(width, height).map(squareAt);
  // Spots may put the worst of all inks elsewhere than the worst of the process inks.
  const squares = all === cmyk ? worst(all) : [...worst(all), ...worst(cmyk)];
  const { at, level } = all.most;
  const most = { x: at % plates.width, y: Math.floor(at / plates.width), ink: level * PERCENT };
  return { squares, width, height, most };
}

const isProcess = (ink: string): boolean => (PROCESS as readonly string[]).includes(ink);

/** The four process inks together at each pixel, in levels. */
function processLevels({ inks }: Plates): Uint16Array {
  const [c, m, y, k] = PROCESS.map((ink) => inks.get(ink)!) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const levels = new Uint16Array(c.length);
  for (let i = 0; i < levels.length; i++) levels[i] = c[i]! + m[i]! + y[i]! + k[i]!;
  return levels;
}

function withSpots(process: Uint16Array, spots: readonly Uint8Array[]): Uint16Array {
  const levels = process.slice();
  for (const plate of spots) for (let i = 0; i < levels.length; i++) levels[i]! += plate[i]!;
  return levels;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Sums over rectangles of some plates together, in levels, corners between pixels too. A sum left of and above a point
 * may overflow its 32 bits; a difference of two is right all the same, since no square holds 2^31 levels.
 */
class Sums {
  /** The pixel with the most ink, and how much. */
  readonly most: { readonly at: number; readonly level: number };
  readonly #sums: Int32Array;
  readonly #width: number;
  readonly #height: number;

  constructor({ width, height }: { width: number; height: number }, levels: Uint16Array) {
    this.#width = width;
    this.#height = height;
    const sums = new Int32Array((width + 1) * (height + 1));
    let at = 0;
    let most = 0;
    for (let y = 0, i = 0; y < height; y++) {
      let row = 0;
      let to = (y + 1) * (width + 1) + 1;
      for (let x = 0; x < width; x++, i++, to++) {
        const level = levels[i]!;
        if (level > most) {
          most = level;
          at = i;
        }
        row += level;
        sums[to] = sums[to - width - 1]! + row;
      }
    }
    this.#sums = sums;
    this.most = { at, level: most };
  }

  of(x: number, y: number, width: number, height: number): number {
    const strip = this.#strip(y, height, new Float64Array(this.#width + 1));
    return between(strip, x + width) - between(strip, x);
  }

  /** Sums of what lies left of each x within a strip across the page; exact, as a pixel is of one value. */
  #strip(y: number, height: number, strip: Float64Array): Float64Array {
    const sums = this.#sums;
    const line = this.#width + 1;
    const [y0, y1] = [this.#row(y), this.#row(y + height)];
    const [top, bottom] = [y - y0, y + height - y1];
    for (let x = 0, a = y0 * line, b = y1 * line; x < line; x++, a++, b++) {
      const whole = (sums[b]! - sums[a]!) | 0;
      const below = (sums[b + line]! - sums[b]!) | 0;
      const above = (sums[a + line]! - sums[a]!) | 0;
      strip[x] = whole + bottom * below - top * above;
    }
    return strip;
  }

  #row(y: number): number {
    return Math.min(Math.floor(y), this.#height - 1);
  }

  /** Where the squares with the most ink lie that do not overlap, the most first. */
  worst(width: number, height: number): Point[] {
    const strip = new Float64Array(this.#width + 1);
    const [rows, columns] = [steps(this.#height - height), steps(this.#width - width)];
    const last = columns.at(-1)!;
    const whole = Math.floor(width);
    const part = width - whole;
    const stretch = Math.ceil(width);
    /** Of every few rows the best of each stretch as wide as a square: enough to find the best of all. */
    const places = new Map<number, Place>();
    const few = Math.ceil(height / 8);
    for (const [row, y] of rows.entries()) {
      this.#strip(y, height, strip);
      for (let from = 0; from < columns.length; from += stretch) {
        const to = Math.min(from + stretch, columns.length);
        let best = 0;
        let bestX = 0;
        // At a whole x; the far edge is looked at below, where it lies between two.
        for (let x = from; x < to && x <= last; x++) {
          const right = strip[x + whole]!;
          const sum = (part > 0 ? right + part * (strip[x + whole + 1]! - right) : right) - strip[x]!;
          if (sum > best) {
            best = sum;
            bestX = x;
          }
        }
        const flush = to === columns.length ? between(strip, last + width) - between(strip, last) : 0;
        const sum = Math.max(best, flush);
        const key = Math.floor(row / few) * columns.length + from;
        if (sum > (places.get(key)?.sum ?? 0)) places.set(key, { x: flush > best ? last : bestX, y, sum });
      }
    }
    return apart([...places.values()], width, height);
  }
}

interface Place extends Point {
  readonly sum: number;
}

/** The first of them, the most ink first, that do not overlap. */
function apart(places: readonly Place[], width: number, height: number): Place[] {
  const found: Place[] = [];
  let left = places;
  let [next] = left;
  while (next && found.length < MOST_SQUARES) {
    for (const place of left) if (place.sum > next.sum) next = place;
    found.push(next);
    const { x, y } = next;
    const rest: Place[] = [];
    for (const place of left)
      if (Math.abs(place.x - x) >= width || Math.abs(place.y - y) >= height) rest.push(place);
    left = rest;
    [next] = left;
  }
  return found;
}

/** A strip's sum left of a point between two of its own. */
function between(strip: Float64Array, x: number): number {
  const x0 = Math.min(Math.floor(x), strip.length - 2);
  return strip[x0]! + (x - x0) * (strip[x0 + 1]! - strip[x0]!);
}

/** Where a square may begin: at each pixel, and flush with the far edge. */
const steps = (room: number): number[] => {
  const whole = Array.from({ length: Math.floor(room + 1e-9) + 1 }, (_, i) => i);
  if (room - whole.at(-1)! > 1e-9) whole.push(room);
  return whole;
};
