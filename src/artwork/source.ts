import { readFile } from 'node:fs/promises';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { IccProfile, Transform } from '../colour/lcms.ts';
import { messageOf, PrintcatError } from '../errors.ts';
import { hashFile } from '../files.ts';
import { packagePath } from '../paths.ts';
import type { Picture } from './artwork.ts';
import type { Patch, PixelSize, Raster, Region } from './raster.ts';

/** Samples of 8 or 16 bits, as LittleCMS takes them. */
type CmykFormat = 'cmyk8' | 'cmyk16';

/** What must be known of an original before its pixels are read. */
export interface SourceFacts {
  readonly path: string;
  /** Size as it is seen, after the EXIF orientation, px. */
  readonly width: number;
  readonly height: number;
  /** The picture's own RGB profile, which its pixels keep; `null` where they are read as sRGB. */
  readonly profile: Buffer | null;
  /** How the samples lie of CMYK without a word on which, to be read as FOGRA39; `null` for all other pictures. */
  readonly bareCmyk: CmykFormat | null;
}

/** Bytes 16–19 of an ICC profile name the colour space of its data (ICC.1:2022, 7.2.6). */
const spaceOf = (profile: Buffer): string => profile.toString('latin1', 16, 20);

const unreadable = (path: string, error: unknown): PrintcatError =>
  new PrintcatError(`Expected a readable picture but ${path} is not: ${messageOf(error).split('\n')[0]}`, {
    hint: 'Open it in an image program and save it again, or import a sound copy.',
    cause: error,
  });

/**
 * What is computed is kept under the hash of the original, so it must be made of the bytes that have this hash.
 * @throws PrintcatError where the file is gone or has changed
 */
async function requireUnchanged({ path, sha256 }: Picture): Promise<void> {
  const found = await hashFile(path).catch((error: unknown) => {
    throw new PrintcatError(`The original ${path} cannot be read: ${messageOf(error)}`, {
      hint: 'Put the file back, or import the picture again.',
      cause: error,
    });
  });
  if (found === sha256) return;
  throw new PrintcatError(`Expected the original ${path} as it was imported but it changed on disk`, {
    hint: 'Import the file again: printcat import puts it back in its place.',
  });
}

/**
 * How originals are opened. Import alone limits the size of a picture (to what the user says there), and the hash
 * tells that these are the bytes which it let in.
 */
const OPEN = { limitInputPixels: false } satisfies SharpOptions;

/**
 * Reads an original's facts, once it has made sure that the original is the one that is meant.
 * @throws PrintcatError where the file is gone, has changed, or is not a picture that can be read
 */
export async function readFacts(picture: Picture): Promise<SourceFacts> {
  await requireUnchanged(picture);
  const { path } = picture;
  const metadata = await sharp(path, OPEN)
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(path, error);
    });
  const { icc, space, depth, hasAlpha, autoOrient } = metadata;
  const isCmyk = space === 'cmyk';
  if (isCmyk && depth === 'ushort' && hasAlpha) {
    throw unreadable(path, 'libvips loses the transparency of CMYK with 16 bits a channel');
  }
  const profileSpace = icc && spaceOf(icc);
  const isBare = isCmyk && profileSpace !== 'CMYK';
  return {
    path,
    width: autoOrient.width,
    height: autoOrient.height,
    profile: icc && profileSpace === 'RGB ' && !isCmyk ? icc : null,
    bareCmyk: isBare ? (depth === 'ushort' ? 'cmyk16' : 'cmyk8') : null,
  };
}

/**
 * The original as sharp reads it: upright, 8 bits, RGB. Its own RGB profile stays untouched; greys and CMYK are
 * converted to sRGB through theirs.
 */
export const openUpright = ({ path, profile }: SourceFacts): Sharp =>
  sharp(path, { ...OPEN, autoOrient: true, ignoreIcc: profile !== null }).toColourspace('srgb');

/**
 * Reads the pixels of a region of the upright original.
 * @param size the original's own size, or a smaller one to which libvips reduces it while it reads
 * @returns RGB, or RGB with alpha (which may still be opaque all over)
 * @throws PrintcatError where the file is damaged
 */
export async function readRegion(facts: SourceFacts, size: PixelSize, region: Region): Promise<Patch> {
  const { bareCmyk } = facts;
  const pixels = await (bareCmyk
    ? readCmyk(facts, bareCmyk, size, region)
    : readRgb(facts, size, region)
  ).catch((error: unknown) => {
    throw unreadable(facts.path, error);
  });
  return { ...region, ...pixels, bounds: size };
}

type Pixels = Pick<Raster, 'data' | 'channels'>;

/** The region of the picture at a size. */
const cut = (picture: Sharp, facts: SourceFacts, size: PixelSize, region: Region): Sharp =>
  (size.width === facts.width
    ? picture
    : picture.resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
  ).extract(region);

async function readRgb(facts: SourceFacts, size: PixelSize, region: Region): Promise<Pixels> {
  const picture = cut(openUpright(facts), facts, size, region).raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels === 4 ? 4 : 3 };
}

async function readCmyk(
  facts: SourceFacts,
  format: CmykFormat,
  size: PixelSize,
  region: Region,
): Promise<Pixels> {
  const upright = sharp(facts.path, { ...OPEN, autoOrient: true });
  const cmyk = upright.pipelineColourspace('cmyk').toColourspace('cmyk');
  const picture = cut(cmyk, facts, size, region).raw({ depth: format === 'cmyk16' ? 'ushort' : 'uchar' });
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  const toSrgb = await fogra39ToSrgb(format);
  // Alpha is the fifth channel, of 8 bits: facts are not given of any other.
  return info.channels > 4 ? withAlpha(data, info.channels, toSrgb) : { data: toSrgb.run(data), channels: 3 };
}

/** Converts the first four of so many channels, the inks, and keeps the fifth, the alpha; 8 bits each. */
function withAlpha(data: Uint8Array, channels: number, toSrgb: Transform): Pixels {
  const count = data.length / channels;
  const inks = new Uint8Array(count * 4);
  for (let i = 0; i < count; i++) inks.set(data.subarray(i * channels, i * channels + 4), i * 4);
  const rgb = toSrgb.run(inks);
  const rgba = new Uint8Array(count * 4);
  for (let i = 0; i < count; i++) {
    rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
    rgba[i * 4 + 3] = data[i * channels + 4]!;
  }
  return { data: rgba, channels: 4 };
}

const transforms = new Map<CmykFormat, Promise<Transform>>();

/** Offset on coated paper (FOGRA39) is what CMYK without a profile most often was made for in Europe. */
function fogra39ToSrgb(format: CmykFormat): Promise<Transform> {
  const make = async () => {
    const bytes = await readFile(packagePath('assets', 'icc', 'FOGRA39L.icc'));
    const fogra39 = await IccProfile.fromBytes(bytes, 'FOGRA39L.icc');
    return new Transform(fogra39, format, await IccProfile.srgb(), 'rgb8', 'relative', true);
  };
  const transform = transforms.get(format) ?? make();
  transforms.set(format, transform);
  return transform;
}
