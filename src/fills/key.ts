import { ARTWORK_VERSION } from '../artwork/cache.ts';
import { hashOf } from '../files.ts';
import type { FillPicture, MosaicFill, RepeatFill } from './fill.ts';

/** Goes up whenever the same wish gives other pixels than before. */
const FILL_VERSION = 1;

const contentOf = ({ sha256, widthPx, heightPx }: FillPicture) => [sha256, widthPx, heightPx];

/**
 * Content key of a pattern or a mosaic: all that decides its pixels, in an order of its own, and nothing else, such as
 * where the originals lie.
 * @param wish its ground is a colour or nothing
 * @param enlarger name of what enlarges
 */
export const fillKey = (wish: RepeatFill | MosaicFill, enlarger: string): string =>
  hashOf({
    version: [FILL_VERSION, ARTWORK_VERSION],
    ...{ enlarger, kind: wish.kind, ground: wish.ground },
    size: [wish.size.width, wish.size.height],
    bleed: [wish.bleed.top, wish.bleed.right, wish.bleed.bottom, wish.bleed.left],
    ...{ ppi: wish.ppi, upscaler: wish.upscaler, tone: wish.tone ?? null },
    tile: [wish.tile.width, wish.tile.height, wish.gap],
    ...(wish.printedPpi !== undefined && { printedPpi: wish.printedPpi }),
    ...(wish.kind === 'repeat' ? patternOf(wish) : mosaicOf(wish)),
  });

const patternOf = ({ pictures, repeat, seed, turn, smallest, cyclic }: RepeatFill) => ({
  pictures: pictures.map(contentOf),
  pattern: [repeat, seed, cyclic, ...(repeat === 'scattered' ? [turn, smallest] : [])],
});

/** In a mosaic IDs and dates decide who lies where. */
const mosaicOf = ({ pictures, order, fill, dark, codes, before }: MosaicFill) => ({
  pictures: pictures.map((picture) => [picture.id, picture.date ?? null, ...contentOf(picture)]),
  ...{ order, fill },
  dark: dark ? [dark.height, dark.colour, dark.edge, dark.fade ?? 0] : null,
  codes: codes.map(({ text, box, level = 'M' }) => [text, level, box.x, box.y, box.width, box.height]),
  before: before ? [...before].toSorted(([a], [b]) => (a < b ? -1 : 1)) : [],
});
