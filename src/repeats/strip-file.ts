import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PixelSize } from '../artwork/raster.ts';
import { temporaryName, writeWhole } from '../files.ts';

export interface StripPicture extends PixelSize {
  readonly channels: 3 | 4;
  /** px per inch, written into the file. */
  readonly ppi: number;
  /** The next rows, a whole number of them, from the top. */
  readonly strips: AsyncIterable<Uint8Array>;
}

/**
 * A little-endian TIFF's header and directory for uncompressed 8-bit pixels in one strip right behind them (TIFF 6.0,
 * sections 2 and 8).
 */
function tiffHead({ width, height, channels }: StripPicture): Buffer {
  const [SHORT, LONG] = [3, 4];
  const fields: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, channels, 0],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, 0],
    [277, SHORT, 1, channels],
    [278, LONG, 1, height],
    [279, LONG, 1, width * height * channels],
    ...(channels === 4 ? [[338, SHORT, 1, 2] as [number, number, number, number]] : []),
  ];
  const bitsAt = 8 + 2 + 12 * fields.length + 4;
  const head = Buffer.alloc(bitsAt + 2 * channels);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(fields.length, 8);
  for (const [i, [tag, type, count, value]] of fields.entries()) {
    const at = 10 + 12 * i;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(tag === 258 ? bitsAt : tag === 273 ? head.length : value, at + 8);
  }
  for (let c = 0; c < channels; c++) head.writeUInt16LE(8, bitsAt + 2 * c);
  return head;
}

/**
 * Writes pixels that come in strips as a PNG in sRGB, its profile and resolution in it, whole or not at all. sharp takes
 * raw pixels only all at once; so they go into an uncompressed file beside it, which libvips reads as it goes: memory
 * stays the same whatever the picture's size.
 */
export async function writeStrips(path: string, picture: StripPicture): Promise<void> {
  const { default: sharp } = await import('sharp');
  await writeWhole(path, async (temporary) => {
    const scratch = temporaryName(dirname(path));
    try {
      const file = await open(scratch, 'w');
      try {
        await file.writeFile(tiffHead(picture));
        for await (const strip of picture.strips) await file.writeFile(strip);
      } finally {
        await file.close();
      }
      await sharp(scratch, { limitInputPixels: false, sequentialRead: true })
        .withIccProfile('srgb')
        .withDensity(picture.ppi)
        .png({ compressionLevel: 6 })
        .toFile(temporary);
    } finally {
      await rm(scratch, { force: true });
    }
  });
}
