import { join } from 'node:path';
import pLimit from 'p-limit';
import { cacheFolder } from '../cache.ts';
import { interrupted } from '../errors.ts';
import { MODELS, type ModelName } from '../models/catalogue.ts';
import { readWeights, type Weights } from '../models/store.ts';
import type { Artwork, ArtworkWish, Upscaler } from './artwork.ts';
import { artworkKey, findArtwork, keepArtwork } from './cache.ts';

export interface ArtworkProgress {
  readonly stage: 'upscale';
  /** Tiles that the network has done, of how many. */
  readonly done: number;
  readonly total: number;
}

export interface ArtworkOptions {
  /** Where results are kept. */
  readonly cacheDir: string;
  /** Where the networks' weights lie; the user's cache by default. */
  readonly modelsDir?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ArtworkProgress) => void;
}

/** The network behind each name that `--upscaler` takes. */
const MODEL_OF: Record<Upscaler, ModelName | null> = {
  fast: 'upconv_7',
  best: 'cunet',
  lanczos: null,
};

/** What enlarges where something must be enlarged. */
export interface Enlarger {
  /** The network that is wished for, `null` for none. */
  readonly model: ModelName | null;
  /** Its weights, `null` where they are not there. */
  readonly weights: Weights | null;
  /** Its name in the keys of the cache. */
  readonly name: string;
}

/** The enlarger behind a name of `--upscaler`, as far as it is there. */
export async function enlargerFor(
  upscaler: Upscaler,
  { modelsDir = cacheFolder(process.env, 'models') }: Pick<ArtworkOptions, 'modelsDir'>,
): Promise<Enlarger> {
  const model = MODEL_OF[upscaler];
  const weights = model && (await readWeights(MODELS[model], modelsDir));
  return { model, weights, name: model && weights ? model : LANCZOS };
}

/** The name in the keys of the cache of what is enlarged without a network. */
export const LANCZOS = 'lanczos';

/** What is being made or looked up: who wants the same meanwhile gets the same. */
const inTheMaking = new Map<string, Promise<Artwork>>();

/** One after the other: an enlargement takes all cores, and much memory. */
const enlarging = pLimit(1);

/**
 * Makes the pixels that a slot needs from an original, or takes them from the cache. It never downloads: without
 * the weights it enlarges by Lanczos and says so.
 * @returns exactly as many pixels as the slot has at the wished ppi, with the original's true ppi, and with what
 * the user must be told
 * @throws PrintcatError where the original cannot be read or has changed since it was imported, the slot is too
 * large, or the work was stopped
 */
export async function makeArtwork(wish: ArtworkWish, options: ArtworkOptions): Promise<Artwork> {
  const folder = join(options.cacheDir, 'artwork');
  const { model, weights, name } = await enlargerFor(wish.upscaler, options);
  const key = artworkKey(wish, name);
  const path = join(folder, key);
  const underway = inTheMaking.get(path);
  if (underway) return underway;
  const making = (async () => {
    const found = await findArtwork(folder, key);
    if (found) return found;
    return enlarging(async () => {
      if (options.signal?.aborted) throw interrupted();
      // Everything heavy stands behind this line: a hit in the cache needs none of it.
      const { computeArtwork } = await import('./compute-artwork.ts');
      const made = await computeArtwork(wish, { ...options, model, weights });
      const madeKey = made.fellBack ? artworkKey(wish, LANCZOS) : key;
      return keepArtwork(folder, madeKey, made.png, made.facts);
    });
  })();
  inTheMaking.set(path, making);
  try {
    return await making;
  } finally {
    inTheMaking.delete(path);
  }
}
