import { joinAlpha, separateAlpha } from '../artwork/alpha.ts';
import { mirror, type Patch, type PixelSize, type Raster, type Region } from '../artwork/raster.ts';
import { resample, resampleNeeds } from '../artwork/resample.ts';
import { messageOf, PrintcatError } from '../errors.ts';

/** Reads a picture, upright and in sRGB, at its own size or at a smaller one that is still half as large again as `least`. */
export type Reader = (least: PixelSize) => Promise<Raster>;

/** Where a picture's pixels come from: a file, read upright and in sRGB, pixels in sRGB, or what reads such. */
export type Source = string | Raster | Reader;

/** An upright picture at a size. */
export interface Wanted extends PixelSize {
  readonly flipX: boolean;
  readonly flipY: boolean;
  /** Whether the picture goes on beyond its sides as its own copy; otherwise as its mirror image. */
  readonly wrapX: boolean;
  readonly wrapY: boolean;
}

/** Pictures that are ready stay ready until they take more memory than this, bytes. */
const KEPT_BYTES = 192e6;

/**
 * The size at which a picture is read that will be painted at `least` at the largest: what is reduced to less than half is
 * reduced by libvips first, which is faster and takes less memory.
 */
export function sizeToRead({ width, height }: PixelSize, least: PixelSize): PixelSize {
  const shrink = 1.5 * Math.max(least.width / width, least.height / height);
  if (shrink >= 0.75) return { width, height };
  return { width: Math.ceil(width * shrink), height: Math.ceil(height * shrink) };
}

async function readPixels(file: string, least: PixelSize): Promise<Raster> {
  const { default: sharp } = await import('sharp');
  try {
    const options = { limitInputPixels: false, autoOrient: true } as const;
    const { autoOrient } = await sharp(file, options).metadata();
    const upright = sharp(file, options).toColourspace('srgb');
    const { width, height } = sizeToRead(autoOrient, least);
    const reduced = width < autoOrient.width ? upright.resize(width, height, { fit: 'fill' }) : upright;
    const { data, info } = await reduced.raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
  } catch (error) {
    throw new PrintcatError(
      `Expected a readable picture but ${file} is not: ${messageOf(error).split('\n')[0]}`,
      {
        cause: error,
      },
    );
  }
}

const wrap = (index: number, length: number): number => ((index % length) + length) % length;

/** A region of a picture that may lie beyond its sides, where it goes on as its own copy or as its mirror image. */
export function goingOn(
  { data, width, height, channels }: Raster,
  region: Region,
  { wrapX, wrapY }: Pick<Wanted, 'wrapX' | 'wrapY'>,
): Patch {
  const [alongX, alongY] = [wrapX ? wrap : mirror, wrapY ? wrap : mirror];
  const columns = Int32Array.from(
    { length: region.width },
    (_, i) => alongX(region.left + i, width) * channels,
  );
  const out = new Uint8Array(region.width * region.height * channels);
  let at = 0;
  for (let row = region.top; row < region.top + region.height; row++) {
    const from = alongY(row, height) * width * channels;
    for (const column of columns) {
      for (let c = 0; c < channels; c++) out[at++] = data[from + column + c]!;
    }
  }
  return { ...region, data: out, channels, bounds: null };
}

/** Cuts the middle of a picture to the wanted shape and resamples it to exactly the wanted pixels. */
function fitted(picture: Raster, wanted: Wanted): Raster {
  const { width, height } = wanted;
  if (picture.width === width && picture.height === height) return picture;
  const scale = Math.min(picture.width / width, picture.height / height);
  // A cut of less than a pixel is rounding, not another shape: the picture is stretched by it, so its edges still join.
  const cut = (length: number, pixels: number) =>
    Math.abs(length - pixels * scale) <= Math.max(1, scale) ? length : pixels * scale;
  const source = { width: cut(picture.width, width), height: cut(picture.height, height) };
  const grid = {
    x: (picture.width - source.width) / 2,
    y: (picture.height - source.height) / 2,
    stepX: source.width / width,
    stepY: source.height / height,
  };
  const region = { left: 0, top: 0, width, height };
  const make = (layer: Raster): Raster =>
    resample(goingOn(layer, resampleNeeds(grid, region), wanted), grid, region);
  const bounds = { width: picture.width, height: picture.height };
  const { colour, alpha } = separateAlpha({ ...picture, left: 0, top: 0, bounds });
  return alpha ? joinAlpha(make(colour), make(alpha)) : make(colour);
}

function flipped(picture: Raster, flipX: boolean, flipY: boolean): Raster {
  if (!flipX && !flipY) return picture;
  const { data, width, height, channels } = picture;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = flipY ? height - 1 - y : y;
    for (let x = 0; x < width; x++) {
      const from = (row * width + (flipX ? width - 1 - x : x)) * channels;
      for (let c = 0; c < channels; c++) out[(y * width + x) * channels + c] = data[from + c]!;
    }
  }
  return { ...picture, data: out };
}

/** Pictures at the sizes in which they are painted, each read and resampled once as long as there is room for it. */
export class PreparedPictures {
  readonly #sources: Readonly<Record<string, Source>>;
  /** The first is the one that was not used for longest. */
  readonly #kept = new Map<string, Raster>();
  #bytes = 0;

  constructor(sources: Readonly<Record<string, Source>>) {
    this.#sources = sources;
  }

  /** The picture cut and resampled to exactly so many pixels. */
  upright(picture: string, wanted: Wanted): Promise<Raster> {
    return this.#keep(`${picture} ${JSON.stringify(wanted)}`, async () => {
      const { flipX, flipY } = wanted;
      return flipped(fitted(await this.#read(picture, wanted), wanted), flipX, flipY);
    });
  }

  /** The picture in the shape of a box, twice as large as it is painted or as large as it is. */
  forTurning(picture: string, { width, height }: PixelSize): Promise<Raster> {
    // In steps, so that one serves many sizes.
    const doubled = 2 ** Math.ceil(Math.log2(2 * Math.max(width, height)));
    const scale = doubled / Math.max(width, height);
    const least = { width: Math.round(width * scale), height: Math.round(height * scale) };
    return this.#keep(`${picture} turned ${least.width} ${least.height}`, async () => {
      const own = await this.#read(picture, least);
      const most = Math.min(1, Math.max(own.width / least.width, own.height / least.height));
      const size = { width: Math.ceil(least.width * most), height: Math.ceil(least.height * most) };
      return fitted(own, { ...size, flipX: false, flipY: false, wrapX: false, wrapY: false });
    });
  }

  async #read(picture: string, least: PixelSize): Promise<Raster> {
    const source = this.#sources[picture];
    if (source === undefined) throw new Error(`no source for the picture ${picture}`);
    if (typeof source === 'function') return source(least);
    return typeof source === 'string' ? readPixels(source, least) : source;
  }

  async #keep(key: string, make: () => Promise<Raster>): Promise<Raster> {
    const raster = this.#kept.get(key) ?? (await make());
    if (!this.#kept.delete(key)) this.#bytes += raster.data.length;
    this.#kept.set(key, raster);
    for (const [oldest, { data }] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= data.length;
    }
    return raster;
  }
}
