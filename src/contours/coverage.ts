import type { Raster } from '../artwork/raster.ts';
import { PrintcatError } from '../errors.ts';
import type { Field } from './field.ts';

/** Share of a pixel that must be covered to count as art: the line between is where an eye sees the edge. */
const HALF = 0.5;
/** The finest grid a contour is computed on, mm: half of the 0.1 mm to which a cut is asked. */
const FINEST = 0.05;
/** The coarsest, mm, unless the picture is too large for it. */
const COARSEST = 0.1;
/** Places along the longer side of a grid, at most: above that the grid is coarser than the picture. */
const MOST_PLACES = 1600;

/** Which of a raster's channels tells what is art, or says that none does. */
function coverageChannel({ channels }: Raster): number {
  if (channels === 4) return 3;
  if (channels === 1) return 0;
  throw new PrintcatError('Expected a picture with transparency or a mask but received one without', {
    hint: 'Cut the subject out of a plain ground with --outline ground, or lay a plain shape around it: --outline circle, ellipse or rectangle.',
  });
}

/**
 * Reads how much of each place is covered by art, as a field that is below 0 where it is more than half: from the
 * alpha of a picture, or from a mask in grey (white is art). Rims are soft: the half line lies between pixels.
 * @param width of the whole raster in print, mm
 * @param margin how much empty room is needed around it, mm
 * @param finest a detail that must still be told apart, mm: the grid has four places for it
 */
export function coverageOf(raster: Raster, width: number, margin: number, finest: number): Field {
  const channel = coverageChannel(raster);
  const pixel = width / raster.width;
  const longer = pixel * Math.max(raster.width, raster.height) + 2 * margin;
  const wished = Math.max(FINEST, Math.min(COARSEST, finest / 4), longer / MOST_PLACES);
  // A whole number of pixels a place, or of places a pixel, so that every pixel counts the same.
  const pixels = Math.max(1, Math.floor(wished / pixel));
  const cells = reduced(raster, channel, pixels);
  const places = Math.max(1, Math.round((pixels * pixel) / wished));
  return spread(cells, pixels * pixel, places, margin);
}

interface Cells {
  /** 0…1 */
  readonly covered: Float32Array;
  readonly columns: number;
  readonly rows: number;
}

/** The mean of each square of pixels; what lies beyond the raster is empty. */
function reduced({ data, width, height, channels }: Raster, channel: number, pixels: number): Cells {
  const [columns, rows] = [Math.ceil(width / pixels), Math.ceil(height / pixels)];
  const covered = new Float32Array(columns * rows);
  const share = 1 / (255 * pixels * pixels);
  for (let y = 0, at = channel; y < height; y++) {
    const row = Math.floor(y / pixels) * columns;
    for (let x = 0; x < width; x++, at += channels)
      covered[row + Math.floor(x / pixels)]! += data[at]! * share;
  }
  return { covered, columns, rows };
}

/**
 * The cells on a grid with a margin, bilinear between their middles.
 * @param size of a cell, mm
 * @param places of the grid along a cell
 */
function spread({ covered, columns, rows }: Cells, size: number, places: number, margin: number): Field {
  const step = size / places;
  const around = Math.ceil(margin / step) + 2;
  const [width, height] = [columns * places + 2 * around, rows * places + 2 * around];
  const cell = (i: number, j: number): number =>
    i < 0 || j < 0 || i >= columns || j >= rows ? 0 : covered[j * columns + i]!;
  const values = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const v = (y - around + 0.5) / places - 0.5;
    const j = Math.floor(v);
    for (let x = 0; x < width; x++, at++) {
      const u = (x - around + 0.5) / places - 0.5;
      const i = Math.floor(u);
      const top = cell(i, j) + (cell(i + 1, j) - cell(i, j)) * (u - i);
      const bottom = cell(i, j + 1) + (cell(i + 1, j + 1) - cell(i, j + 1)) * (u - i);
      values[at] = HALF - (top + (bottom - top) * (v - j));
    }
  }
  const first = (0.5 - around) * step;
  return { values, width, height, step, x: first, y: first };
}
