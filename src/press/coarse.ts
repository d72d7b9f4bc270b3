import { PrintcatError } from '../errors.ts';
import { type Box, intersect, ptToMm } from '../units.ts';
import { nameOf, numberOf, type Reader } from './pdf.ts';
import type { PendingPicture } from './pictures.ts';
import { hullOf, type PlacedImage, ppiOf } from './placements.ts';
import { standInIndex } from './stand-ins.ts';

/** An element that shows a picture of the template's own. */
export interface DrawnPicture {
  /** Its place among the product's pages, from 0. */
  readonly page: number;
  /** `img.hero` */
  readonly element: string;
  /** Its file's name. */
  readonly source: string;
  /** mm from the page's top left corner. */
  readonly box: Box;
}

export interface Resolution {
  /** What the order asks for, px per inch. */
  readonly ppi: number;
  readonly drawn: readonly DrawnPicture[];
}

/** Boxes are rounded to the layout's pixels: so much may be missing. */
const SLACK = 0.99;

/**
 * Refuses images below the order's resolution. Grey bitmaps inside soft masks are left: the browser makes them for
 * blurred shadows alone, at 300 ppi, and a blur has nothing finer in it.
 * @param page its place among the pages, its height in pt, and its name where there are several
 * @throws PrintcatError with the element and its file
 */
export function refuseCoarse(
  reader: Reader,
  images: readonly PlacedImage[],
  pictures: readonly PendingPicture[],
  { ppi, drawn }: Resolution,
  page: { readonly index: number; readonly height: number; readonly name: string },
): void {
  for (const { stream, matrix, inGlyph } of images) {
    if (inGlyph) {
      throw new PrintcatError('A font of the template draws its glyphs as pixels', {
        hint: 'Use a font with outlines; put an emoji or icon in as an SVG file.',
      });
    }
    const isMask = String(reader.get(stream.dict, 'ImageMask')) === 'true';
    if (isMask || nameOf(reader.get(stream.dict, 'ColorSpace')) === 'DeviceGray') continue;
    const isJpeg = nameOf(reader.get(stream.dict, 'Filter')) === 'DCTDecode';
    const index = isJpeg ? standInIndex(stream.contents) : null;
    const picture = index === null ? undefined : pictures[index];
    const widthPx = picture?.widthPx ?? numberOf(reader.get(stream.dict, 'Width')) ?? 0;
    const heightPx = picture?.heightPx ?? numberOf(reader.get(stream.dict, 'Height')) ?? 0;
    const found = ppiOf(matrix, widthPx, heightPx);
    // A line of single pixels has no detail in its own direction.
    if (found >= ppi * SLACK || Math.min(widthPx, heightPx) <= 1) continue;
    const hull = hullOf(matrix);
    const box = {
      x: ptToMm(hull.x0),
      y: ptToMm(page.height - hull.y1),
      width: ptToMm(hull.x1 - hull.x0),
      height: ptToMm(hull.y1 - hull.y0),
    };
    const by = picture
      ? null
      : closest(
          drawn.filter((one) => one.page === page.index),
          box,
        );
    const what = picture
      ? 'The picture of a slot'
      : by
        ? `${by.element} (${by.source})`
        : 'Something that the browser draws as pixels';
    const place = `${Math.round(box.x)}, ${Math.round(box.y)} mm${page.name && ` of ${page.name}`}`;
    throw new PrintcatError(
      `${what} at ${place} is printed at ${Math.floor(found)} ppi (${widthPx} × ${heightPx} px on ${Math.round(box.width)} × ${Math.round(box.height)} mm); the order asks for ${ppi} (R0031)`,
      {
        hint: by
          ? "Put a larger file or an SVG into the template's folder, or print it smaller; a picture in img[data-slot] is made as large as its place."
          : 'Give the place its size by width and height instead of a transform, and draw with plain CSS or SVG.',
      },
    );
  }
}

/** The element whose box shares most with the image's, as a part of what they cover together. */
function closest(drawn: readonly DrawnPicture[], box: Box): DrawnPicture | null {
  const share = (other: Box): number => {
    const both = intersect(box, other);
    if (!both) return 0;
    const common = both.width * both.height;
    return common / (box.width * box.height + other.width * other.height - common);
  };
  const ranked = [...drawn].sort((a, b) => share(b.box) - share(a.box));
  const best = ranked[0];
  return best && intersect(box, best.box) ? best : null;
}
