import * as z from 'zod';
import { type CutPath, placePath, placePoint } from '../contours/path.ts';
import { ExitCode, PrintcatError } from '../errors.ts';
import { hashOf } from '../files.ts';
import { nest } from '../nesting/nest.ts';
import { seeded } from '../random.ts';
import { type Box, formatMm, type Size } from '../units.ts';
import type { OutlineAt, PlacedSticker } from './gang.ts';
import { kept } from './kept.ts';
import type { Outline } from './outline.ts';
import type { GangOrder } from './sticker-options.ts';

/** Where stickers may stand, mm. */
export interface Room {
  /** Of the sheet. */
  readonly size: Size;
  /** From its edge to the cuts. */
  readonly margin: number;
  /** Kept for words at the top and at the bottom. */
  readonly head: number;
  readonly foot: number;
  /** Between cuts. */
  readonly gap: number;
  /** Under each sticker of a grid, for its name. */
  readonly caption: number;
}

export interface Arranging {
  /** The picture of each sticker. */
  readonly wanted: readonly number[];
  /** Longer side of each picture's sticker, mm; absent where it is to be what fits. */
  readonly longest: readonly number[] | undefined;
  readonly room: Room;
  readonly outlineAt: OutlineAt;
  readonly order: GangOrder;
  readonly cacheDir: string;
}

/** The part of the sheet in which cuts may lie. */
function usable({ size, margin, head, foot }: Room): Box {
  const top = Math.max(margin, head);
  return {
    ...{ x: margin, y: top, width: size.width - 2 * margin },
    height: size.height - top - Math.max(margin, foot),
  };
}

/** A sticker is never made smaller than this only so that all find room, mm. */
const LEAST_LONGEST = 12;

const noRoom = (count: number, left: number, { size }: Room): PrintcatError =>
  new PrintcatError(
    `Expected ${count} stickers on a sheet of ${formatMm(size.width)} × ${formatMm(size.height)} but ${left} of them find no room`,
    {
      hint: 'Choose a larger sheet, smaller stickers (--longest), or fewer (--each).',
      exitCode: ExitCode.usage,
    },
  );

/** Each sticker in the middle of a cell of its own, upright; as large as the cells where no size is given. */
export async function arrangeGrid({ wanted, longest, room, outlineAt }: Arranging): Promise<PlacedSticker[]> {
  const area = usable(room);
  const { columns, rows } = gridFor(wanted.length, area, room);
  const width = (area.width + room.gap) / columns;
  const height = (area.height + room.gap) / rows;
  const inside = { width: width - room.gap, height: height - room.gap - room.caption };
  if (inside.width < LEAST_LONGEST || inside.height < LEAST_LONGEST)
    throw noRoom(wanted.length, wanted.length, room);
  const outlines: Outline[] = [];
  for (const picture of wanted) outlines.push(await within(picture, longest?.[picture], inside, outlineAt));
  return wanted.map((picture, i): PlacedSticker => {
    const row = Math.floor(i / columns);
    // The last row may be shorter: it stands in the middle.
    const inRow = Math.min(columns, wanted.length - row * columns);
    const x = area.x + (i % columns) * width + ((columns - inRow) * width) / 2;
    const cell = { x, y: area.y + row * height, ...inside, caption: room.caption };
    const outline = outlines[i]!;
    const place = {
      x: cell.x + (cell.width - outline.size.width) / 2,
      y: cell.y + (cell.height - outline.size.height) / 2,
      angle: 0,
    };
    return { picture, outline, place, cell };
  });
}

/** As many columns and rows as make the cells largest. */
export function gridFor(
  count: number,
  { width, height }: Size,
  { gap, caption }: Pick<Room, 'gap' | 'caption'>,
) {
  const all = Array.from({ length: count }, (_, i) => {
    const columns = i + 1;
    const rows = Math.ceil(count / columns);
    const cell = Math.min((width + gap) / columns, (height + gap) / rows - caption);
    return { columns, rows, cell };
  });
  return all.reduce((best, other) => (other.cell > best.cell + 1e-9 ? other : best));
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
    // A tenth of a mm below, since contours may come out larger by half of that.
    return outlineAt(picture, Math.floor(longer * fits * 10 - 1) / 10);
  }
  throw new PrintcatError(
    `Expected stickers that fit into cells of ${formatMm(cell.width, 1)} × ${formatMm(cell.height, 1)} but number ${picture + 1} is ${formatMm(first.size.width, 1)} × ${formatMm(first.size.height, 1)}`,
    { hint: 'Leave --longest out and they become as large as fits; or choose a larger sheet.' },
  );
}

