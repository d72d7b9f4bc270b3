import { seeded, shuffled } from '../random.ts';
import type { Repeat } from './pattern.ts';

/** Neighbours of a cell in a block that is repeated: column and row relative to it, and how much they count. */
type Neighbour = readonly [dx: number, dy: number, weight: number];

/** Two equal pictures side by side are worse than any number of them corner to corner, and those than two steps apart. */
const SIDE = 10_000;
const CORNER = 100;
const NEAR = 1;

/** Of the neighbours, one of each pair: the opposite sides are the same pairs seen from there. */
const GRID: readonly Neighbour[] = [
  [1, 0, SIDE],
  [0, 1, SIDE],
  [1, 1, CORNER],
  [-1, 1, CORNER],
  [2, 0, NEAR],
  [0, 2, NEAR],
];

/** A brick touches two of the row below: itself and the one to its left, or to its right where its row is shifted. */
const brick = (odd: boolean): readonly Neighbour[] => [
  [1, 0, SIDE],
  [0, 1, SIDE],
  [odd ? 1 : -1, 1, SIDE],
  [2, 0, NEAR],
  [0, 2, CORNER],
];

const turned = (list: readonly Neighbour[]): readonly Neighbour[] => list.map(([dx, dy, w]) => [dy, dx, w]);

const neighboursFor = (repeat: Repeat): ((column: number, row: number) => readonly Neighbour[]) => {
  if (repeat === 'brick') return (_, row) => brick(row % 2 === 1);
  if (repeat === 'half-drop') return (column) => turned(brick(column % 2 === 1));
  return () => GRID;
};

/** Up to so many pictures, a regular order keeps equal ones apart; above, exchanging does. */
const REGULAR_UP_TO = 6;

/**
 * A regular order in which each picture follows the other along a row, and each row begins so many further: neighbours
 * differ for three pictures and more (for two in a grid, where it is a chessboard). A shifted row counts as the slanted
 * column that it is.
 */
function regular(count: number, repeat: Repeat, column: number, row: number): number {
  const slant = (across: number, along: number) => across - Math.floor(along / 2);
  if (repeat === 'half-drop') return (slant(row, column) + 2 * column) % count;
  if (repeat === 'brick') return (slant(column, row) + 2 * row) % count;
  return (column + (count > 3 ? 2 : 1) * row) % count;
}

/**
 * Decides which of several pictures lies in which cell of a lattice: each about as often as the others, equal ones never
 * side by side where that can be (two pictures suffice in a grid, three where rows or columns are shifted). It is a
 * block that repeats, made from the seed alone, so the size of the surface changes nothing.
 * @returns the picture's number, 0…count − 1, for any cell
 */
export function mixMotifs(
  count: number,
  repeat: Repeat,
  seed: number,
): (column: number, row: number) => number {
  if (count === 1) return () => 0;
  // A multiple of twice the count closes the regular order; an even number closes the shifts.
  const side = count <= REGULAR_UP_TO ? 2 * count * Math.ceil(6 / count) : 2 * Math.ceil(Math.sqrt(count));
  const block = Math.max(12, side);
  const random = seeded(seed);
  const names = shuffled(
    Array.from({ length: count }, (_, i) => i),
    random,
  );
  const cells = Array.from({ length: block * block }, (_, i) => i);
  const start =
    count <= REGULAR_UP_TO
      ? cells.map((i) => names[regular(count, repeat, i % block, Math.floor(i / block))]!)
      : shuffled(
          cells.map((i) => names[i % count]!),
          random,
        );
  const mixed = exchanged(start, block, repeat, random.next);
  const wrap = (n: number) => ((n % block) + block) % block;
  return (column, row) => mixed[wrap(row) * block + wrap(column)]!;
}

/** Exchanges the pictures of two cells, again and again, where equal ones come no nearer to each other by it. */
function exchanged(start: readonly number[], block: number, repeat: Repeat, next: () => number): number[] {
  const cells = [...start];
  const near = neighboursFor(repeat);
  const wrap = (n: number) => (n + 2 * block) % block;
  // Both ways: what a cell sees, and what sees it.
  const pairs = cells.map((): [cell: number, weight: number][] => []);
  for (const i of cells.keys()) {
    const [column, row] = [i % block, Math.floor(i / block)];
    for (const [dx, dy, weight] of near(column, row)) {
      const other = wrap(row + dy) * block + wrap(column + dx);
      pairs[i]!.push([other, weight]);
      pairs[other]!.push([i, weight]);
    }
  }
  const cost = (i: number) =>
    pairs[i]!.reduce((sum, [other, weight]) => sum + (cells[other] === cells[i] ? weight : 0), 0);
  const swap = (i: number, j: number) => {
    [cells[i], cells[j]] = [cells[j]!, cells[i]!];
  };
  for (let turn = 0; turn < 40 * cells.length; turn++) {
    const i = Math.floor(next() * cells.length);
    const j = Math.floor(next() * cells.length);
    if (cells[i] === cells[j]) continue;
    const before = cost(i) + cost(j);
    swap(i, j);
    if (cost(i) + cost(j) > before) swap(i, j);
  }
  return cells;
}
