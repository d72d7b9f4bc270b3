import * as z from 'zod';
import { areaOf, boundsOf, type CutPath, placePath, placePoint } from '../contours/path.ts';
import { toSvgData } from '../contours/path-text.ts';
import { expected, PrintcatError } from '../errors.ts';
import { lengthMm } from '../products/sourced.ts';
import type { OutlineAt, PlacedSticker, Room } from './arrange.ts';
import { arrangeGrid } from './grid.ts';
import { arrangeLoose } from './loose.ts';
import { arrangeNested } from './nested.ts';
import { outlineOf } from './outline.ts';
import type { ListRow, OrderedPicture, Preparation, PreparationJob } from './preparation.ts';
import { type GangOrder, gangOptions } from './sticker-options.ts';

/** The value of a list for one of so many pictures. */
function valueFor<T>(list: readonly T[], picture: number, pictures: number, name: string): T {
  if (list.length === 1) return list[0]!;
  if (list.length === pictures) return list[picture]!;
  throw expected(`one value or ${pictures}, one for each picture,`, `--${name}`, `${list.length}`);
}

/** Many pictures, each cut out along its own outline, arranged on the sheet that the order names. */
export default async function prepareGang(job: PreparationJob): Promise<Preparation> {
  const { options, pictures, printer, size, cacheDir, signal, onStage } = job;
  const order = z.object(gangOptions).parse(options);
  if (!size) throw new PrintcatError(`Expected a size of the sheet but ${job.product} has none`);
  const number = (name: string): number | undefined => {
    const entry = printer.numbers[name];
    return entry && lengthMm(entry);
  };
  const border = order.border ?? lengthMm(printer.safe);
  const bleed = lengthMm(printer.bleed);
  const gap = order.gap ?? number('cutGap') ?? 2;
  const margin =
    order.margin ?? Math.max(number('cutEdge') ?? 0, number('sheetMargin') ?? 0, lengthMm(printer.safe));
  // Rooms for words above and below, as the product has them.
  const [head, foot] = ['headShare', 'footShare'].map((share) => (number(share) ?? 0) * size.height);
  const caption = number('captionHeight') ?? 0;
  const room: Room = { size, margin, head: head!, foot: foot!, gap, caption };
  const outlineAt: OutlineAt = (picture, longest) =>
    outlineOf(
      pictures[picture]!,
      {
        kind: valueFor(order.outline, picture, pictures.length, 'outline'),
        extent: { longest },
        cut: { ...order, border },
        bleed,
      },
      cacheDir,
      signal,
    );
  onStage(`laying the cuts around ${pictures.length} pictures`);
  const wanted = pictures.flatMap((_, picture) =>
    Array.from({ length: valueFor(order.each, picture, pictures.length, 'each') }, () => picture),
  );
  const longest =
    order.longest && pictures.map((_, i) => valueFor(order.longest!, i, pictures.length, 'longest'));
  const arrange = order.arrange ?? (room.head > 0 ? 'grid' : 'nested');
  const work = { wanted, longest, room, outlineAt, order, cacheDir, signal, onStage };
  const placed = await { grid: arrangeGrid, loose: arrangeLoose, nested: arrangeNested }[arrange](work);
  return prepared(placed, pictures, room, { bleed, border, arrange });
}

interface Facts {
  readonly bleed: number;
  readonly border: number;
  readonly arrange: GangOrder['arrange'];
}

function prepared(
  placed: readonly PlacedSticker[],
  pictures: readonly OrderedPicture[],
  { head, foot, gap, margin }: Room,
  { bleed, border, arrange }: Facts,
): Preparation {
  const cutOf = ({ outline, place }: PlacedSticker): CutPath => placePath(outline.path, place);
  const all = (paths: readonly CutPath[]): CutPath => ({ loops: paths.flatMap(({ loops }) => loops) });
  const sides = placed.map(({ outline: { size } }) => Math.min(size.width, size.height));
  return {
    values: {
      ...{ head, foot },
      least: {
        ...{ side: Math.min(...sides), gap, edge: margin, border },
        area: Math.min(...placed.map(({ outline }) => areaOf(outline.path))),
      },
    },
    cuts: {
      contour: all(placed.map(cutOf)),
      white: all(placed.map(({ outline, place }) => placePath(outline.white, place))),
    },
    data: {
      ...{ bleed, gap, margin, head, foot, arrange },
      stickers: placed.map((one, i) => ({
        ...{ number: i + 1, picture: one.picture, cell: one.cell, cut: toSvgData(cutOf(one)) },
        ...artOf(one),
      })),
    },
    pictures: pictures.map(
      ({ path, sha256 }, i) =>
        placed.find(({ picture }) => picture === i)?.outline.picture ?? { path, sha256 },
    ),
    list: placed.map((one, i) => rowOf(one, i, pictures)),
  };
}

/** The picture's box before it is turned about its middle, as a template places it; mm from the sheet's corner. */
function artOf({ outline: { art, clip }, place }: PlacedSticker) {
  const [x, y] = placePoint(place, [art.x + art.width / 2, art.y + art.height / 2]);
  const { width, height } = art;
  return { x: x - width / 2, y: y - height / 2, width, height, turn: place.angle, clip };
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits)) + 0;

function rowOf(
  { outline, place, picture }: PlacedSticker,
  i: number,
  pictures: readonly OrderedPicture[],
): ListRow {
  const { size } = outline;
  const [x, y] = placePoint(place, [size.width / 2, size.height / 2]);
  const box = boundsOf(placePath(outline.path, place));
  return {
    ...{ number: i + 1, image: pictures[picture]!.id },
    // The middle of the sticker, its size as it is peeled off, and how it is turned.
    ...{ x: round(x), y: round(y), width: round(size.width), height: round(size.height) },
    turn: round(((place.angle % 360) + 360) % 360),
    // What its cut takes on the sheet.
    ...{
      left: round(box.x),
      top: round(box.y),
      right: round(box.x + box.width),
      bottom: round(box.y + box.height),
    },
  };
}
