import { PrintcatError } from '../errors.ts';
import { type Box, formatMm, type Size } from '../units.ts';
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

/** Makes the outline of one of the pictures, its longer side so long, mm. */
export type OutlineAt = (picture: number, longest: number) => Promise<Outline>;

/** Stickers that are to be arranged. */
export interface Arranging {
  /** The picture of each sticker. */
  readonly wanted: readonly number[];
  /** Longer side of each picture's sticker, mm; absent where it is to be what fits. */
  readonly longest: readonly number[] | undefined;
  readonly room: Room;
  readonly outlineAt: OutlineAt;
  readonly order: GangOrder;
  readonly cacheDir: string;
  readonly signal: AbortSignal;
  onStage(stage: string): void;
}

/** A sticker that stands on the sheet. */
export interface PlacedSticker {
  /** Which of the order's pictures. */
  readonly picture: number;
  readonly outline: Outline;
  /** Where the corner of its cut's box stands, mm from the sheet's, and by how much it is turned about it, degrees. */
  readonly place: { readonly x: number; readonly y: number; readonly angle: number };
  /** Its part of the grid, mm, with room for its name below. */
  readonly cell: (Box & { readonly caption: number }) | null;
}

/** The part of the sheet in which cuts may lie. */
export function usable({ size, margin, head, foot }: Room): Box {
  // Words keep off the stickers below them.
  const top = head > 0 ? head + margin / 2 : margin;
  return {
    ...{ x: margin, y: top, width: size.width - 2 * margin },
    height: size.height - top - Math.max(margin, foot),
  };
}

/** Stickers without a given size are not made smaller than this so that all find room, mm. */
export const LEAST_LONGEST = 12;

/** How much of the square around it a sticker fills: between a circle and a cat. */
const OWN_FILL = 0.75;

/** The longer side at which so many stickers fill a share of an area, mm. */
export const longestFor = (count: number, { width, height }: Size, share: number): number =>
  Math.min(width, height, Math.sqrt((width * height * share) / (count * OWN_FILL)));

/** The outlines of all stickers, at the sizes that are given or at the usual one. */
export async function outlinesFor(
  { wanted, longest, outlineAt }: Arranging,
  usualLongest: number,
): Promise<Outline[]> {
  const outlines: Outline[] = [];
  for (const picture of wanted) outlines.push(await outlineAt(picture, longest?.[picture] ?? usualLongest));
  return outlines;
}

/** @param left how many find no room, where it is known */
export const noRoom = ({ wanted, room: { size } }: Arranging, left?: number): PrintcatError =>
  new PrintcatError(
    `Expected ${wanted.length} stickers that find room on a sheet of ${formatMm(size.width)} × ${formatMm(size.height)} but ${left === undefined ? 'they do not' : `${left} of them do not`}`,
    { hint: 'Choose a larger sheet, smaller stickers (--longest), or fewer (--each).' },
  );
