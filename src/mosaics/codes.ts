import type { Raster } from '../artwork/raster.ts';
import { type QrLevel, qrRaster } from '../layout/qr.ts';
import type { PixelGrid } from '../repeats/lattice.ts';
import { type Placement, upright } from '../repeats/pattern.ts';
import type { Box } from '../units.ts';

/** A QR code on a surface that is made in pixels. */
export interface CodeWish {
  readonly text: string;
  /** mm from the top left corner of the surface; the code is as large as fits, its quiet zone white. */
  readonly box: Box;
  readonly level?: QrLevel;
}

/** The layers and sources of QR codes for `compose`: each drawn in its pixels, no module a pixel larger than another. */
export function codesInPixels(
  wishes: readonly CodeWish[],
  { pixel }: PixelGrid,
): { layers: Placement[]; sources: Record<string, Raster> } {
  const sources: Record<string, Raster> = {};
  const layers = wishes.map(({ text, box, level }, i) => {
    const side = Math.floor(Math.min(box.width / pixel.width, box.height / pixel.height) + 1e-6);
    const start = (from: number, length: number, unit: number) =>
      Math.round((from + length / 2) / unit - side / 2 + 1e-6) * unit;
    const id = `qr ${i}`;
    sources[id] = qrRaster(text, side, level);
    return upright(id, {
      x: start(box.x, box.width, pixel.width),
      y: start(box.y, box.height, pixel.height),
      width: side * pixel.width,
      height: side * pixel.height,
    });
  });
  return { layers, sources };
}
