import type { BleedFill } from './artwork.ts';
import { mirror, type Patch, type Raster } from './raster.ts';

/**
 * Fills what lies around the picture up to the slot's edges: with its mirror image, or with the pixels of its edge.
 * @param picture knows its place in the slot
 */
export function fillBleed(picture: Patch, widthPx: number, heightPx: number, fill: BleedFill): Raster {
  const { data, channels, left, top, width, height } = picture;
  if (width === widthPx && height === heightPx) return picture;
  const source = (index: number, length: number): number =>
    fill === 'mirror' ? mirror(index, length) : Math.min(length - 1, Math.max(0, index));
  const columns = Int32Array.from({ length: widthPx }, (_, x) => source(x - left, width) * channels);
  const out = new Uint8ClampedArray(widthPx * heightPx * channels);
  let at = 0;
  for (let y = 0; y < heightPx; y++) {
    const row = source(y - top, height) * width * channels;
    for (const column of columns) {
      for (let c = 0; c < channels; c++) out[at++] = data[row + column + c]!;
    }
  }
  return { data: out, width: widthPx, height: heightPx, channels };
}
