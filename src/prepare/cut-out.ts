import sharp from 'sharp';
import { joinAlpha } from '../artwork/alpha.ts';
import { encodePng } from '../artwork/png.ts';
import type { Raster } from '../artwork/raster.ts';
import { readFacts, readRegion } from '../artwork/source.ts';
import { type Contour, type ContourOptions, contourOf } from '../contours/contour.ts';
import { edgeOf, linesOf } from '../contours/edge.ts';
import { grown } from '../contours/field.ts';
import { fitLoop } from '../contours/fit.ts';
import { requireCuttable } from '../contours/measure.ts';
import { boundsOf, type CutPath, type Polygon } from '../contours/path.ts';
import { toSvgData } from '../contours/path-text.ts';
import { cutOutOfPlainGround } from '../contours/plain-ground.ts';
import { doubleArea } from '../contours/polygon.ts';
import { distancesFrom } from '../contours/polygon-distance.ts';
import { expected, PrintcatError } from '../errors.ts';
import { type Box, translate } from '../units.ts';
import { from, type Outline, type OutlineWish } from './outline.ts';
import type { OrderedPicture } from './preparation.ts';

/** The longer side of the copy in which a plain ground is looked for, px: enough for a soft edge. */
const GROUND_PX = 1600;
/** From this alpha on a pixel is art. */
const ART = 128;
/** A sticker may be off the size that was asked for by this much, mm: half of what a cutter is off. */
const SIZE_OFF = 0.05;

/**
 * Cuts a picture's subject out and lays the cut around it.
 * @returns the outline, and the cut-out as PNG: what of the picture lies within the cut's box, clear outside the art
 */
export async function cutOut(
  picture: OrderedPicture,
  { kind, extent, cut }: OutlineWish & { kind: 'alpha' | 'ground' },
): Promise<Omit<Outline, 'picture'> & { png: Buffer }> {
  const facts = await readFacts(picture);
  const whole = { left: 0, top: 0, width: facts.width, height: facts.height };
  const raster = await readRegion(facts, facts, whole);
  const subject = kind === 'alpha' ? raster : await withoutGround(raster);
  const { narrowest, ...rest } = cut;
  const options: ContourOptions = { ...rest, gap: narrowest };
  const { contour, width } = laid(subject, extent, options);
  requireCuttable(contour, options);
  const mmPerPx = width / subject.width;
  const bounds = boundsOf(contour.path);
  const crop = cropOf(subject, bounds, mmPerPx);
  const clean = contour.specks > 0 ? await withoutSpecks(subject, contour.path, mmPerPx) : subject;
  const { left, top, ...size } = crop;
  const part = sharp(clean.data, { raw: { width: clean.width, height: clean.height, channels: 4 } });
  const data = await part.extract(crop).raw().toBuffer();
  const art: Box = {
    x: left * mmPerPx,
    y: top * mmPerPx,
    width: size.width * mmPerPx,
    height: size.height * mmPerPx,
  };
  return {
    path: from(contour.path, bounds),
    size: { width: bounds.width, height: bounds.height },
    art: translate(art, -bounds.x, -bounds.y),
    clip: '0',
    white: from(shrunk(contour.art, cut.choke), bounds),
    border: cut.border,
    png: await encodePng({ data, ...size, channels: 4 }, facts.profile),
  };
}

