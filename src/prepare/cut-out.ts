import { readFile, rm } from 'node:fs/promises';
import sharp from 'sharp';
import type { Picture } from '../artwork/artwork.ts';
import { encodePng } from '../artwork/png.ts';
import type { Raster, Region } from '../artwork/raster.ts';
import type { ContourOptions } from '../contours/contour.ts';
import { writeCutOut } from '../contours/cut-out.ts';
import { boundsOf, type CutPath, placePath } from '../contours/path.ts';
import { toSvgData } from '../contours/path-text.ts';
import { contourOfPicture, type PictureContour } from '../contours/picture-contour.ts';
import { whiteUnder } from '../contours/white.ts';
import { expected, PrintcatError } from '../errors.ts';
import { temporaryName } from '../files.ts';
import { readPart, readSmall, readWhole } from '../fills/originals.ts';
import { type Box, formatMm } from '../units.ts';
import type { Outline, OutlineWish } from './outline.ts';

/** A sticker may be off the size that was asked for by this much, mm: less than a cutter is off. */
export const SIZE_OFF = 0.1;
/** Rounds of making a sticker as large as asked: its size grows with its art's, but for what is rounded off. */
const ROUNDS = 4;

/**
 * Lays the cut around what a picture shows, and cuts it out.
 * @param folder for what is written on the way
 * @returns the outline, and the cut-out as PNG in sRGB: what of the picture lies within the cut's box
 */
export async function cutOut(
  picture: Picture,
  { kind, extent, cut }: OutlineWish,
  folder: string,
): Promise<Omit<Outline, 'picture'> & { png: Buffer }> {
  const laid = (width: number) => cuttable(picture, width, { ...cut, outline: kind });
  const { contour, width } =
    'width' in extent
      ? { contour: await laid(extent.width), width: extent.width }
      : await laidToSize(laid, extent.longest, cut.border, await shareOfArt(picture));
  const { mask, source, path } = contour;
  if (!mask) throw new PrintcatError('Expected a subject to cut out but the picture is opaque all over');
  const subject = source === 'ground' ? await withoutGround(picture, mask, folder) : await readWhole(picture);
  const mmPerPx = width / subject.width;
  const bounds = boundsOf(path);
  const crop = cropOf(subject, bounds, mmPerPx);
  const clean = contour.specks > 0 ? await withoutSpecks(subject, path, mmPerPx) : subject;
  const begin = { x: -bounds.x, y: -bounds.y, angle: 0 };
  return {
    path: placePath(path, begin),
    size: { width: bounds.width, height: bounds.height },
    art: {
      ...{ x: crop.left * mmPerPx - bounds.x, y: crop.top * mmPerPx - bounds.y },
      ...{ width: crop.width * mmPerPx, height: crop.height * mmPerPx },
    },
    clip: '0',
    white: placePath(whiteUnder(mask, width, cut.choke), begin),
    border: cut.border,
    png: await encodePng(await cropped(clean, crop), null),
  };
}

/** What a radius is made larger by where curves will not keep it. */
const ROUNDER = [1, 1.1, 1.3];

/** The contour; where its curves miss the smallest radius by a little, one that is rounder. */
async function cuttable(picture: Picture, width: number, options: ContourOptions): Promise<PictureContour> {
  for (const rounder of ROUNDER.slice(0, -1)) {
    try {
      return await contourOfPicture(picture, width, { ...options, radius: options.radius * rounder });
    } catch (error) {
      if (!(error instanceof PrintcatError && error.message.includes('its radius'))) throw error;
    }
  }
  return contourOfPicture(picture, width, { ...options, radius: options.radius * ROUNDER.at(-1)! });
}

/** How much longer than the art's longer side the whole picture is wide. */
async function shareOfArt(picture: Picture): Promise<number> {
  const small = await readSmall(picture);
  const { width, height } = small.channels === 4 ? extentOf(small, 128) : small;
  return small.width / Math.max(1, width, height);
}

/** Lays the contour at the width of the whole picture at which the sticker has the longer side that is asked for, mm. */
async function laidToSize(
  laid: (width: number) => Promise<PictureContour>,
  longest: number,
  border: number,
  share: number,
): Promise<{ contour: PictureContour; width: number }> {
  const inside = longest - 2 * border;
  if (inside < 2) {
    throw expected(
      `more than the border of ${formatMm(border)} on both sides`,
      '--longest',
      formatMm(longest),
    );
  }
  let width = inside * share;
  let contour = await laid(width);
  for (let round = 1; round < ROUNDS; round++) {
    const size = boundsOf(contour.path);
    const longer = Math.max(size.width, size.height);
    if (Math.abs(longer - longest) <= SIZE_OFF) break;
    width *= inside / (longer - 2 * border);
    contour = await laid(width);
  }
  return { contour, width };
}

/** The picture with its plain ground made clear. */
async function withoutGround(picture: Picture, mask: Raster, folder: string): Promise<Raster> {
  const path = temporaryName(folder);
  try {
    await writeCutOut(picture, mask, path);
    const { width, height } = await sharp(await readFile(path)).metadata();
    return await readPart(path, { left: 0, top: 0, width, height });
  } finally {
    await rm(path, { force: true });
  }
}

/** The pixels that show anything and lie within the cut's box: nothing of a picture reaches over its cut's box. */
function cropOf(subject: Raster, bounds: Box, mmPerPx: number): Region {
  const seen = extentOf(subject, 1);
  const left = Math.max(seen.left, Math.ceil(bounds.x / mmPerPx));
  const top = Math.max(seen.top, Math.ceil(bounds.y / mmPerPx));
  const right = Math.min(seen.left + seen.width, Math.floor((bounds.x + bounds.width) / mmPerPx));
  const bottom = Math.min(seen.top + seen.height, Math.floor((bounds.y + bounds.height) / mmPerPx));
  return { left, top, width: right - left, height: bottom - top };
}

/** The pixels that are at least so opaque, of 255. */
function extentOf({ data, width, height }: Raster, least: number): Region {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, at = 3; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if (data[at]! < least) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), y + 1];
    }
  }
  return { left, top, width: right - left, height: bottom - top };
}

async function cropped({ data, width, height }: Raster, region: Region): Promise<Raster> {
  const whole = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  return {
    ...{ data: await whole.extract(region).raw().toBuffer(), channels: 4 },
    ...{ width: region.width, height: region.height },
  };
}

/** What lies outside the cut made clear: it would stand on a neighbour, or beside the sticker. */
async function withoutSpecks(subject: Raster, path: CutPath, mmPerPx: number): Promise<Raster> {
  const { width, height } = subject;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<path fill="#fff" transform="scale(${1 / mmPerPx})" d="${toSvgData(path)}"/></svg>`;
  const inside = await sharp(Buffer.from(svg), { limitInputPixels: false })
    .ensureAlpha()
    .extractChannel(3)
    .raw()
    .toBuffer();
  const data = Uint8ClampedArray.from(subject.data);
  for (let i = 0; i < inside.length; i++) if (inside[i] === 0) data[4 * i + 3] = 0;
  return { ...subject, data };
}
