import type { Picture } from '../artwork/artwork.ts';
import type { Raster } from '../artwork/raster.ts';
import { PrintcatError } from '../errors.ts';
import { type Contour, type ContourOptions, contourOf } from './contour.ts';
import { requireCuttable } from './measure.ts';
import type { Polygon } from './path.ts';
import { cutOutOfPlainGround } from './plain-ground.ts';
import { shapeAround } from './shapes.ts';

/** A cut around a picture file. */
export interface PictureContour extends Contour {
  /** What is art: white in grey, of the whole picture; `null` where an opaque picture is wholly art. */
  readonly mask: Raster | null;
  /** Where the mask comes from: a picture cut out of its ground must lose that ground before it is printed. */
  readonly source: 'alpha' | 'ground' | 'whole';
}

/** Pixels that a picture is read at, a mm in print, and at most along its longer side. */
const [PIXELS_A_MM, MOST_PIXELS] = [12, 2400];

/**
 * Lays a cut around a picture as `options.outline` says, and makes sure that it can be cut as asked.
 * @param width of the whole picture in print, mm
 * @returns the cut in mm from the top left corner of the whole picture, upright
 * @throws PrintcatError where the file cannot be read, has no alpha, or its ground is not plain; where parts lie
 *   apart that may not, or the cut cannot keep what is asked
 */
export async function contourOfPicture(
  picture: Picture,
  width: number,
  options: ContourOptions,
): Promise<PictureContour> {
  const { readSmall } = await import('../fills/originals.ts');
  const { width: columns, height: rows } = await sizeOf(picture);
  const wished = (PIXELS_A_MM * width * Math.max(columns, rows)) / columns;
  const raster = await readSmall(picture, Math.min(MOST_PIXELS, Math.ceil(wished)));
  const { outline } = options;
  const alpha = alphaOf(raster);
  if (outline === 'circle' || outline === 'ellipse' || outline === 'rectangle') {
    const { left, right, top, bottom } = extentOf(alpha, raster);
    const pixel = width / raster.width;
    const box = {
      x: left * pixel,
      y: top * pixel,
      width: (right - left) * pixel,
      height: (bottom - top) * pixel,
    };
    const path = shapeAround(outline, box, options.border, options.radius);
    const source = alpha ? 'alpha' : 'whole';
    return { path, art: [cornersOf(box)], islands: 1, specks: 0, mask: alpha, source };
  }
  if (outline === 'alpha' && !alpha) {
    throw new PrintcatError('Expected a picture with transparency but it is opaque all over', {
      hint: 'Cut its subject out of a plain ground with --outline ground, or lay a plain shape around it: --outline circle, ellipse or rectangle.',
    });
  }
  const source = alpha && outline !== 'ground' ? 'alpha' : 'ground';
  const mask = source === 'alpha' ? alpha! : cutOutOfPlainGround(raster);
  const contour = contourOf(mask, width, options);
  requireCuttable(contour, options);
  return { ...contour, mask, source };
}

/** Size of the original, upright, px. */
async function sizeOf(picture: Picture) {
  const { readFacts } = await import('../artwork/source.ts');
  return readFacts(picture);
}

/**
 * The alpha of a picture as a mask; `null` where no pixel is clear by more than half: some generators hide their
 * settings in the last bit of an alpha that is opaque otherwise.
 */
function alphaOf({ data, width, height, channels }: Raster): Raster | null {
  if (channels !== 4) return null;
  const alpha = Uint8Array.from({ length: width * height }, (_, i) => data[4 * i + 3]!);
  return alpha.some((value) => value < 128) ? { data: alpha, width, height, channels: 1 } : null;
}

/** The columns and rows that hold art by more than half; all of them where there is no mask, or no art in it. */
function extentOf(mask: Raster | null, { width, height }: Raster) {
  const whole = { left: 0, right: width, top: 0, bottom: height };
  if (!mask) return whole;
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (mask.data[at]! < 128) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    }
  }
  return right > left ? { left, right, top, bottom } : whole;
}

const cornersOf = (box: { x: number; y: number; width: number; height: number }): Polygon => [
  [box.x, box.y],
  [box.x + box.width, box.y],
  [box.x + box.width, box.y + box.height],
  [box.x, box.y + box.height],
];
