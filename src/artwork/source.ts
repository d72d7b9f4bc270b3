import { readFile, stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { IccProfile, Transform } from '../colour/lcms.ts';
import { messageOf, PrintcatError } from '../errors.ts';
import { packagePath } from '../paths.ts';
import type { Patch, PixelSize, Raster, Region } from './raster.ts';

/** What must be known of an original before its pixels are read. */
export interface SourceFacts {
  readonly path: string;
  /** Size as it is seen, after the EXIF orientation, px. */
  readonly width: number;
  readonly height: number;
  /** The picture's own RGB profile, which its pixels keep; `null` where they are read as sRGB. */
  readonly profile: Buffer | null;
  /** CMYK without a word on which: read as FOGRA39. */
  readonly bareCmyk: boolean;
}

/** Bytes 16–19 of an ICC profile name the colour space of its data (ICC.1:2022, 7.2.6). */
const spaceOf = (profile: Buffer): string => profile.toString('latin1', 16, 20);

const unreadable = (path: string, error: unknown): PrintcatError =>
  new PrintcatError(`Expected a readable picture but ${path} is not: ${messageOf(error).split('\n')[0]}`, {
    hint: 'Open it in an image program and save it again, or import a sound copy.',
    cause: error,
  });

/**
 * Reads an original's facts.
 * @throws PrintcatError where the file is gone or is not a picture that can be read
 */
export async function readFacts(path: string): Promise<SourceFacts> {
  await stat(path).catch((error: unknown) => {
    throw new PrintcatError(`The original ${path} cannot be read: ${messageOf(error)}`, {
      hint: 'Put the file back, or import the picture again.',
      cause: error,
    });
  });
  const metadata = await sharp(path)
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(path, error);
    });
  const { icc, space, autoOrient } = metadata;
  return {
    path,
    width: autoOrient.width,
    height: autoOrient.height,
    profile: icc && spaceOf(icc) === 'RGB ' ? icc : null,
    bareCmyk: space === 'cmyk' && !icc,
  };
}

/**
 * The original as sharp reads it: upright, 8 bits, RGB. Its own RGB profile stays untouched; greys and CMYK are
 * converted to sRGB through theirs.
 */
export const openUpright = ({ path, profile }: SourceFacts): Sharp =>
  sharp(path, { autoOrient: true, ignoreIcc: profile !== null }).toColourspace('srgb');

/**
 * Reads the pixels of a region of the upright original.
 * @param size the original's own size, or a smaller one to which libvips reduces it while it reads
 * @returns RGB, or RGB with alpha (which may still be opaque all over)
 * @throws PrintcatError where the file is damaged
 */
export async function readRegion(facts: SourceFacts, size: PixelSize, region: Region): Promise<Patch> {
  const pixels = await (facts.bareCmyk ? readCmyk(facts, size, region) : readRgb(facts, size, region)).catch(
    (error: unknown) => {
      throw unreadable(facts.path, error);
    },
  );
  return { ...region, ...pixels, bounds: size };
}

type Pixels = Pick<Raster, 'data' | 'channels'>;

/** The region of the picture at a size, as bytes. */
const cut = (picture: Sharp, facts: SourceFacts, size: PixelSize, region: Region): Sharp =>
  (size.width === facts.width
    ? picture
    : picture.resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
  )
    .extract(region)
    .raw();

async function readRgb(facts: SourceFacts, size: PixelSize, region: Region): Promise<Pixels> {
  const picture = cut(openUpright(facts), facts, size, region);
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels === 4 ? 4 : 3 };
}

async function readCmyk(facts: SourceFacts, size: PixelSize, region: Region): Promise<Pixels> {
  const upright = sharp(facts.path, { autoOrient: true });
  const cmyk = upright.pipelineColourspace('cmyk').toColourspace('cmyk');
  const data = await cut(cmyk, facts, size, region).toBuffer();
  return { data: (await fogra39ToSrgb()).run(data), channels: 3 };
}

let transform: Promise<Transform> | undefined;

/** Offset on coated paper (FOGRA39) is what CMYK without a profile most often was made for in Europe. */
function fogra39ToSrgb(): Promise<Transform> {
  const make = async () => {
    const bytes = await readFile(packagePath('assets', 'icc', 'FOGRA39L.icc'));
    const fogra39 = await IccProfile.fromBytes(bytes, 'FOGRA39L.icc');
    return new Transform(fogra39, 'cmyk8', await IccProfile.srgb(), 'rgb8', 'relative', true);
  };
  transform ??= make();
  return transform;
}
