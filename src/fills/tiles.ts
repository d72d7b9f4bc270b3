import { artworkKey } from '../artwork/cache.ts';
import { describe, factorWarnings, ROUNDING, weightsWarning } from '../artwork/enlargement.ts';
import { type Enlarger, makeArtwork } from '../artwork/make-artwork.ts';
import type { PixelSize } from '../artwork/raster.ts';
import { methodFor } from '../artwork/render.ts';
import type { Placement } from '../repeats/pattern.ts';
import type { Reader, Source } from '../repeats/prepared.ts';
import { pxToMm, type Size, sameEdges } from '../units.ts';
import { surrounded } from './cyclic.ts';
import type { FillPicture, MosaicFill, RepeatFill } from './fill.ts';
import type { FillOptions } from './make-fill.ts';
import { readerOf, readPart } from './originals.ts';

/** The pixels of one picture, and how they came about. */
interface Tile {
  readonly source: Source;
  /** Enlargement of the original's pixels. */
  readonly factor: number;
  readonly method: string;
  readonly warnings: readonly string[];
  readonly fellBack: boolean;
}

/** The largest at which a picture is painted, px, and whether its copies go on beside it. */
interface Painted extends PixelSize {
  readonly wrapX: boolean;
  readonly wrapY: boolean;
}

export interface Tiles extends Omit<Tile, 'source'> {
  readonly sources: Readonly<Record<string, Source>>;
}

/**
 * Prepares the pictures that are painted: those that need more pixels than they have are enlarged, each once.
 * @param pixel of the surface, mm
 * @returns the facts of the picture that is enlarged most
 */
export async function prepareTiles(
  wish: RepeatFill | MosaicFill,
  placements: readonly Placement[],
  pixel: Size,
  enlarger: Enlarger,
  options: FillOptions,
): Promise<Tiles> {
  const painted = largestOf(placements, pixel);
  const sources: Record<string, Source> = {};
  let worst: Omit<Tile, 'source'> | undefined;
  let fellBack = false;
  for (const picture of wish.pictures) {
    const size = painted.get(picture.id);
    if (!size || sources[picture.id]) continue;
    const { source, ...facts } = await tileOf(picture, size, wish, enlarger, options);
    sources[picture.id] = source;
    fellBack ||= facts.fellBack;
    if (!worst || facts.factor > worst.factor) worst = facts;
  }
  return { ...(worst ?? { factor: 1, method: 'none', warnings: [] }), fellBack, sources };
}

function largestOf(placements: readonly Placement[], pixel: Size): Map<string, Painted> {
  const largest = new Map<string, Painted>();
  for (const { picture, box, wrapX, wrapY } of placements) {
    const width = Math.max(1, Math.round(box.width / pixel.width));
    const height = Math.max(1, Math.round(box.height / pixel.height));
    const before = largest.get(picture);
    if (!before || width > before.width) largest.set(picture, { width, height, wrapX, wrapY });
  }
  return largest;
}

async function tileOf(
  picture: FillPicture,
  painted: Painted,
  wish: RepeatFill | MosaicFill,
  enlarger: Enlarger,
  options: FillOptions,
): Promise<Tile> {
  const { widthPx, heightPx } = picture;
  const { width, height, wrapX, wrapY } = painted;
  const factor = Math.max(width / widthPx, height / heightPx);
  const asIs = async (): Promise<Tile> => ({
    ...{ source: await readerOf(picture), factor },
    ...{ method: 'none', warnings: [], fellBack: false },
  });
  if (width === widthPx && height === heightPx) return asIs();
  if (wish.kind === 'repeat' && wish.repeat === 'scattered' && factor <= ROUNDING) return asIs();
  // Less than a pixel is rounding, not another shape.
  const sameShape = Math.abs(width * heightPx - height * widthPx) <= Math.max(widthPx, heightPx);
  if (sameShape && (wrapX || wrapY)) return goingOnTile(picture, painted, factor, wish, enlarger, options);

  const { ppi, upscaler } = wish;
  const artworkWish = {
    ...{ picture, ppi, upscaler },
    size: { width: pxToMm(width, ppi), height: pxToMm(height, ppi) },
    ...{ bleed: sameEdges(0), bleedFill: 'scale' as const },
  };
  const artwork = await makeArtwork(artworkWish, options);
  return {
    ...{ source: artwork.path, factor, method: artwork.method, warnings: artwork.warnings },
    fellBack: artwork.key !== artworkKey(artworkWish, enlarger.name),
  };
}

/** Pixels of the original around a tile: more than the networks look at, at 4× (18 + 9), and the resampler (3). */
const MARGIN = 32;
/** The networks' quality was measured up to 4×; what is missing is resampled. */
const MOST_TIMES = 4;

/**
 * A tile beside its own copies: it is enlarged by a network together with what lies around it, and the rest of the way is
 * resampled across its edges, so that a picture that joins its copies still does.
 */
async function goingOnTile(
  picture: FillPicture,
  { wrapX, wrapY }: Painted,
  factor: number,
  { ppi, upscaler }: RepeatFill | MosaicFill,
  { model, weights, name }: Enlarger,
  options: FillOptions,
): Promise<Tile> {
  const { passes } = methodFor(factor, model !== null);
  if (!model || !weights || passes === 0) {
    const missing = model && passes > 0 ? [weightsWarning(model)] : [];
    return {
      ...{ source: await readerOf(picture), factor, method: describe(factor, 0, null) },
      warnings: [...missing, ...factorWarnings(factor, ppi / factor, null)],
      fellBack: false,
    };
  }
  const times = Math.min(MOST_TIMES, 2 ** passes);
  const around = await surrounded(picture, MARGIN, { across: wrapX, down: wrapY }, options);
  const artworkWish = {
    ...{ picture: around, ppi, upscaler, focal: { x: 0.5, y: 0.5 } },
    size: { width: pxToMm(around.widthPx * times, ppi), height: pxToMm(around.heightPx * times, ppi) },
    ...{ bleed: sameEdges(0), bleedFill: 'scale' as const },
  };
  const artwork = await makeArtwork(artworkWish, options);
  const fellBack = artwork.key !== artworkKey(artworkWish, name);
  const network = fellBack ? null : model;
  const inner = {
    ...{ left: MARGIN * times, top: MARGIN * times },
    ...{ width: picture.widthPx * times, height: picture.heightPx * times },
  };
  const source: Reader = () => readPart(artwork.path, inner);
  // That the network cannot be run stands first; what follows is about the whole number of times, not the tile's own.
  const others = fellBack ? artwork.warnings.slice(0, 1) : [];
  return {
    ...{ source, factor, fellBack, method: describe(factor, Math.log2(times), network) },
    warnings: [...others, ...factorWarnings(factor, ppi / factor, network)],
  };
}
