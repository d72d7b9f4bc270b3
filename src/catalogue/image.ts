/** What may be decided about a picture. `unreviewed` is never the same as `rejected`: nobody has looked yet. */
export const DECISIONS = ['unreviewed', 'released', 'rejected'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Where the 14 digits of an ID come from. */
export const ID_ORIGINS = ['file name', 'metadata', 'file date'] as const;
export type IdOrigin = (typeof ID_ORIGINS)[number];

/** Formats that can be imported; a format's name is also the one that sharp and our messages use. */
export const FORMATS = ['png', 'jpeg', 'webp', 'tiff', 'avif'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * The largest picture that is imported if nothing else is said, 10⁶ px: 16,000 × 25,000 px, more than an A0
 * poster at 300 ppi takes (140), and decoded at 16 bits with alpha 3.2 GB.
 */
export const DEFAULT_MAX_MEGAPIXELS = 400;

/**
 * The colours that the file's numbers mean, from its colour model and the description of its ICC profile.
 * `untagged` is RGB without a profile; grey and CMYK are named so with and without one.
 */
export type ColourSpace =
  | 'sRGB'
  | 'Display P3'
  | 'Adobe RGB'
  | 'other RGB'
  | 'untagged'
  | 'grey'
  | 'CMYK'
  | 'Lab';

/** What is true of the file, whoever made it. */
export interface FileFacts {
  readonly format: Format;
  readonly mime: string;
  /** Width and height in px as the picture is seen: after the EXIF orientation is applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bits per channel. */
  readonly bitDepth: number;
  readonly colourSpace: ColourSpace;
  /** Description of the embedded ICC profile. */
  readonly profile: string | null;
  readonly hasAlpha: boolean;
  /** EXIF orientation 1…8 (Exif 2.32, tag 0x0112); 1 where the file has none. */
  readonly orientation: number;
  /** Whether a C2PA manifest is in the file. It is noted, not verified, and stays in the original. */
  readonly c2pa: boolean;
  /** IPTC digital source type, the URI as it stands in XMP or, failing that, in the C2PA manifest. */
  readonly digitalSourceType: string | null;
}

/** What the generator wrote about its work. A field that the file lacks is `null`. */
export interface Generation {
  readonly generator: string | null;
  readonly generatorVersion: string | null;
  readonly title: string | null;
  readonly prompt: string | null;
  readonly negativePrompt: string | null;
  /** Decimal digits: seeds go up to 2⁶⁴, which a `number` cannot hold. */
  readonly seed: string | null;
  readonly model: string | null;
  readonly sampler: string | null;
  readonly steps: number | null;
  readonly cfgScale: number | null;
  /** The size that was generated, px; the file's own may differ after upscaling. */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
}

export const NO_GENERATION: Generation = {
  generator: null,
  generatorVersion: null,
  title: null,
  prompt: null,
  negativePrompt: null,
  seed: null,
  model: null,
  sampler: null,
  steps: null,
  cfgScale: null,
  widthPx: null,
  heightPx: null,
};

/** A picture of the catalogue. */
export interface ImageRecord {
  /** 14 digits `YYYYMMDDhhmmss`, with `-2`, `-3`, … where pictures share a second. */
  readonly id: string;
  readonly idOrigin: IdOrigin;
  /** SHA-256 of the original's bytes, hexadecimal. */
  readonly sha256: string;
  /** Size of the original, bytes. */
  readonly bytes: number;
  /** Name under which it was imported, without folders. */
  readonly fileName: string;
  /** ISO 8601, UTC. */
  readonly importedAt: string;
  readonly importedBy: string;
  readonly decision: Decision;
  /** Words that somebody gave it to find it by, in their order. */
  readonly tags: readonly string[];
  readonly file: FileFacts;
  readonly generation: Generation;
  /** Remarks made at import, such as an extension that does not fit the content. */
  readonly notes: readonly string[];
}

/** Where a picture stands in its places on a product. */
export interface Crop {
  /** Point that stays in the middle as far as the picture allows, as fractions (0…1) of its upright width and height. */
  readonly x: number;
  readonly y: number;
  /** How many times larger it is shown than it must be to fill the place, 1…8. */
  readonly zoom: number;
}

/** An entry of a picture's history. */
export interface DecisionEntry {
  readonly decision: Decision;
  readonly who: string;
  /** ISO 8601, UTC. */
  readonly when: string;
  readonly note: string | null;
}
