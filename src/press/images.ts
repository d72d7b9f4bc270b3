import { deflateSync } from 'node:zlib';
import { PDFArray, type PDFContext, type PDFDict, type PDFObject, PDFRawStream, type PDFRef } from 'pdf-lib';
import type { PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { type Mode, maskGrey } from './inks.ts';
import { name, nameOf, numberOf, type Reader } from './pdf.ts';
import { encodeCmyk, type PendingPicture, type Picture } from './pictures.ts';
import { standInIndex } from './stand-ins.ts';
import { storedStream } from './stored-stream.ts';

/** An image that came through the browser instead of a slot: its pixels are the browser's, not ours. */
export interface UnmanagedImage {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Adobe's inverted CMYK JPEG samples, put right. */
const INVERTED = [1, 0, 1, 0, 1, 0, 1, 0];

/** Swaps stand-ins for the artwork in press colour and converts what else there is of images. */
export class ImageConverter {
  readonly unmanaged: UnmanagedImage[] = [];
  /** Slots whose stand-in was found in the page. */
  readonly placed = new Set<number>();
  readonly #reader: Reader;
  readonly #colours: PressColours;
  readonly #pictures: readonly PendingPicture[];
  readonly #jobs: (() => Promise<void>)[] = [];

  constructor(reader: Reader, colours: PressColours, pictures: readonly PendingPicture[]) {
    this.#reader = reader;
    this.#colours = colours;
    this.#pictures = pictures;
  }

  /** Plans the conversion of an image into `ref`; it is carried out by `finish`. */
  convert(stream: PDFRawStream, mode: Mode, ref: PDFRef): void {
    const { context } = this.#reader;
    const space = this.#reader.get(stream.dict, 'ColorSpace');
    const isMask = String(this.#reader.get(stream.dict, 'ImageMask')) === 'true';
    if (isMask) {
      context.assign(ref, stream);
      return;
    }
    if (nameOf(space) === 'DeviceGray') {
      this.#jobs.push(async () => context.assign(ref, await this.#convertGrey(stream, mode)));
      return;
    }
    if (!isRgbSpace(this.#reader, space))
      throw new PrintcatError('The printed page has an image in an unexpected colour space');
    const isJpeg = nameOf(this.#reader.get(stream.dict, 'Filter')) === 'DCTDecode';
    const index = isJpeg ? standInIndex(stream.contents) : null;
    const picture = index === null ? undefined : this.#pictures[index];
    if (index !== null && picture && mode === 'inks') {
      this.placed.add(index);
      this.#jobs.push(async () =>
        context.assign(ref, pictureStream(context, await picture.encoded, stream.dict, 'DeviceCMYK')),
      );
      return;
    }
    this.unmanaged.push({
      widthPx: numberOf(this.#reader.get(stream.dict, 'Width')) ?? 0,
      heightPx: numberOf(this.#reader.get(stream.dict, 'Height')) ?? 0,
    });
    this.#jobs.push(async () => context.assign(ref, await this.#convertPixels(stream, mode, isJpeg)));
  }

  /** Carries out what `convert` planned. */
  async finish(): Promise<void> {
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) await job();
  }

  /** A grey picture on the black plate, as light as grey shapes beside it; in a negative mask in the negative. */
  async #convertGrey(stream: PDFRawStream, mode: Mode): Promise<PDFRawStream> {
    if (mode === 'light' || mode === 'shape') return stream;
    const isJpeg = nameOf(this.#reader.get(stream.dict, 'Filter')) === 'DCTDecode';
    const { default: sharp } = await import('sharp');
    const grey = isJpeg
      ? await sharp(stream.contents, { ignoreIcc: true }).toColourspace('b-w').raw().toBuffer()
      : this.#reader.bytes(stream);
    const levels = Uint8Array.from({ length: 256 }, (_, level) =>
      mode === 'dark' ? 255 - level : Math.round(255 * (1 - this.#colours.blackFor(level / 255))),
    );
    const dict = this.#reader.copy(stream.dict);
    for (const key of ['DecodeParms', 'Length', 'Metadata']) dict.delete(name(key));
    dict.set(name('Filter'), name('FlateDecode'));
    return PDFRawStream.of(dict, deflateSync(Uint8Array.from(grey, (level) => levels[level]!)));
  }

  async #convertPixels(stream: PDFRawStream, mode: Mode, isJpeg: boolean): Promise<PDFRawStream> {
    const { context } = this.#reader;
    const width = numberOf(this.#reader.get(stream.dict, 'Width')) ?? 0;
    const height = numberOf(this.#reader.get(stream.dict, 'Height')) ?? 0;
    const { default: sharp } = await import('sharp');
    const rgb = isJpeg
      ? await sharp(stream.contents).toColourspace('srgb').removeAlpha().raw().toBuffer()
      : this.#reader.bytes(stream);
    const dict = this.#reader.copy(stream.dict);
    for (const key of ['Decode', 'DecodeParms', 'Length', 'Metadata']) dict.delete(name(key));
    dict.set(name('BitsPerComponent'), context.obj(8));
    if (mode !== 'inks') {
      const grey = new Uint8Array(width * height);
      for (let i = 0; i < grey.length; i++) {
        const pixel = [rgb[3 * i]! / 255, rgb[3 * i + 1]! / 255, rgb[3 * i + 2]! / 255];
        grey[i] = Math.round(maskGrey(pixel, mode) * 255);
      }
      dict.set(name('ColorSpace'), name('DeviceGray'));
      dict.set(name('Filter'), name('FlateDecode'));
      return PDFRawStream.of(dict, deflateSync(grey));
    }
    const cmyk = (await this.#colours.pictures(null)).run(rgb);
    dict.set(name('ColorSpace'), name('DeviceCMYK'));
    if (!isJpeg) {
      dict.set(name('Filter'), name('FlateDecode'));
      return PDFRawStream.of(dict, deflateSync(cmyk));
    }
    dict.set(name('Filter'), name('DCTDecode'));
    dict.set(name('Decode'), context.obj(INVERTED));
    return PDFRawStream.of(dict, await encodeCmyk(cmyk, width, height));
  }
}

/** Whether a colour space is RGB: the device's, or one by a profile. */
export function isRgbSpace(reader: Reader, space: PDFObject | undefined): boolean {
  if (space instanceof PDFArray && nameOf(reader.deref(space.get(0))) === 'ICCBased') {
    const profile = reader.dict(space.get(1));
    return profile !== null && numberOf(reader.get(profile, 'N')) === 3;
  }
  return nameOf(space) === 'DeviceRGB';
}

/**
 * A picture as an image XObject.
 * @param printed the stand-in's, whose mask the browser may have made
 */
export function pictureStream(
  context: PDFContext,
  picture: Picture,
  printed: PDFDict,
  space: 'DeviceCMYK' | 'DeviceRGB',
): PDFRawStream {
  const common = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: picture.widthPx,
    Height: picture.heightPx,
    BitsPerComponent: 8,
  };
  const jpeg = { Filter: 'DCTDecode', ...(space === 'DeviceCMYK' && { Decode: INVERTED }) };
  const dict = context.obj({
    ...common,
    ColorSpace: space,
    ...(picture.encoding === 'jpeg' ? jpeg : { Filter: 'FlateDecode' }),
  });
  const mask = printed.get(name('SMask'));
  if (picture.alpha) {
    const alpha = context.obj({ ...common, ColorSpace: 'DeviceGray', Filter: 'FlateDecode' });
    dict.set(name('SMask'), context.register(PDFRawStream.of(alpha, picture.alpha)));
  } else if (mask) {
    dict.set(name('SMask'), mask);
  }
  return picture.data instanceof Uint8Array
    ? PDFRawStream.of(dict, picture.data)
    : storedStream(dict, picture.data);
}
