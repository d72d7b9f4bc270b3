import { PDFDocument, type PDFPage } from 'pdf-lib';
import { inverse, type Matrix, multiply } from '../press/matrix.ts';
import { numberOf, Reader } from '../press/pdf.ts';
import { imagesOn, type PlacedImage } from '../press/placements.ts';
import type { Size } from '../units.ts';

/**
 * A picture whose place differs from its own pixels by less than this is meant to be drawn one to one, px: pixels are
 * rounded up, and the layout's boxes are right to 0.013 mm.
 */
const MEANT = 1.25;
/** PDFium draws into the smallest whole pixels around a picture's place: it must not touch the next ones, px. */
const INSIDE = 0.02;

/**
 * Puts the pictures of a page that have as many pixels as their place has onto those pixels, about half a pixel away at most, so
 * that PDFium copies them instead of computing new ones. Others stay as they are.
 * @param size of the page, px
 * @returns the file with the page's pictures moved
 */
export async function onPixelGrid(pdf: Uint8Array, pageIndex: number, size: Size): Promise<Uint8Array> {
  const doc = await PDFDocument.load(pdf, { updateMetadata: false });
  const reader = new Reader(doc.context);
  const page = doc.getPage(pageIndex);
  const toPixels: Matrix = [size.width / page.getWidth(), 0, 0, size.height / page.getHeight(), 0, 0];
  for (const [image, places] of placesOf(reader, page)) {
    const moves = places.map(({ matrix }) => moveOf(reader, image, multiply(matrix, toPixels)));
    // One that stands in several places would be moved by each of them.
    const [move, ...others] = moves;
    if (move && others.every((other) => String(other) === String(move))) wrap(reader, image, move);
  }
  return doc.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
}

type Image = PlacedImage['stream'];

function placesOf(reader: Reader, { node }: PDFPage): Map<Image, PlacedImage[]> {
  const places = new Map<Image, PlacedImage[]>();
  for (const place of imagesOn(reader, reader.contents(node), node.Resources()))
    places.set(place.stream, [...(places.get(place.stream) ?? []), place]);
  return places;
}

/** What must be done to the unit square before `matrix` (to px) for the picture to lie on its pixels, if it can. */
function moveOf(reader: Reader, { dict }: Image, matrix: Matrix): Matrix | null {
  const [a, b, c, d, e, f] = matrix;
  const sides = ['Width', 'Height'].map((key) => numberOf(reader.get(dict, key)) ?? 0) as [number, number];
  const isUpright = a > 0 && d > 0 && Math.abs(b) < 1e-6 && Math.abs(c) < 1e-6;
  if (!isUpright || Math.abs(a - sides[0]) >= MEANT || Math.abs(d - sides[1]) >= MEANT) return null;
  const start = (from: number, length: number, side: number) => Math.round(from + (length - side) / 2);
  const [x, y] = [start(e, a, sides[0]), start(f, d, sides[1])];
  const whole = [sides[0] - 2 * INSIDE, 0, 0, sides[1] - 2 * INSIDE, x + INSIDE, y + INSIDE] as const;
  return multiply(whole, inverse(matrix));
}

/** Puts a form in the place of a picture, which draws it moved. */
function wrap({ context }: Reader, image: Image, move: Matrix): void {
  const ref = context.getObjectRef(image);
  if (!ref) return;
  const form = context.stream(`${move.map((value) => value.toFixed(12)).join(' ')} cm /Im Do`, {
    ...{ Type: 'XObject', Subtype: 'Form', BBox: [-1, -1, 2, 2] },
    Resources: { XObject: { Im: context.register(image) } },
  });
  context.assign(ref, form);
}
