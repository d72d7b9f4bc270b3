import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { FillPicture } from '../../src/fills/fill.ts';
import { pictureAt } from '../artwork/pictures.ts';

/** Writes a picture and gives it as fills take it. */
export async function fillPictureAt(folder: string, id: string, picture: Sharp): Promise<FillPicture> {
  const path = join(folder, `${id}.png`);
  await picture.toFile(path);
  return existingPicture(id, path);
}

export async function existingPicture(id: string, path: string): Promise<FillPicture> {
  const { width, height } = await sharp(path).metadata();
  return { id, ...(await pictureAt(path)), widthPx: width, heightPx: height };
}
