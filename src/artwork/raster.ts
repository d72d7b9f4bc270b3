/** Pixels in memory: 8 bits a channel, interleaved, rows from the top. */
export interface Raster {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** 1 grey or alpha, 3 RGB, 4 RGB with alpha (not premultiplied). */
  readonly channels: 1 | 3 | 4;
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of whole pixels. */
export interface Region extends PixelSize {
  readonly left: number;
  readonly top: number;
}

/** Size of a whole picture; `null` for a grid that goes on without an end. */
export type Bounds = PixelSize | null;

/** A part of a picture that knows its place in the whole. */
export interface Patch extends Raster, Region {
  readonly bounds: Bounds;
}

/**
 * The pixel that stands at `index` when a row of `length` pixels goes on beyond its ends as its mirror image, the
 * end pixels doubled: … 1 0 | 0 1 2 … n−1 | n−1 n−2 …
 */
export function mirror(index: number, length: number): number {
  const period = 2 * length;
  const i = ((index % period) + period) % period;
  return i < length ? i : period - 1 - i;
}

/** The pixels that the span `start…end` (end not included) touches once it is mirrored into the picture. */
function mirroredSpan(start: number, end: number, length: number): [start: number, end: number] {
  if (start < -length || end > 2 * length) return [0, length];
  let low = Math.max(0, start);
  let high = Math.min(length, end);
  if (start < 0) [low, high] = [0, Math.max(high, -start)];
  if (end > length) [low, high] = [Math.min(low, 2 * length - end), length];
  return [low, high];
}

/** The smallest region of the picture that holds all pixels of `region`, those beyond its edges mirrored. */
export function mirroredRegion(region: Region, bounds: Bounds): Region {
  if (!bounds) return region;
  const [left, right] = mirroredSpan(region.left, region.left + region.width, bounds.width);
  const [top, bottom] = mirroredSpan(region.top, region.top + region.height, bounds.height);
  return { left, top, width: right - left, height: bottom - top };
}

/** Where in `patch`, counted from its own edge, the columns `start…start + count` of the picture lie. */
export function columnsOf(patch: Patch, start: number, count: number): Int32Array {
  const { bounds } = patch;
  return Int32Array.from(
    { length: count },
    (_, i) => (bounds ? mirror(start + i, bounds.width) : start + i) - patch.left,
  );
}

/** Where in `patch`, counted from its own edge, the rows `start…start + count` of the picture lie. */
export function rowsOf(patch: Patch, start: number, count: number): Int32Array {
  const { bounds } = patch;
  return Int32Array.from(
    { length: count },
    (_, i) => (bounds ? mirror(start + i, bounds.height) : start + i) - patch.top,
  );
}
