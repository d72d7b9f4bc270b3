import { join } from 'node:path';
import type { Artwork, Picture } from '../artwork/artwork.ts';
import { findArtwork, keepWritten } from '../artwork/cache.ts';
import { type ArtworkOptions, enlargerFor, LANCZOS, makeArtwork } from '../artwork/make-artwork.ts';
import { paletteOf } from '../artwork/palette.ts';
import { slotPixels } from '../artwork/plan.ts';
import { expected, stopIfAborted } from '../errors.ts';
import type { FillWish, Ground } from './fill.ts';
import { fillKey } from './key.ts';

export interface FillProgress {
  /** Pieces of a picture that the network has enlarged; or rows of the surface that are painted. */
  readonly stage: 'upscale' | 'compose';
  readonly done: number;
  readonly total: number;
}

export interface FillOptions extends Omit<ArtworkOptions, 'onProgress'> {
  readonly onProgress?: (progress: FillProgress) => void;
}

/**
 * Makes the pixels of a slot from what it is to be filled with, or takes them from the cache: one picture (as
 * `makeArtwork` does), a pattern, or a mosaic. Patterns and mosaics are composed in sRGB, whatever the pictures' own
 * profiles; one picture keeps its own. Tiles that need more pixels than their picture has are enlarged once, by the
 * upscaler, and kept as well. The factor, the ppi, the method and the warnings are those of the picture that is enlarged
 * most.
 * @returns exactly as many pixels as the slot with its bleed has at the wished ppi, sRGB with its profile
 * @throws PrintcatError where the wish does not fit the slot, an original cannot be read or has changed, or the work was
 * stopped
 */
export async function makeFill(wish: FillWish, options: FillOptions): Promise<Artwork> {
  if (wish.kind === 'picture') {
    const { kind, ...artwork } = wish;
    return makeArtwork(artwork, options);
  }
  slotPixels(wish);
  if (wish.pictures.length === 0) throw expected('at least one picture', `a ${wish.kind}`, 'none');
  const grounded = { ...wish, ground: await colourOf(wish.ground, wish.pictures[0]!, options.cacheDir) };
  const folder = join(options.cacheDir, 'artwork');
  const enlarger = await enlargerFor(wish.upscaler, options);
  const key = fillKey(grounded, enlarger.name);
  const found = await findArtwork(folder, key);
  if (found) return found;

  if (options.signal) stopIfAborted(options.signal);
  const { prepareFill } = await import('./prepare-fill.ts');
  const { composition, facts, fellBack } = await prepareFill(grounded, enlarger, options);
  const { compose } = await import('../repeats/compose.ts');
  return keepWritten(folder, fellBack ? fillKey(grounded, LANCZOS) : key, facts, (path) =>
    compose(composition, path, {
      ...(options.signal && { signal: options.signal }),
      onProgress: (done, total) => options.onProgress?.({ stage: 'compose', done, total }),
    }),
  );
}

async function colourOf(ground: Ground, first: Picture, cacheDir: string): Promise<`#${string}` | null> {
  if (ground !== 'light') return ground;
  const { light } = await paletteOf(first, cacheDir);
  return light as `#${string}`;
}
