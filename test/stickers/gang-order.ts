import type { Order } from '../../src/order/order.ts';
import { coverOrder } from '../make/fixtures.ts';
import type { FlatCat } from './pictures.ts';

/** The sheet, the gap between cuts, the margin and the border of the art, mm. */
export const SHEET = { width: 200, height: 170 };
export const GAP = 2.5;
export const MARGIN = 4;
export const BORDER = 2;

/** An order of a gang sheet of all these cats, of sizes that differ. */
export const gangOrder = (
  cats: readonly FlatCat[],
  options: Record<string, unknown>,
  more: Partial<Order> = {},
): Order =>
  coverOrder(cats[0]!.id, {
    ...{ product: 'gang-sheet', template: 'gang', fields: {}, ppi: 300, images: cats.map(({ id }) => id) },
    options: {
      ...{ printer: 'stickerapp', size: `${SHEET.width}x${SHEET.height}`, border: BORDER, gap: GAP },
      ...{ margin: MARGIN, longest: [40, 46, 38, 44, 42, 36, 48, 40, 44, 42, 46, 38], effort: 120 },
      ...options,
    },
    ...more,
  });
