import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFDict,
  PDFHexString,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from 'pdf-lib';
import type { PressColours } from '../../colour/press-colours.ts';
import { name, nameOf, numberOf } from '../../press/pdf.ts';
import { encodeCmyk } from '../../press/pictures.ts';
import type { Pdf } from '../document/pdf.ts';
import { kindOf } from './kinds.ts';

/** Adobe's inverted CMYK JPEG samples, put right. */
const INVERTED = [1, 0, 1, 0, 1, 0, 1, 0];
/** Larger pictures would have to be held in memory whole. */
const MOST_PX = 60_000_000;

/** Converts RGB pictures into a press's inks; what is not 8 bits, plain and whole stays as it is. */
export class ImageFixer {
  readonly #pdf: Pdf;
  readonly #colours: PressColours | null;
  readonly #made = new Map<PDFRawStream, PDFRef>();
  readonly #jobs: { original: PDFRawStream; ref: PDFRef; convert: () => Promise<PDFRawStream> }[] = [];

  constructor(pdf: Pdf, colours: PressColours | null) {
    this.#pdf = pdf;
    this.#colours = colours;
  }

  /** Carries out what was planned. @returns how many pictures turned out to be damaged, and stay as they are */
  async finish(): Promise<number> {
    let failed = 0;
    for (const { original, ref, convert } of this.#jobs) {
      const made = await convert().catch(() => null);
      if (!made) failed++;
      this.#pdf.context.assign(ref, made ?? original);
    }
    return failed;
  }

  /** @returns where the converted picture will stand; `left` for one that is RGB and stays so; `null` for any other */
  convert(stream: PDFRawStream): PDFObject | 'left' | null {
    const pdf = this.#pdf;
    const { dict } = stream;
    const colours = this.#colours;
    const known = this.#made.get(stream);
    if (known || !colours) return known ?? null;
    const space = pdf.get(dict, 'ColorSpace');
    const indexed = space instanceof PDFArray && nameOf(pdf.deref(space.get(0))) === 'Indexed' ? space : null;
    if (kindOf(pdf, indexed ? indexed.get(1) : space) !== 'rgb') return null;
    const ref = pdf.context.nextRef();
    if (indexed) {
      const palette = this.#palette(indexed);
      if (!palette) return 'left';
      const convert = async () => {
        const converted = (await colours.pictures(this.#profile(indexed.get(1)))).run(palette);
        const copy = pdf.copy(dict);
        const lookup = PDFHexString.of(Buffer.from(converted).toString('hex'));
        const highest = palette.length / 3 - 1;
        copy.set(name('ColorSpace'), pdf.context.obj([name('Indexed'), name('DeviceCMYK'), highest, lookup]));
        return PDFRawStream.of(copy, stream.contents);
      };
      this.#jobs.push({ original: stream, ref, convert });
    } else {
      const side = (key: string) => numberOf(pdf.get(dict, key)) ?? 0;
      const [width, height] = [side('Width'), side('Height')];
      const filter = pdf.get(dict, 'Filter');
      const isJpeg =
        nameOf(filter instanceof PDFArray && filter.size() === 1 ? pdf.deref(filter.get(0)) : filter) ===
        'DCTDecode';
      const mask = pdf.dict(dict.get(name('SMask')));
      const isPlain =
        side('BitsPerComponent') === 8 &&
        width * height <= MOST_PX &&
        !(pdf.get(dict, 'Mask') instanceof PDFArray) &&
        !mask?.has(name('Matte')) &&
        isDefault(pdf.numbers(dict.get(name('Decode'))));
      if (!isPlain) return 'left';
      const unpacked = isJpeg ? null : pdf.decode(stream);
      if (unpacked && (unpacked.picture || unpacked.bytes.length < width * height * 3)) return 'left';
      const convert = async () => {
        const rgb = unpacked ? unpacked.bytes : await jpegPixels(stream.contents, width, height);
        const converter = await colours.pictures(this.#profile(space));
        const cmyk = converter.run(rgb.subarray(0, width * height * 3));
        return this.#stream(dict, cmyk, width, height, isJpeg);
      };
      this.#jobs.push({ original: stream, ref, convert });
    }
    this.#made.set(stream, ref);
    return ref;
  }

  async #stream(
    dict: PDFDict,
    cmyk: Uint8Array,
    width: number,
    height: number,
    isJpeg: boolean,
  ): Promise<PDFRawStream> {
    const { context } = this.#pdf;
    const copy = this.#pdf.copy(dict);
    for (const key of ['Decode', 'DecodeParms', 'Length', 'Metadata', 'Intent']) copy.delete(name(key));
    copy.set(name('ColorSpace'), name('DeviceCMYK'));
    copy.set(name('Filter'), name(isJpeg ? 'DCTDecode' : 'FlateDecode'));
    if (!isJpeg) return PDFRawStream.of(copy, deflateSync(cmyk));
    copy.set(name('Decode'), context.obj(INVERTED));
    return PDFRawStream.of(copy, await encodeCmyk(cmyk, width, height));
  }

  /** The profile of an ICC-based space; `null` for the others, which are taken as sRGB. */
  #profile(object: PDFObject | undefined): Uint8Array | null {
    const pdf = this.#pdf;
    const space = pdf.deref(object);
    if (!(space instanceof PDFArray) || nameOf(pdf.deref(space.get(0))) !== 'ICCBased') return null;
    const stream = pdf.streamOf(space.get(1));
    return stream && pdf.bytes(stream);
  }

  #palette(indexed: PDFArray): Uint8Array | null {
    const pdf = this.#pdf;
    const highest = numberOf(pdf.deref(indexed.get(2)));
    const lookup = pdf.deref(indexed.get(3));
    if (highest === null) return null;
    const bytes =
      lookup instanceof PDFRawStream
        ? pdf.bytes(lookup)
        : lookup instanceof PDFString || lookup instanceof PDFHexString
          ? lookup.asBytes()
          : null;
    return bytes && bytes.length >= (highest + 1) * 3 ? bytes.subarray(0, (highest + 1) * 3) : null;
  }
}

const isDefault = (decode: readonly number[]): boolean => decode.every((v, i) => v === i % 2);

async function jpegPixels(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(bytes, { ignoreIcc: true, limitInputPixels: false })
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3 && info.width === width && info.height === height) return data;
  throw new Error(
    `a JPEG of ${info.width} × ${info.height} px and ${info.channels} channels that was said to be another`,
  );
}
