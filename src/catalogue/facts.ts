import sharp, { type Metadata } from 'sharp';
import { messageOf, PrintcatError } from '../errors.ts';
import type { ColourSpace, FileFacts, Format } from './image.ts';

/** What the header says of a picture. */
export type HeaderFacts = Omit<FileFacts, 'format' | 'mime' | 'profile' | 'c2pa' | 'digitalSourceType'>;

const MIME: Record<Format, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  tiff: 'image/tiff',
  avif: 'image/avif',
};

export const mimeOf = (format: Format): string => MIME[format];

/** Profiles by their descriptions; `sP3C`, `c2` and `A98C` are the usual compact ones. */
const RGB_PROFILES: readonly (readonly [description: RegExp, space: ColourSpace])[] = [
  [/display p3|^sP3C|^P3( |-)?D65/i, 'Display P3'],
  [/adobe ?rgb|adobe ?compat|^opRGB|^A98C/i, 'Adobe RGB'],
  [/srgb|^c2(ci)?$/i, 'sRGB'],
];

function colourSpaceOf(header: Metadata, profile: string | null): ColourSpace {
  if (header.space === 'cmyk') return 'CMYK';
  if (header.space === 'b-w' || header.space === 'grey16') return 'grey';
  if (header.space === 'lab' || header.space === 'labs') return 'Lab';
  if (!header.hasProfile) return 'untagged';
  return RGB_PROFILES.find(([description]) => description.test(profile ?? ''))?.[1] ?? 'other RGB';
}

const BIT_DEPTHS: Record<string, number> = { uchar: 8, ushort: 16 };

/**
 * Reads a picture's header; nothing is decoded, so a header that promises too much does no harm.
 * @param path the picture
 * @param maxMegapixels the largest area that may be decoded, in 10⁶ px
 * @param profile description of the ICC profile
 * @throws PrintcatError where the picture is too large, animated, or of a kind that we do not print
 */
export async function readHeader(
  path: string,
  maxMegapixels: number,
  profile: string | null,
): Promise<HeaderFacts> {
  const header = await sharp(path, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch((error: unknown) => {
      throw new PrintcatError(`its header cannot be read (${firstLine(error)})`);
    });
  const megapixels = (header.width * header.height) / 1e6;
  if (megapixels > maxMegapixels) {
    throw new PrintcatError(
      `it claims ${header.width}×${header.height} px, ${Math.ceil(megapixels * 10) / 10} megapixels; the limit is ${maxMegapixels}`,
    );
  }
  if ((header.pages ?? 1) > 1) throw new PrintcatError(`it holds ${header.pages} pictures, not one`);
  const bitDepth = header.bitsPerSample ?? BIT_DEPTHS[header.depth];
  if (!(header.depth in BIT_DEPTHS) || bitDepth === undefined) {
    throw new PrintcatError(`its pixels are of type ${header.depth}; 8 and 16 bits a channel are supported`);
  }
  return {
    widthPx: header.autoOrient.width,
    heightPx: header.autoOrient.height,
    bitDepth,
    colourSpace: colourSpaceOf(header, profile),
    hasAlpha: header.hasAlpha,
    orientation: header.orientation ?? 1,
  };
}

/** Wide enough that every line of the picture is used, small enough to cost nothing. */
const PROBE_PX = 16;

/**
 * Decodes the whole picture once, line by line, and throws the pixels away: what a printer gets later must not
 * turn out to be half a picture.
 * @throws PrintcatError where it is damaged or cut off
 */
export async function decodeOnce(path: string, maxMegapixels: number): Promise<void> {
  try {
    await sharp(path, {
      limitInputPixels: Math.ceil(maxMegapixels * 1e6),
      failOn: 'error',
      sequentialRead: true,
    })
      .resize({ width: PROBE_PX, height: PROBE_PX, fit: 'fill', fastShrinkOnLoad: false })
      .raw()
      .toBuffer();
  } catch (error) {
    throw new PrintcatError(`it does not decode: damaged or cut off (${firstLine(error)})`);
  }
}

/** libvips reports a chain of errors; the first that is not about its own file access says what is wrong. */
const firstLine = (error: unknown): string => {
  const lines = messageOf(error)
    .split('\n')
    .map((line) => line.trim());
  return lines.find((line) => line && !line.startsWith('source:')) ?? 'unknown error';
};
