import { applyTone, type ToneCurve } from '../artwork/tone.ts';
import { expected, stopIfAborted } from '../errors.ts';
import type { Box } from '../units.ts';
import { type PixelGrid, pixelGrid } from './lattice.ts';
import { paintShade, paintTurned, paintUpright, type Strip } from './paint.ts';
import type { Placement, Surface } from './pattern.ts';
import { PreparedPictures, type Source } from './prepared.ts';
import { writeStrips } from './strip-file.ts';

/** A colour laid over a part of the surface; its opacity goes from `from` at the top to `to` at the bottom, 0…1. */
export interface Shade {
  /** mm from the top left corner of the surface with its bleed. */
  readonly box: Box;
  /** `#rrggbb` */
  readonly shade: string;
  readonly from: number;
  readonly to: number;
}

export interface Composition {
  readonly surface: Surface;
  /** px per inch. */
  readonly ppi: number;
  /** `#rrggbb`, or `null` for none: the file then has alpha. */
  readonly ground: string | null;
  /** Painted one over the other, the first lowest. */
  readonly layers: readonly (Placement | Shade)[];
  /** The pictures of the placements: files, or pixels, by their IDs. */
  readonly sources: Readonly<Record<string, Source>>;
  /** What the printer's material does to greys, undone: over all of it, ground and shades as well. */
  readonly tone?: ToneCurve;
}

export interface ComposeOptions {
  readonly signal?: AbortSignal;
  /** Rows done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The largest surface, px: a TIFF, in which the pixels wait for being packed, ends at 4 GB.
 */
const MAX_PIXELS = 1e9;
/** Bytes of the rows that are made at once. */
const STRIP_BYTES = 16e6;

/**
 * Paints a composition into a PNG: sRGB with its profile, the resolution in it, exactly `pixelGrid(surface, ppi)` pixels.
 * Edges fall on whole pixels, each to the nearest, so that boxes that touch in mm touch in pixels: no gap, no row that is
 * half of one and half of the other. It is made in strips; memory does not grow with the surface.
 * @param path of the file; written whole or not at all
 * @throws PrintcatError where the surface is too large, or a picture cannot be read
 */
export async function compose(
  composition: Composition,
  path: string,
  { signal, onProgress }: ComposeOptions = {},
): Promise<PixelGrid> {
  const grid = pixelGrid(composition.surface, composition.ppi);
  const { widthPx: width, heightPx: height } = grid;
  if (!(width * height <= MAX_PIXELS)) {
    throw expected(`at most ${MAX_PIXELS / 1e6} million pixels`, 'a surface', `${width} × ${height}`);
  }
  const channels = composition.ground === null ? 4 : 3;
  const rows = Math.max(1, Math.floor(STRIP_BYTES / (width * channels)));
  const painter = new Painter(composition, grid);
  async function* strips(): AsyncGenerator<Uint8Array> {
    for (let top = 0; top < height; top += rows) {
      if (signal) stopIfAborted(signal);
      const strip = painter.blank({ left: 0, top, width, height: Math.min(rows, height - top) });
      await painter.paint(strip);
      if (composition.tone !== undefined) applyTone(strip, composition.tone);
      yield strip.data;
      onProgress?.(Math.min(height, top + rows), height);
    }
  }
  await writeStrips(path, { width, height, channels, ppi: composition.ppi, strips: strips() });
  return grid;
}

const rgbOf = (colour: string): [number, number, number] => {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw expected('#rrggbb', 'a colour', colour);
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
};

/** Edges to the nearest pixel; a hair upwards, so that what touches is rounded alike. */
const toPixel = (mm: number, pixel: number): number => Math.round(mm / pixel + 1e-6);

class Painter {
  readonly #composition: Composition;
  readonly #grid: PixelGrid;
  readonly #pictures: PreparedPictures;

  constructor(composition: Composition, grid: PixelGrid) {
    this.#composition = composition;
    this.#grid = grid;
    this.#pictures = new PreparedPictures(composition.sources);
  }

  blank(region: Pick<Strip, 'left' | 'top' | 'width' | 'height'>): Strip {
    const { ground } = this.#composition;
    const channels = ground === null ? 4 : 3;
    const data = Buffer.alloc(region.width * region.height * channels);
    if (ground !== null) data.fill(Buffer.from(rgbOf(ground)));
    return { ...region, data, channels };
  }

  async paint(strip: Strip): Promise<void> {
    for (const layer of this.#composition.layers) {
      if ('shade' in layer) {
        const { from, to } = layer;
        paintShade(strip, { ...this.#region(layer.box), colour: rgbOf(layer.shade), from, to });
      } else if (layer.turn === 0) await this.#upright(strip, layer);
      else await this.#turned(strip, layer);
    }
  }

  #region({ x, y, width, height }: Box) {
    const { pixel } = this.#grid;
    const [left, top] = [toPixel(x, pixel.width), toPixel(y, pixel.height)];
    const [right, bottom] = [toPixel(x + width, pixel.width), toPixel(y + height, pixel.height)];
    return { left, top, width: right - left, height: bottom - top };
  }

  async #upright(strip: Strip, { picture, box, ...how }: Placement): Promise<void> {
    const { left, top, width, height } = this.#region(box);
    if (top + height <= strip.top || top >= strip.top + strip.height || width < 1 || height < 1) return;
    const { flipX, flipY, wrapX, wrapY } = how;
    const raster = await this.#pictures.upright(picture, { width, height, flipX, flipY, wrapX, wrapY });
    paintUpright(strip, raster, left, top);
  }

  async #turned(strip: Strip, { picture, box, turn, flipX, flipY }: Placement): Promise<void> {
    const { pixel } = this.#grid;
    const [width, height] = [box.width / pixel.width, box.height / pixel.height];
    const [x, y] = [box.x / pixel.width + width / 2, box.y / pixel.height + height / 2];
    const reach = Math.hypot(width, height) / 2;
    if (y + reach <= strip.top || y - reach >= strip.top + strip.height) return;
    const raster = await this.#pictures.forTurning(picture, { width, height });
    paintTurned(strip, raster, { x, y, width, height, degrees: turn, flipX, flipY });
  }
}
