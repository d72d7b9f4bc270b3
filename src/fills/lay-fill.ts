import { meanColourOf } from '../mosaics/mean-colour.ts';
import { type LaidMosaic, layMosaic } from '../mosaics/mosaic.ts';
import type { MosaicPicture } from '../mosaics/order.ts';
import type { Motif, Placement } from '../repeats/pattern.ts';
import { placePattern } from '../repeats/place.ts';
import { outlineOf } from '../repeats/polygon.ts';
import { inset, pxToMm, type Size } from '../units.ts';
import type { FillPicture, MosaicFill, RepeatFill } from './fill.ts';
import { readSmall } from './originals.ts';

/** A tile is at most this share of the trim's shorter side where its size is left to the picture. */
const MOST = 1 / 3;

const aspectOf = ({ widthPx, heightPx }: FillPicture): number => widthPx / heightPx;

/** The tile in mm, with what was left open decided. */
export function tileSize({ pictures, tile, size, bleed, ppi, printedPpi }: RepeatFill | MosaicFill): Size {
  const first = pictures[0]!;
  const trim = inset({ x: 0, y: 0, ...size }, bleed);
  const own = pxToMm(first.widthPx, printedPpi ?? ppi);
  const width = tile.width ?? Math.min(own, MOST * Math.min(trim.width, trim.height));
  return { width, height: tile.height ?? width / aspectOf(first) };
}

/**
 * Lays a pattern over the slot and its bleed. Scattered pictures that are cut out keep their distance by their outlines.
 * @param pixel for pixels: the tiles of a lattice become whole numbers of it
 */
export async function layRepeatFill(wish: RepeatFill, pixel?: Size): Promise<Placement[]> {
  const { pictures, repeat, gap, seed, turn, smallest, size, bleed } = wish;
  const motifs: Motif[] = [];
  for (const picture of pictures) {
    motifs.push({
      ...{ id: picture.id, aspect: aspectOf(picture) },
      ...(repeat === 'scattered' && { outline: outlineOf(await readSmall(picture)) }),
    });
  }
  const pattern = { repeat, motifs, tile: tileSize(wish), gap, seed, turn, smallest };
  return placePattern(pattern, { size, bleed }, pixel);
}

/**
 * Lays a mosaic over the slot and its bleed: the same wish, the same cells, whatever the resolution.
 * @param pixel for pixels: tiles and gaps become whole numbers of it
 * @returns with `cells`, for `before` of a later mosaic, and `left`, the pictures for which there was no room
 */
export async function layMosaicFill(wish: MosaicFill, pixel?: Size): Promise<LaidMosaic> {
  const { order, gap, fill, dark, codes, before, size, bleed } = wish;
  const pictures: MosaicPicture[] = [];
  for (const { id, date, path } of wish.pictures) {
    pictures.push({
      id,
      ...(date !== undefined && { date }),
      ...(order === 'colour' && { colour: await meanColourOf(path) }),
    });
  }
  const darkTop = dark ? size.height - bleed.bottom - dark.height : size.height;
  const mosaic = {
    ...{ pictures, order, tile: tileSize(wish), gap, fill },
    ...(dark && { dark }),
    // In the dark zone no tile is seen.
    free: codes.map(({ box }) => box).filter(({ y }) => y < darkTop),
    ...(before && { before }),
  };
  return layMosaic(mosaic, { size, bleed }, pixel);
}
