import { writeFile } from 'node:fs/promises';
import type { Picture } from '../artwork/artwork.ts';
import { encodePng } from '../artwork/png.ts';
import type { PixelSize, Raster } from '../artwork/raster.ts';
import { writeWhole } from '../files.ts';
import { makeCyclic } from '../repeats/make-cyclic.ts';
import { readForSeams, type SeamScore, seamScore } from '../repeats/seam.ts';
import { readSmall, readWhole } from './originals.ts';

/**
 * How much the seams of a picture stand out when it is laid side by side with itself.
 * @throws PrintcatError where the original is gone, has changed, or cannot be read
 */
export const seamsOf = async (picture: Picture): Promise<SeamScore> => seamScore(await readSmall(picture));

/**
 * Writes a version of a picture that joins its own copies: a PNG in sRGB of 8 bits, a sixth smaller in each direction in
 * which there was a seam. The original stays as it is.
 * @returns its size and its own score
 */
export async function writeCyclic(
  picture: Picture,
  score: SeamScore,
  path: string,
): Promise<PixelSize & { score: SeamScore }> {
  const made: Raster = makeCyclic(await readWhole(picture), score);
  const png = await encodePng(made, null);
  await writeWhole(path, (temporary) => writeFile(temporary, png));
  const { width, height } = made;
  return { width, height, score: seamScore(await readForSeams(path)) };
}
