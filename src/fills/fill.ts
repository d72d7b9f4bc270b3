import type { ArtworkWish, Picture } from '../artwork/artwork.ts';
import type { CodeWish } from '../mosaics/codes.ts';
import type { DarkZone, Mosaic } from '../mosaics/mosaic.ts';
import type { Assignment, MosaicOrder } from '../mosaics/order.ts';
import type { Repeat } from '../repeats/pattern.ts';

/** A picture that a slot is filled with, alone or among others. */
export interface FillPicture extends Picture {
  /** Image ID: mosaics are in order by it. */
  readonly id: string;
  /** Size of the upright original, px. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** ISO 8601, for the order by date; without it the ID's own. */
  readonly date?: string;
}

/** A place on the product, whatever fills it. */
export type FillSlot = Omit<ArtworkWish, 'picture'>;

/** Size of a tile, mm. */
export interface TileWish {
  /**
   * `null`: as wide as the first picture's own pixels are at the slot's resolution, so that nothing is resampled, but at
   * most a third of the trim's shorter side.
   */
  readonly width: number | null;
  /** `null`: as high as the first picture is at this width. */
  readonly height: number | null;
}

/**
 * What is seen between and behind pictures: `#rrggbb`, nothing (`null`: the pixels have alpha), or the light tone of the
 * first picture's palette.
 */
export type Ground = `#${string}` | 'light' | null;

/** What patterns and mosaics are told of their slot. The bleed is filled as the trim is. */
export interface Surfaced extends Pick<FillSlot, 'size' | 'bleed' | 'ppi' | 'upscaler' | 'tone'> {
  /**
   * The resolution at which the surface is printed, px per inch, where `ppi` is that of a smaller picture of it: tiles
   * lie as they will in print, whose pixels decide on their size.
   */
  readonly printedPpi?: number;
}

/** One picture, cropped for the slot. */
export interface PictureFill extends ArtworkWish {
  readonly kind: 'picture';
}

/** A pattern of one picture or several. */
export interface RepeatFill extends Surfaced {
  readonly kind: 'repeat';
  readonly pictures: readonly FillPicture[];
  readonly repeat: Repeat;
  readonly tile: TileWish;
  /** Between tiles; between what is seen of scattered pictures; mm */
  readonly gap: number;
  /** Decides which picture lies where, and how scattered ones fall. */
  readonly seed: number;
  /** Scattered only: how far pictures turn either way, degrees 0…180. */
  readonly turn: number;
  /** Scattered only: the smallest a picture becomes to fill a hole, as a share of its size, 0…1. */
  readonly smallest: number;
  readonly ground: Ground;
  /** Whether a picture that does not join its own copies is made so: where it is alone and its copies touch. */
  readonly cyclic: 'keep' | 'make';
}

/** Many pictures in one. */
export interface MosaicFill extends Surfaced {
  readonly kind: 'mosaic';
  readonly pictures: readonly FillPicture[];
  readonly tile: TileWish;
  /** mm */
  readonly gap: number;
  readonly order: MosaicOrder;
  /** Cells for which there is no picture: filled with copies, or left empty. */
  readonly fill: Mosaic['fill'];
  readonly dark?: DarkZone;
  /** QR codes, painted above all else; no tile lies below one that stands above the dark zone. */
  readonly codes: readonly CodeWish[];
  readonly ground: Ground;
  /** Where pictures lay in an earlier mosaic: they stay there (`layMosaicFill(…).cells`). */
  readonly before?: Assignment;
}

/** What fills a picture slot. */
export type FillWish = PictureFill | RepeatFill | MosaicFill;
