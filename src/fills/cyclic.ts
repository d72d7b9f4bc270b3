import { join } from 'node:path';
import { findArtwork, keepArtwork } from '../artwork/cache.ts';
import { encodePng } from '../artwork/png.ts';
import type { Raster } from '../artwork/raster.ts';
import { hashFile, hashOf } from '../files.ts';
import { makeCyclic } from '../repeats/make-cyclic.ts';
import { goingOn } from '../repeats/prepared.ts';
import { seamScore } from '../repeats/seam.ts';
import type { FillPicture } from './fill.ts';
import type { FillOptions } from './make-fill.ts';
import { readSmall, readWhole } from './originals.ts';

/** Goes up whenever the same picture becomes another. */
const VERSION = 1;

/** The directions in which a picture is to join its copies. */
export interface Ways {
  readonly across: boolean;
  readonly down: boolean;
}

/** A picture made of another, kept in the cache like an artwork, in sRGB. */
async function derived(
  picture: FillPicture,
  how: string,
  { cacheDir }: Pick<FillOptions, 'cacheDir'>,
  make: () => Promise<Raster>,
): Promise<FillPicture> {
  const folder = join(cacheDir, 'artwork');
  const key = hashOf({ version: VERSION, how, sha256: picture.sha256 });
  const kept = (await findArtwork(folder, key)) ?? (await keep());
  const { path, widthPx, heightPx } = kept;
  return { ...picture, path, sha256: await hashFile(path), widthPx, heightPx };

  async function keep() {
    const raster = await make();
    return keepArtwork(folder, key, await encodePng(raster, null), {
      ...{ widthPx: raster.width, heightPx: raster.height, hasAlpha: raster.channels === 4 },
      ...{ sourcePpi: 0, factor: 1, method: 'none', warnings: [] },
    });
  }
}

/** The picture as it joins its own copies, where it does not do so already; kept in the cache. */
export const cyclicOf = (
  picture: FillPicture,
  { across, down }: Ways,
  options: Pick<FillOptions, 'cacheDir'>,
): Promise<FillPicture> =>
  derived(picture, `cyclic ${across} ${down}`, options, async () => {
    const score = seamScore(await readSmall(picture));
    return makeCyclic(await readWhole(picture), {
      across: across ? score.across : 0,
      down: down ? score.down : 0,
    });
  });

/**
 * The picture with a margin in which it goes on as its own copy (as its mirror image where it does not wrap): what
 * enlarges then sees across the edges.
 */
export const surrounded = (
  picture: FillPicture,
  margin: number,
  { across, down }: Ways,
  options: Pick<FillOptions, 'cacheDir'>,
): Promise<FillPicture> =>
  derived(picture, `surrounded ${margin} ${across} ${down}`, options, async () => {
    const whole = await readWhole(picture);
    const region = {
      ...{ left: -margin, top: -margin },
      ...{ width: whole.width + 2 * margin, height: whole.height + 2 * margin },
    };
    return goingOn(whole, region, { wrapX: across, wrapY: down });
  });
