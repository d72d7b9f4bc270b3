import { joinAlpha, separateAlpha } from '../artwork/alpha.ts';
import type { Picture } from '../artwork/artwork.ts';
import { encodePng } from '../artwork/png.ts';
import type { Raster } from '../artwork/raster.ts';
import { writeWhole } from '../files.ts';

/**
 * Writes a picture as a PNG in sRGB of its own size, transparent wherever a mask says that it is not art. What shows
 * through a soft edge gets the colour of the art behind it, so that nothing of the old ground is left as a fringe.
 * @param mask of the whole picture in grey, white is art, of any size
 * @param path where the PNG is to be
 * @throws PrintcatError where the original is gone, has changed, or cannot be read
 */
export async function writeCutOut(picture: Picture, mask: Raster, path: string): Promise<void> {
  const { readWhole } = await import('../fills/originals.ts');
  const whole = await readWhole(picture);
  const png = await encodePng(defringed(whole, await resized(mask, whole)), null);
  const { writeFile } = await import('node:fs/promises');
  await writeWhole(path, (temporary) => writeFile(temporary, png));
}

async function resized({ data, width, height }: Raster, size: Raster): Promise<Raster> {
  const { default: sharp } = await import('sharp');
  const grey = sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false });
  const fitted = await grey
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .extractChannel(0)
    .raw()
    .toBuffer();
  return { data: fitted, width: size.width, height: size.height, channels: 1 };
}

/** The picture with the mask as its alpha, its own alpha kept where that is less. */
function defringed({ data, channels, width, height }: Raster, mask: Raster): Raster {
  const alpha = Uint8ClampedArray.from(mask.data, (value, i) =>
    channels === 4 ? Math.min(value, data[4 * i + 3]!) : value,
  );
  const trusted = surelyArt(alpha, width, height);
  const marked = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < trusted.length; i++) {
    for (let c = 0; c < 3; c++) marked[4 * i + c] = data[i * channels + (channels === 1 ? 0 : c)]!;
    marked[4 * i + 3] = trusted[i]!;
  }
  const bounds = { width, height };
  const { colour } = separateAlpha({ data: marked, channels: 4, left: 0, top: 0, ...bounds, bounds });
  return joinAlpha(colour, { data: alpha, channels: 1, ...bounds });
}

/** 255 for pixels that are wholly art with all their neighbours; beside the edge the ground may still shine through. */
function surelyArt(alpha: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const sure = new Uint8Array(alpha.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let least = 255;
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          least = Math.min(least, alpha[j * width + i]!);
        }
      }
      sure[at] = least === 255 ? 255 : 0;
    }
  }
  return sure;
}