/** Where each sticker stands in the room, in the order of those that are wanted. */
const standing = z.object({
  places: z.array(z.object({ x: z.number(), y: z.number(), angle: z.number() })),
  left: z.number(),
  length: z.number(),
});
type Standing = z.output<typeof standing>;

/** Nests paths into a box; the same question is answered from the cache. */
async function nested(
  paths: readonly CutPath[],
  area: Size,
  rules: { gap: number; rotations: GangOrder['rotations']; effort: number; seed: number },
  cacheDir: string,
): Promise<Standing> {
  const options = { ...rules, margin: 0 };
  const key = hashOf({ version: 1, paths, area, options });
  return kept(`${cacheDir}/nestings`, key, standing, () => {
    const { placements, left, length } = nest(
      paths.map((path) => ({ path })),
      area,
      options,
    );
    return {
      places: placements.map(({ x, y, angle }) => ({ x, y, angle })),
      left: left.reduce((sum, { copies }) => sum + copies, 0),
      length,
    };
  });
}

/** As close as their true outlines let them, at the sizes that are given. */
export async function arrangeNested(work: Arranging): Promise<PlacedSticker[]> {
  const { wanted, room, order, cacheDir } = work;
  const area = usable(room);
  const outlines = await outlinesFor(work, usual(wanted.length, area));
  const { places, left } = await nested(
    outlines.map(({ path }) => path),
    area,
    { ...order, gap: room.gap },
    cacheDir,
  );
  if (left > 0) throw noRoom(wanted.length, left, room);
  return wanted.map((picture, i) => ({
    ...{ picture, outline: outlines[i]!, cell: null },
    place: { ...places[i]!, x: places[i]!.x + area.x, y: places[i]!.y + area.y },
  }));
}

/** The share of a sheet that unlike stickers fill with ease, and how much of its square a sticker fills. */
const [EASY_FILL, OWN_FILL] = [0.5, 0.75];

/** A longer side at which so many stickers find room with ease, mm. */
const usual = (count: number, { width, height }: Size): number =>
  Math.floor(Math.min(width, height, Math.sqrt((width * height * EASY_FILL) / (count * OWN_FILL))) - 1);

async function outlinesFor(
  { wanted, longest, outlineAt }: Arranging,
  usualLongest: number,
): Promise<Outline[]> {
  const outlines: Outline[] = [];
  for (const picture of wanted) outlines.push(await outlineAt(picture, longest?.[picture] ?? usualLongest));
  return outlines;
}

/** How far loose stickers are tilted, degrees. */
const TILT = 9;
/** Gaps that are tried, the widest first, as multiples of the least. */
const WIDER = [4, 3, 2.4, 1.9, 1.5, 1.2, 1];
/** By how much stickers without a given size are made smaller until all find room. */
const SMALLER = 0.94;

/** Slightly tilted, as far apart as there is room, in the middle of the sheet. */
export async function arrangeLoose(work: Arranging): Promise<PlacedSticker[]> {
  const { wanted, longest, room, order, cacheDir } = work;
  const area = usable(room);
  const random = seeded(order.seed);
  const tilts = wanted.map(() => random.between(-TILT, TILT));
  for (let size = usual(wanted.length, area) * 1.25; size >= LEAST_LONGEST; size *= SMALLER) {
    const outlines = await outlinesFor(work, Math.round(size * 10) / 10);
    const tilted = outlines.map(({ path }, i) => placePath(path, { x: 0, y: 0, angle: tilts[i]! }));
    for (const wider of longest ? WIDER : WIDER.slice(-5)) {
      const rules = { gap: room.gap * wider, rotations: 1, effort: 60, seed: order.seed };
      const found = await nested(tilted, area, rules, cacheDir).catch((error: unknown) => {
        // One that is larger than the room is made smaller, where it may.
        if (error instanceof PrintcatError && !longest) return null;
        throw error;
      });
      if (!found || found.left > 0) continue;
      const down = (area.height - found.length) / 2;
      return wanted.map((picture, i): PlacedSticker => {
        const { x, y } = found.places[i]!;
        const [px, py] = placePoint({ x: x + area.x, y: y + area.y + down, angle: 0 }, [0, 0]);
        return { picture, outline: outlines[i]!, cell: null, place: { x: px, y: py, angle: tilts[i]! } };
      });
    }
    if (longest) break;
  }
  throw noRoom(wanted.length, wanted.length, room);
}
