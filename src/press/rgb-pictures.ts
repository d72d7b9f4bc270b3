import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Sharp } from 'sharp';
import type { Artwork } from '../artwork/artwork.ts';
import { JPEG_QUALITY } from './cmyk-jpeg.ts';
import type { Picture, PictureOptions } from './pictures.ts';

const packed = promisify(deflate);

export interface RgbPictureOptions extends PictureOptions {
  /** Longest side, px; a larger picture is reduced. Without it every pixel is kept. */
  readonly atMost?: number;
}

/** An artwork in sRGB, from its own profile; nothing of it is left in another space. */
export async function rgbPicture(
  { path, hasAlpha }: Artwork,
  { lossless = false, atMost }: RgbPictureOptions = {},
): Promise<Picture & { readonly data: Uint8Array }> {
  const { default: sharp } = await import('sharp');
  const open = (): Sharp => {
    const picture = sharp(path, { limitInputPixels: false }).toColourspace('srgb');
    return atMost ? picture.resize(atMost, atMost, { fit: 'inside', withoutEnlargement: true }) : picture;
  };
  const colour = open().removeAlpha();
  const encoded = lossless
    ? colour.raw()
    : // Optimised code tables would make the encoder hold the whole picture.
      colour.jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false });
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  const alpha = hasAlpha ? await packed(await open().extractChannel('alpha').raw().toBuffer()) : null;
  return {
    widthPx: info.width,
    heightPx: info.height,
    encoding: lossless ? 'flate' : 'jpeg',
    data: lossless ? await packed(data) : data,
    alpha,
    coverage: 0,
  };
}
