import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ImageRecord } from '../catalogue/image.ts';
import { writeWhole } from '../files.ts';
import type { ListedPicture, PictureList } from './protocol.ts';

/** Most characters of a prompt in the picker. */
const TEXT = 160;

/** A part of the catalogue's pictures: those that may be made, in order of their IDs, the newest first. */
export function listPictures(
  catalogue: Catalogue,
  { search, from, count }: { search: string; from: number; count: number },
): PictureList {
  const found = catalogue.list({ search, decisions: ['released', 'unreviewed'] }).reverse();
  return { total: found.length, pictures: found.slice(from, from + count).map(listed) };
}

/** ID of the newest picture that is released, else of the newest that may be; `null` where there is none. */
export const firstPicture = (catalogue: Catalogue): string | null =>
  (catalogue.list({ decisions: ['released'] }).at(-1) ?? catalogue.list({ decisions: ['unreviewed'] }).at(-1))
    ?.id ?? null;

const listed = ({ id, file, decision, tags, generation, fileName }: ImageRecord): ListedPicture => ({
  ...{ id, decision, tags, widthPx: file.widthPx, heightPx: file.heightPx },
  text: (generation.title ?? generation.prompt ?? fileName).slice(0, TEXT),
});

/** Long side of a thumbnail, px: 160 CSS px on a screen of double density. */
const SIDE = 320;

/** Thumbnails that are made at a time; the others wait. */
const making = pLimit(3);

/** A picture's thumbnail, WebP, upright and in sRGB; kept by the original's content. */
export async function thumbnail(catalogue: Catalogue, image: ImageRecord, cacheDir: string): Promise<Buffer> {
  const path = join(cacheDir, 'thumbnails', `${image.sha256}-${SIDE}.webp`);
  if (existsSync(path)) return readFile(path);
  return making(async () => {
    if (existsSync(path)) return readFile(path);
    const { default: sharp } = await import('sharp');
    const small = await sharp(catalogue.originalPath(image), { limitInputPixels: false })
      .rotate()
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 78, effort: 2 })
      .toBuffer();
    await writeWhole(path, (temporary) => writeFile(temporary, small));
    return small;
  });
}
