import { askAside, type Outcome } from '../aside.ts';
import { Thread } from '../thread.ts';
import {
  type Arranging,
  LEAST_LONGEST,
  longestFor,
  noRoom,
  outlinesFor,
  type PlacedSticker,
  usable,
} from './arrange.ts';
import type { Outline } from './outline.ts';
import type { StrewnPlace, StrewTrial, StrewWish } from './strew.ts';

/** The share of the sheet that is tried first, and by how much stickers become smaller until they find room. */
const [FULL, SMALLER] = [0.9, 0.96];

/** Tries stickers at a share of their size; `null` where they find no room. */
type Strew = (outlines: readonly Outline[], share: number) => Promise<StrewnPlace[] | null>;

/** Slightly tilted and evenly strewn over the sheet, as large as there is room where no size is given. */
export async function arrangeLoose(work: Arranging): Promise<PlacedSticker[]> {
  const { wanted, longest, room, order, signal, onStage } = work;
  const { width, height } = usable(room);
  const wish: StrewWish = {
    ...{ count: wanted.length, area: { width, height }, gap: room.gap },
    ...{ isGiven: longest !== undefined, seed: order.seed },
  };
  onStage(`strewing ${wanted.length} stickers`);
  // One thread for all trials: they share their random numbers.
  const thread = new Thread<StrewTrial, Outcome<StrewnPlace[] | null>>('strew-thread', wish);
  try {
    return await largest(work, (outlines, share) =>
      askAside(thread, { paths: outlines.map(({ path }) => path), share }, signal),
    );
  } finally {
    thread.close();
  }
}

/** @throws PrintcatError where stickers find no room at the size that is given, or at any */
async function largest(work: Arranging, strew: Strew): Promise<PlacedSticker[]> {
  const { wanted, longest, room } = work;
  const area = usable(room);
  let size = longestFor(wanted.length, area, FULL);
  let outlines = await outlinesFor(work, tenth(size));
  if (!longest) {
    // Which size finds room is tried with these, made smaller; then with the outlines of that size.
    let share = 1;
    while (size * share >= LEAST_LONGEST && !(await strew(outlines, share))) share *= SMALLER;
    size *= share;
  }
  for (; size >= LEAST_LONGEST; size *= SMALLER) {
    if (!longest) outlines = await outlinesFor(work, tenth(size));
    const places = await strew(outlines, 1);
    if (places) {
      return wanted.map((picture, i): PlacedSticker => {
        const { x, y, angle } = places[i]!;
        return { picture, outline: outlines[i]!, cell: null, place: { x: area.x + x, y: area.y + y, angle } };
      });
    }
    if (longest) break;
  }
  throw noRoom(work);
}

const tenth = (mm: number): number => Math.round(mm * 10) / 10;
