import { expected } from '../errors.ts';
import { qrMinWidth } from '../layout/qr.ts';
import type { CodeWish } from '../mosaics/codes.ts';
import { type DarkZone, tileFor } from '../mosaics/mosaic.ts';
import { type Box, formatMm, inset } from '../units.ts';
import type { FillPicture, FillSlot, FillWish, Ground, MosaicFill, RepeatFill } from './fill.ts';
import type { FillOrder } from './fill-options.ts';

/** Between what is seen of scattered pictures where nothing else is said, mm. */
const SCATTERED_GAP = 3;
/** A dark zone's edge that fades does so over this share of the zone's height. */
const FADE = 1 / 3;
/** QR codes take at most this share of a dark zone's height, and this one of the width that each has. */
const CODE = { height: 0.45, width: 0.6 } as const;
/** Side of a QR code and its distance from the trim where there is no dark zone, mm. */
const CODE_MM = 25;
const CODE_MARGIN_MM = 8;

/**
 * What the options of an order ask a slot to be filled with: a pattern where `repeat` names one; a mosaic of several
 * pictures, or of one with a dark zone or QR codes; otherwise the picture.
 * @param pictures in the order in which they were given
 * @throws PrintcatError where the options contradict each other, or a QR code has no room
 */
export function fillOf(order: FillOrder, pictures: readonly FillPicture[], slot: FillSlot): FillWish {
  const { repeat = 'none', dark, link = [], columns } = order;
  const [first] = pictures;
  if (!first) throw expected('at least one picture', 'a slot', 'none');
  const mosaic = dark !== undefined || link.length > 0 || columns !== undefined;
  if (repeat === 'none') {
    if (pictures.length > 1 || mosaic) return mosaicOf(order, pictures, slot);
    return { kind: 'picture', ...slot, picture: first };
  }
  if (mosaic) {
    throw expected(
      'either a pattern or a mosaic',
      'a slot',
      `--repeat ${repeat} with ${dark ? '--dark' : columns ? '--columns' : '--link'}`,
      'Leave --repeat out: one picture with a dark zone or QR codes is laid as a grid.',
    );
  }
  return repeatOf(order, repeat, pictures, slot);
}

const groundOf = ({ ground = 'auto' }: FillOrder): Ground =>
  ground === 'auto' ? 'light' : ground === 'none' ? null : ground;

const surfaced = ({ size, bleed, ppi, upscaler, tone }: FillSlot) => ({
  ...{ size, bleed, ppi, upscaler },
  ...(tone !== undefined && { tone }),
});

function repeatOf(
  order: FillOrder,
  repeat: RepeatFill['repeat'],
  pictures: readonly FillPicture[],
  slot: FillSlot,
): RepeatFill {
  const { tile, gap, seed = 1, turn = 30, smallest = 0.5, cyclic = 'keep' } = order;
  return {
    ...{ kind: 'repeat', ...surfaced(slot), pictures, repeat },
    tile: tile ?? { width: null, height: null },
    gap: gap ?? (repeat === 'scattered' ? SCATTERED_GAP : 0),
    ...{ seed, turn, smallest, cyclic, ground: groundOf(order) },
  };
}

function mosaicOf(order: FillOrder, pictures: readonly FillPicture[], slot: FillSlot): MosaicFill {
  const { tile, columns, gap = 0, sort = 'id', empty = false, link = [], qrSize } = order;
  if (columns !== undefined && tile) {
    throw expected('either --columns or --tile', 'a mosaic', 'both', 'Each says how wide a tile is.');
  }
  const dark = darkOf(order, slot);
  const width = columns === undefined ? null : tileFor(slot, columns, gap);
  if (width !== null && width <= 0) {
    throw expected('room for tiles', 'a mosaic', `${columns} columns with gaps of ${formatMm(gap)}`);
  }
  return {
    ...{ kind: 'mosaic', ...surfaced(slot), pictures },
    tile: tile ?? { width, height: null },
    ...{ gap, order: sort, fill: empty ? 'empty' : 'copies', ground: groundOf(order) },
    ...(dark && { dark }),
    codes: codesIn(link, slot, dark, qrSize),
  };
}

function darkOf(order: FillOrder, { size, bleed }: FillSlot): DarkZone | undefined {
  const { dark, darkColour = '#000000', darkEdge = 'cut' } = order;
  if (!dark) return undefined;
  const trim = size.height - bleed.top - bleed.bottom;
  const height = 'share' in dark ? dark.share * trim : dark.mm;
  return { height, colour: darkColour, edge: darkEdge, ...(darkEdge === 'fade' && { fade: height * FADE }) };
}

/** QR codes side by side, evenly over the trim's width: in the middle of the dark zone, or at the bottom. */
function codesIn(
  links: readonly string[],
  { size, bleed }: FillSlot,
  dark: DarkZone | undefined,
  wished: number | undefined,
): CodeWish[] {
  if (links.length === 0) return [];
  const trim = inset({ x: 0, y: 0, ...size }, bleed);
  const room: Box = dark
    ? { ...trim, y: trim.y + trim.height - dark.height, height: dark.height }
    : inset(trim, { top: 0, right: CODE_MARGIN_MM, bottom: CODE_MARGIN_MM, left: CODE_MARGIN_MM });
  const each = room.width / links.length;
  const usual = dark ? Math.min(CODE.height * dark.height, CODE.width * each) : Math.min(CODE_MM, each);
  const side = wished ?? usual;
  const least = Math.max(...links.map((text) => qrMinWidth(text)));
  if (side < least - 1e-9 || side > Math.min(each, room.height) + 1e-9) {
    throw expected(
      `${formatMm(Math.ceil(least * 10) / 10)} to ${formatMm(Math.min(each, room.height), 1)}`,
      `a QR code's side (${links.length} side by side in ${formatMm(room.width, 1)} × ${formatMm(room.height, 1)})`,
      formatMm(side, 1),
      'Say --qr-size, shorten the address, or make the dark zone higher.',
    );
  }
  // As far from each other as from the ends.
  const between = (room.width - links.length * side) / (links.length + 1);
  const y = dark ? room.y + (room.height - side) / 2 : room.y + room.height - side;
  return links.map((text, i) => ({
    text,
    box: { x: room.x + between + i * (side + between), y, width: side, height: side },
  }));
}
