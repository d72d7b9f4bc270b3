import { join } from 'node:path';
import * as z from 'zod';
import { hashOf } from '../files.ts';
import { nestAside } from '../nesting/nest-aside.ts';
import { type Arranging, longestFor, noRoom, outlinesFor, type PlacedSticker, usable } from './arrange.ts';
import { kept } from './kept.ts';

/** The share of a sheet that unlike stickers fill with ease. */
const EASY_FILL = 0.5;
/** Goes up whenever the same stickers are nested in another way. */
const VERSION = 1;

const nesting = z.object({
  places: z.array(z.object({ x: z.number(), y: z.number(), angle: z.number() })),
  left: z.number(),
});

/** As close as their true outlines let them, turned as allowed. */
export async function arrangeNested(work: Arranging): Promise<PlacedSticker[]> {
  const { wanted, room, order, cacheDir, signal, onStage } = work;
  const area = usable(room);
  const outlines = await outlinesFor(work, Math.floor(longestFor(wanted.length, area, EASY_FILL)));
  const items = outlines.map(({ path }) => ({ path }));
  const { rotations, effort, seed } = order;
  const options = { gap: room.gap, margin: 0, rotations, effort, seed };
  const size = { width: area.width, height: area.height };
  const key = hashOf({ version: VERSION, items, size, options });
  const { places, left } = await kept(join(cacheDir, 'nestings'), key, nesting, async () => {
    onStage(`nesting ${items.length} stickers`);
    const { placements, left: missing } = await nestAside({ items, sheet: size, options }, signal);
    return {
      places: placements.map(({ x, y, angle }) => ({ x, y, angle })),
      left: missing.reduce((sum, { copies }) => sum + copies, 0),
    };
  });
  if (left > 0) throw noRoom(work, left);
  return wanted.map((picture, i) => {
    const { x, y, angle } = places[i]!;
    return { picture, outline: outlines[i]!, cell: null, place: { x: x + area.x, y: y + area.y, angle } };
  });
}
