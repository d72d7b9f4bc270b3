/** The process inks' plates, by the names that PDF gives their colourants (ISO 32000-1, 8.6.6.4). */
export const PROCESS = ['Cyan', 'Magenta', 'Yellow', 'Black'] as const;

/** Spot plates that are counted; a page with more is refused rather than drawn for minutes. */
export const MOST_SPOTS = 24;

/**
 * The plates that one drawing of a page shows, one in each channel: a channel's value is 1 − ink. One plate is
 * drawn in grey, two or three in RGB.
 */
export type Drawing = readonly string[];

/** No plates, but what a soft mask reads: its colours are light, and inks in it darken as on a screen. */
export const LIGHT: Drawing = ['light: red', 'light: green', 'light: blue'];

/** Components of a drawing's colours. */
export const channelsOf = (drawing: Drawing): 1 | 3 => (drawing.length === 1 ? 1 : 3);

export const deviceOf = (drawing: Drawing): 'DeviceGray' | 'DeviceRGB' =>
  channelsOf(drawing) === 1 ? 'DeviceGray' : 'DeviceRGB';

/** The plates by channel; a channel without one stays white. */
export const channelPlates = (drawing: Drawing): (string | null)[] =>
  Array.from({ length: channelsOf(drawing) }, (_, i) => drawing[i] ?? null);

/** A page's plates: one byte a pixel from the top left, 0 no ink, 255 solid. */
export interface Plates {
  readonly width: number;
  readonly height: number;
  /** px per mm. */
  readonly perMm: number;
  /** By ink: the four process inks first, then spots in the order in which the page uses them. */
  readonly inks: ReadonlyMap<string, Uint8Array>;
  /** What could not be counted, a phrase each. */
  readonly uncounted: readonly string[];
}
