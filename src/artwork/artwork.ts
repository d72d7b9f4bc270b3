import type { Edges, Size } from '../units.ts';
import type { ToneCurve } from './tone.ts';

/** What to do where the picture has no room for the bleed. */
export const BLEED_FILLS = ['scale', 'mirror', 'extend'] as const;
export type BleedFill = (typeof BLEED_FILLS)[number];
/** What is done where nobody says otherwise. */
export const USUAL_BLEED_FILL: BleedFill = 'scale';

/** Names of upscalers that `--upscaler` takes: the default, the best, and the one that needs no weights. */
export const UPSCALERS = ['fast', 'best', 'lanczos'] as const;
export type Upscaler = (typeof UPSCALERS)[number];

/** A picture as the artwork stage needs it. */
export interface Picture {
  /** Where the original lies; it is only read. */
  readonly path: string;
  /** SHA-256 of the original's bytes, the cache's key; nothing is computed from a file that has another. */
  readonly sha256: string;
}

/** A point of the picture that must stay in the crop, as fractions (0…1) of its upright width and height. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** Closer than this no crop goes: what is left of a picture of 1000 px is 125 px wide. */
export const MAX_ZOOM = 8;

/** A place on the product that a picture fills. */
export interface ArtworkWish {
  readonly picture: Picture;
  /** The visible box with its bleed, mm. */
  readonly size: Size;
  /** The part of `size` on each side that will be cut off, mm. */
  readonly bleed: Edges;
  /** Wanted resolution on the product, px per inch. */
  readonly ppi: number;
  readonly bleedFill: BleedFill;
  /** Chosen by hand; without it the most salient part is kept. */
  readonly focal?: FocalPoint;
  /** How many times larger the picture is shown than it must be to cover its place, 1…`MAX_ZOOM`; 1 where it is not said. */
  readonly zoom?: number;
  readonly upscaler: Upscaler;
  /** What the printer's material does to greys, undone; none where it prints them as they are. */
  readonly tone?: ToneCurve;
}

/** The pixels for one slot: exactly as many as the slot shows at the wished ppi. */
export interface Artwork {
  /** A lossless RGB(A) 8-bit file in the cache, upright, with the ICC profile of its colours embedded. */
  readonly path: string;
  /** Content key of wish and original: equal keys, equal pixels. */
  readonly key: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly hasAlpha: boolean;
  /** Resolution that the original's own pixels have in this slot, px per inch. */
  readonly sourcePpi: number;
  /** Enlargement of the original's pixels (2 = twice as many each way; below 1 it was reduced). */
  readonly factor: number;
  /** What enlarged it, for the summary: `upconv_7 ×4, reduced`, `upconv_7 ×2, then Lanczos`, `Lanczos`, `none`. */
  readonly method: string;
  /** Whether it came from the cache. */
  readonly cached: boolean;
  readonly warnings: readonly string[];
}