/** The picture with its plain ground made clear. */
async function withoutGround(raster: Raster): Promise<Raster> {
  const { width, height } = raster;
  const share = Math.min(1, GROUND_PX / Math.max(width, height));
  const small = { width: Math.round(width * share), height: Math.round(height * share) };
  const opaque = sharp(raster.data, {
    raw: { width, height, channels: raster.channels as 3 | 4 },
  }).removeAlpha();
  const copy = await opaque
    .clone()
    .resize({ ...small, fit: 'fill' })
    .raw()
    .toBuffer();
  const mask = cutOutOfPlainGround({ data: copy, ...small, channels: 3 });
  const alpha = await sharp(mask.data, { raw: { ...small, channels: 1 } })
    .resize({ width, height, fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const colours = await opaque.raw().toBuffer();
  return joinAlpha(
    { data: colours, width, height, channels: 3 },
    { data: alpha, width, height, channels: 1 },
  );
}

interface Laid {
  readonly contour: Contour;
  /** Of the whole picture in print, mm. */
  readonly width: number;
}

/** Lays the contour at the picture's width, or at the width at which the sticker has the longer side that is asked for. */
function laid(subject: Raster, extent: OutlineWish['extent'], options: ContourOptions): Laid {
  if ('width' in extent) return { contour: contourOf(subject, extent.width, options), width: extent.width };
  const { border } = options;
  const inside = extent.longest - 2 * border;
  if (inside < 2) {
    throw expected(
      `a sticker larger than its border of ${border} mm on both sides`,
      '--longest',
      `${extent.longest} mm`,
    );
  }
  const box = artBox(subject, ART);
  let width = (inside / Math.max(box.width, box.height)) * subject.width;
  let contour = contourOf(subject, width, options);
  // What is rounded off or left out as dirt makes it smaller than its art.
  for (let round = 0; round < 3; round++) {
    const size = boundsOf(contour.path);
    const longer = Math.max(size.width, size.height);
    if (Math.abs(longer - extent.longest) <= SIZE_OFF) break;
    width *= inside / (longer - 2 * border);
    contour = contourOf(subject, width, options);
  }
  return { contour, width };
}

/** The pixels that are at least so opaque. */
function artBox({ data, width, height, channels }: Raster, least: number) {
  if (channels !== 4) throw noAlpha();
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 3; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if (data[at]! < least) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) {
    throw new PrintcatError('Expected art to cut around but the picture is transparent all over');
  }
  if (right - left + 1 === width && bottom - top + 1 === height && isOpaque(data)) throw noAlpha();
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

const noAlpha = (): PrintcatError =>
  new PrintcatError('Expected a picture with transparency to cut around but it is opaque', {
    hint: 'With --outline ground the subject is cut out of a plain ground; a shape such as circle needs neither.',
  });

function isOpaque(data: Raster['data']): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 255) return false;
  return true;
}

/** The picture's pixels that show anything and lie within the cut's box. */
function cropOf(subject: Raster, bounds: Box, mmPerPx: number) {
  const seen = artBox(subject, 1);
  const left = Math.max(seen.left, Math.ceil(bounds.x / mmPerPx));
  const top = Math.max(seen.top, Math.ceil(bounds.y / mmPerPx));
  const right = Math.min(seen.left + seen.width, Math.floor((bounds.x + bounds.width) / mmPerPx));
  const bottom = Math.min(seen.top + seen.height, Math.floor((bounds.y + bounds.height) / mmPerPx));
  return { left, top, width: right - left, height: bottom - top };
}

/** What lies outside the cut made clear: it would stand on a neighbour, or beside the sticker. */
async function withoutSpecks(subject: Raster, path: CutPath, mmPerPx: number): Promise<Raster> {
  const { width, height } = subject;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<path fill="#fff" transform="scale(${1 / mmPerPx})" d="${toSvgData(path)}"/></svg>`;
  const inside = await sharp(Buffer.from(svg)).ensureAlpha().extractChannel(3).raw().toBuffer();
  const data = Uint8ClampedArray.from(subject.data);
  for (let i = 0; i < inside.length; i++) if (inside[i] === 0) data[4 * i + 3] = 0;
  return { ...subject, data };
}

/** The grid on which areas are shrunk, mm, and how many places it has at most along a side. */
const STEP = 0.08;
const MOST_PLACES = 1400;
/** What is left of an area below this is no ink worth laying, mm². */
const LEAST_AREA = 0.1;

/** The area inside some lines, shrunk by a length, mm. */
function shrunk(lines: readonly Polygon[], by: number): CutPath {
  const points = lines.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const low = (list: readonly number[]): number => list.reduce((a, b) => Math.min(a, b));
  const high = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b));
  const [left, top] = [low(xs), low(ys)];
  const [width, height] = [high(xs) - left, high(ys) - top];
  const step = Math.max(STEP, Math.max(width, height) / MOST_PLACES);
  const grid = {
    ...{ step, x: left - 3 * step, y: top - 3 * step },
    ...{ width: Math.ceil(width / step) + 7, height: Math.ceil(height / step) + 7 },
  };
  const rims = linesOf(edgeOf(grown(distancesFrom(lines, grid), -by)));
  return {
    loops: rims
      .filter((line) => Math.abs(doubleArea(line)) / 2 > LEAST_AREA)
      .map((line) => fitLoop(line, { tolerance: 0.05, radius: 0.1 })),
  };
}
