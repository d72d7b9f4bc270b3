import { deflateSync } from 'node:zlib';
import { type PDFDict, type PDFObject, PDFRawStream, type PDFRef } from 'pdf-lib';
import { isRgbSpace, pictureStream, type UnmanagedImage } from './images.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import type { PendingPicture } from './pictures.ts';
import { standInIndex } from './stand-ins.ts';

/** A page in the file's colours. */
export interface ConvertedPage {
  readonly content: Buffer;
  readonly resources: PDFDict;
}

/** What became of the images of the pages. */
export interface ConvertedImages {
  readonly unmanaged: readonly UnmanagedImage[];
  /** Slots whose stand-in was found. */
  readonly placed: ReadonlySet<number>;
}

/**
 * Keeps the images of printed pages in sRGB: only stand-ins are swapped for the pictures, and what carries a profile of
 * its own is converted into sRGB.
 */
export async function rgbImages(
  reader: Reader,
  pictures: readonly PendingPicture[],
): Promise<ConvertedImages> {
  const { context } = reader;
  const unmanaged: UnmanagedImage[] = [];
  const placed = new Set<number>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || nameOf(reader.get(object.dict, 'Subtype')) !== 'Image') continue;
    const space = reader.get(object.dict, 'ColorSpace');
    if (!isRgbSpace(reader, space)) continue;
    const isJpeg = nameOf(reader.get(object.dict, 'Filter')) === 'DCTDecode';
    const index = isJpeg ? standInIndex(object.contents) : null;
    const picture = index === null ? undefined : pictures[index];
    if (index !== null && picture) {
      placed.add(index);
      context.assign(ref, pictureStream(context, await picture.encoded, object.dict, 'DeviceRGB'));
      continue;
    }
    const [widthPx, heightPx] = ['Width', 'Height'].map((key) => numberOf(reader.get(object.dict, key)) ?? 0);
    unmanaged.push({ widthPx: widthPx!, heightPx: heightPx! });
    if (nameOf(space) !== 'DeviceRGB') await intoSrgb(reader, ref, object, isJpeg);
  }
  return { unmanaged, placed };
}

/**
 * Keeps a printed page's operators as they are.
 * @param shift how far the page's art is moved by the caller, pt
 */
export function rgbPage(
  reader: Reader,
  contents: readonly Uint8Array[],
  source: PDFObject | undefined,
  [x, y]: readonly [number, number],
): ConvertedPage {
  const resources = reader.copy(reader.dict(source) ?? (reader.context.obj({}) as PDFDict));
  const patterns = reader.dict(resources.get(name('Pattern')));
  if (patterns) resources.set(name('Pattern'), movedPatterns(reader, patterns, x, y));
  return {
    content: Buffer.concat(contents.flatMap((part) => [part, Buffer.from('\n')])),
    resources,
  };
}

/** The pixels of a picture that has a profile of its own, in sRGB, losslessly. */
async function intoSrgb(reader: Reader, ref: PDFRef, image: PDFRawStream, isJpeg: boolean): Promise<void> {
  const dict = reader.copy(image.dict);
  dict.set(name('ColorSpace'), name('DeviceRGB'));
  if (isJpeg) {
    const { default: sharp } = await import('sharp');
    const rgb = await sharp(image.contents).toColourspace('srgb').removeAlpha().raw().toBuffer();
    for (const key of ['Decode', 'DecodeParms', 'Length', 'Metadata']) dict.delete(name(key));
    dict.set(name('Filter'), name('FlateDecode'));
    reader.context.assign(ref, PDFRawStream.of(dict, deflateSync(rgb)));
    return;
  }
  // What is no JPEG was decoded by the browser, into sRGB.
  reader.context.assign(ref, PDFRawStream.of(dict, image.contents));
}

/** The page's own patterns, moved with its art: their matrices do not see the page's translation. */
function movedPatterns(reader: Reader, patterns: PDFDict, x: number, y: number): PDFDict {
  const { context } = reader;
  const moved = context.obj({}) as PDFDict;
  for (const [key, value] of patterns.entries()) {
    const pattern = reader.deref(value);
    const dict = reader.copy(reader.dict(value)!);
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = reader.numbers(dict.get(name('Matrix')));
    dict.set(name('Matrix'), context.obj([a, b, c, d, e + x, f + y]));
    moved.set(
      key,
      context.register(pattern instanceof PDFRawStream ? PDFRawStream.of(dict, pattern.contents) : dict),
    );
  }
  return moved;
}
