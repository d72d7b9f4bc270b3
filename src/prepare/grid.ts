import { PrintcatError } from '../errors.ts';
import { formatMm, type Size } from '../units.ts';
import {
  type Arranging,
  LEAST_LONGEST,
  noRoom,
  type OutlineAt,
  type PlacedSticker,
  type Room,
  usable,
} from './arrange.ts';
import type { Outline } from './outline.ts';

/** In rows and columns, upright, each sticker in a cell of its own, as large as the cells where no size is given. */
export async function arrangeGrid(work: Arranging): Promise<PlacedSticker[]> {
  const { wanted, longest, room, outlineAt } = work;
  const area = usable(room);
  const gap = gridGap(room);
  const { columns, rows } = gridFor(wanted.length, area, room);
  const across = (area.width + gap) / columns;
  const cell = { width: across - gap, height: (area.height + gap) / rows - gap - room.caption };
  if (Math.min(cell.width, cell.height) < LEAST_LONGEST) throw noRoom(work);
  const outlines: Outline[] = [];
  for (const picture of wanted) outlines.push(await within(picture, longest?.[picture], cell, outlineAt));
  const rowsOf = Array.from({ length: rows }, (_, row) => outlines.slice(row * columns, (row + 1) * columns));
  // Rows are as high as their stickers; what is left over goes between them and around them.
  const heights = rowsOf.map((row) => Math.max(...row.map(({ size }) => size.height)) + room.caption);
  const spare = (area.height - heights.reduce((sum, height) => sum + height, 0)) / (rows + 1);
  return wanted.map((picture, i): PlacedSticker => {
    const row = Math.floor(i / columns);
    const y = area.y + heights.slice(0, row).reduce((sum, height) => sum + height, 0) + (row + 1) * spare;
    // The last row may be shorter: it stands in the middle.
    const inset = ((columns - rowsOf[row]!.length) * across) / 2;
    const x = area.x + (i % columns) * across + inset;
    const outline = outlines[i]!;
    const height = heights[row]! - room.caption;
    const place = {
      x: x + (cell.width - outline.size.width) / 2,
      y: y + (height - outline.size.height) / 2,
      angle: 0,
    };
    return { picture, outline, place, cell: { x, y, width: cell.width, height, caption: room.caption } };
  });
}

/** Cells keep as far from each other as from the sheet's edge. */
const gridGap = ({ gap, margin }: Pick<Room, 'gap' | 'margin'>): number => Math.max(gap, margin);

/** As many columns and rows as make the cells largest. */
export function gridFor(
  count: number,
  { width, height }: Size,
  room: Pick<Room, 'gap' | 'margin' | 'caption'>,
): { columns: number; rows: number } {
  const gap = gridGap(room);
  const all = Array.from({ length: count }, (_, i) => {
    const columns = i + 1;
    const rows = Math.ceil(count / columns);
    const cell = Math.min((width + gap) / columns, (height + gap) / rows - room.caption);
    return { columns, rows, cell };
  });
  const { columns, rows } = all.reduce((best, other) => (other.cell > best.cell + 1e-9 ? other : best));
  return { columns, rows };
}

/** The sticker of a size, or as large as the cell holds. */
async function within(
  picture: number,
  longest: number | undefined,
  cell: Size,
  outlineAt: OutlineAt,
): Promise<Outline> {
  const first = await outlineAt(picture, longest ?? Math.max(cell.width, cell.height));
  const fits = Math.min(cell.width / first.size.width, cell.height / first.size.height);
  if (fits >= 1) return first;
  if (longest === undefined) {
    const longer = Math.max(first.size.width, first.size.height);
    // A little below, since contours may come out larger than asked by a tenth of a mm.
    return outlineAt(picture, Math.floor(longer * fits * 10 - 2) / 10);
  }
  const by = ({ width, height }: Size): string => `${formatMm(width, 1)} × ${formatMm(height, 1)}`;
  throw new PrintcatError(
    `Expected stickers that fit into cells of ${by(cell)} but number ${picture + 1} is ${by(first.size)}`,
    { hint: 'Leave --longest out and they become as large as fits; or choose a larger sheet.' },
  );
}
