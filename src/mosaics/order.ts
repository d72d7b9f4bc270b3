import type { Lab } from '../artwork/lab.ts';
import { hashOf } from '../files.ts';

/** By ID; by the day it was made, then ID; light ones on top and dark ones below, each row by hue. */
export const MOSAIC_ORDERS = ['id', 'date', 'colour'] as const;
export type MosaicOrder = (typeof MOSAIC_ORDERS)[number];

/** A picture that a mosaic is made of. */
export interface MosaicPicture {
  readonly id: string;
  /** ISO 8601; for the order by date, which takes the ID's own where there is none. */
  readonly date?: string;
  /** Its mean colour (`meanColourOf`), for the order by colour. */
  readonly colour?: Lab;
}

/** A place of the grid. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** The name of a cell in what is kept: it stays when rows are added below, or columns on the right. */
export const cellKey = ({ column, row }: Cell): string => `${column},${row}`;

/** Which picture lies where. */
export type Assignment = ReadonlyMap<string, string>;

const byId = (a: MosaicPicture, b: MosaicPicture): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const hueOf = ([, a, b]: Lab): number => Math.atan2(b, a);

const GREY: Lab = [50, 0, 0];

/** @param columns of the grid, by which colours are parted into rows */
function inOrder(pictures: readonly MosaicPicture[], order: MosaicOrder, columns: number): MosaicPicture[] {
  const sorted = pictures.toSorted(byId);
  if (order === 'id') return sorted;
  if (order === 'date') {
    // An ID begins with the digits of a date.
    const dateOf = ({ date, id }: MosaicPicture) => (date ?? id).replace(/\D/g, '').slice(0, 14);
    return sorted.toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0));
  }
  const colourOf = ({ colour }: MosaicPicture) => colour ?? GREY;
  const light = sorted.toSorted((a, b) => colourOf(b)[0] - colourOf(a)[0]);
  return Array.from({ length: Math.ceil(light.length / columns) }, (_, row) =>
    light
      .slice(row * columns, (row + 1) * columns)
      .toSorted((a, b) => hueOf(colourOf(a)) - hueOf(colourOf(b))),
  ).flat();
}

/**
 * Gives each picture its cell, the cells row by row. A picture that had one before keeps it, so that adding one moves
 * none of the others; new ones come in order into the cells that are free. Without an earlier mosaic, a picture that
 * comes last in the order (a newer ID, a later date) moves none either.
 * @param before where pictures lay in an earlier mosaic
 * @returns a picture's ID for each cell, as long as there are pictures; those beyond the cells have none
 */
export function assignCells(
  pictures: readonly MosaicPicture[],
  cells: readonly Cell[],
  order: MosaicOrder,
  before: Assignment = new Map(),
): Map<string, string> {
  const columns = Math.max(1, ...cells.map(({ column }) => column + 1));
  const known = new Set(pictures.map(({ id }) => id));
  const keys = cells.map(cellKey);
  const kept = new Map(
    keys.flatMap((key) => {
      const id = before.get(key);
      return id !== undefined && known.delete(id) ? [[key, id] as const] : [];
    }),
  );
  const free = keys.filter((key) => !kept.has(key));
  const fresh = inOrder(
    pictures.filter(({ id }) => known.has(id)),
    order,
    columns,
  );
  for (const [i, { id }] of fresh.slice(0, free.length).entries()) kept.set(free[i]!, id);
  return new Map(keys.flatMap((key) => (kept.has(key) ? [[key, kept.get(key)!] as const] : [])));
}

/** No picture lies nearer to its own copy than this, cells, while there are others. */
const APART = 2;

/**
 * Fills the cells that are left with copies. Each cell chooses by itself (rendezvous hashing: D. G. Thaler and
 * C. V. Ravishankar, 1998), away from the picture's other copies where that can be: adding a picture changes few of them.
 */
export function withCopies(assigned: Assignment, cells: readonly Cell[]): Map<string, string> {
  const filled = new Map(assigned);
  const ids = [...new Set(assigned.values())].sort();
  if (ids.length === 0) return filled;
  for (const cell of cells) {
    const key = cellKey(cell);
    if (filled.has(key)) continue;
    const wish = ids
      .map((id) => [hashOf(key, id), id] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, id]) => id);
    filled.set(key, wish.find((id) => !isNear(filled, cell, id)) ?? wish[0]!);
  }
  return filled;
}

function isNear(filled: Assignment, { column, row }: Cell, id: string): boolean {
  for (let dy = -APART; dy <= APART; dy++) {
    for (let dx = -APART; dx <= APART; dx++) {
      if (filled.get(cellKey({ column: column + dx, row: row + dy })) === id) return true;
    }
  }
  return false;
}
