import type { Picture } from '../artwork/artwork.ts';
import type { PixelSize, Raster, Region } from '../artwork/raster.ts';
import { openUpright, readFacts, readRegion, type SourceFacts } from '../artwork/source.ts';
import { type Reader, sizeToRead } from '../repeats/prepared.ts';

/** The facts of an original that is as it was imported, its colours to be read as sRGB. */
const inSrgb = async (picture: Picture): Promise<SourceFacts> => ({
  ...(await readFacts(picture)),
  profile: null,
});

const readAt = (facts: SourceFacts, size: PixelSize): Promise<Raster> =>
  readRegion(facts, size, { left: 0, top: 0, width: size.width, height: size.height });

/**
 * What reads an original upright and in sRGB: converted from its own profile, or from FOGRA39 where it is CMYK without.
 * @throws PrintcatError where the original is gone, has changed, or cannot be read
 */
export async function readerOf(picture: Picture): Promise<Reader> {
  const facts = await inSrgb(picture);
  return (least) => readAt(facts, sizeToRead(facts, least));
}

/** The original's own pixels, upright and in sRGB. */
export async function readWhole(picture: Picture): Promise<Raster> {
  const facts = await inSrgb(picture);
  return readAt(facts, { width: facts.width, height: facts.height });
}

/** Longer side at which outlines are looked for, px: their corners are then right to a five hundredth of the picture. */
const LOOK_AT = 512;

/** The original, no longer than so many px; never enlarged. */
export async function readSmall(picture: Picture, longest = LOOK_AT): Promise<Raster> {
  const facts = await inSrgb(picture);
  const scale = Math.min(1, longest / Math.max(facts.width, facts.height));
  const reduced = (length: number) => Math.max(1, Math.round(length * scale));
  return readAt(facts, { width: reduced(facts.width), height: reduced(facts.height) });
}

/** Whether nothing can be seen through the picture, alpha channel or not. */
export async function isOpaque(picture: Picture): Promise<boolean> {
  return (await openUpright(await inSrgb(picture)).stats()).isOpaque;
}

/** A part of a PNG that this program made in sRGB. */
export async function readPart(path: string, region: Region): Promise<Raster> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(path, { limitInputPixels: false, ignoreIcc: true })
    .extract(region)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}
