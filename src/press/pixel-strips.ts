import { type FileHandle, open, rm } from 'node:fs/promises';
import type { PictureConverter } from '../colour/picture-table.ts';
import type { PressColours } from '../colour/press-colours.ts';

/** A few rows of a picture. */
export interface Strip {
  readonly rows: number;
  /** 8 bits a channel, interleaved; the next strip takes their place. */
  readonly pixels: Uint8Array;
}

/** A picture's pixels, from the top, a few rows at a time, and what turns them into inks. */
export interface Strips {
  readonly channels: 3 | 4;
  /** From the picture's own colour space. */
  readonly converter: PictureConverter;
  readonly strips: AsyncIterable<Strip>;
}

export interface StripSource {
  readonly path: string;
  /** Height of a strip, px; the last may be lower. */
  readonly rows: number;
  /** A file that is made and removed again. */
  readonly scratch: string;
}

/**
 * Reads a large RGB(A) picture in strips. sharp gives pixels only all at once; so it decodes into an uncompressed file,
 * which it writes as it goes, and the strips are read from there: memory stays the same whatever the picture's size.
 * @param use takes the strips; they are gone when it is done
 */
export async function withStrips<T>(
  { path, rows, scratch }: StripSource,
  colours: PressColours,
  use: (strips: Strips) => Promise<T>,
): Promise<T> {
  const { default: sharp } = await import('sharp');
  // Its colours stay as they are: they go from the picture's own space to the press in one step.
  const picture = sharp(path, { limitInputPixels: false, ignoreIcc: true });
  const { icc } = await picture.metadata();
  try {
    const [{ width, height, channels }, converter] = await Promise.all([
      picture.tiff({ compression: 'none' }).toFile(scratch),
      colours.pictures(icc ?? null),
    ]);
    if (channels !== 3 && channels !== 4) throw new Error(`an artwork with ${channels} channels: ${path}`);
    const file = await open(scratch);
    try {
      const size = { rowBytes: width * channels, height };
      return await use({ channels, converter, strips: readStrips(file, size, rows) });
    } finally {
      await file.close();
    }
  } finally {
    await rm(scratch, { force: true });
  }
}

async function* readStrips(
  file: FileHandle,
  { rowBytes, height }: { rowBytes: number; height: number },
  rows: number,
): AsyncGenerator<Strip> {
  const start = await pixelsStart(file, rowBytes * height);
  const memory = Buffer.allocUnsafe(Math.min(rows, height) * rowBytes);
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    const pixels = memory.subarray(0, count * rowBytes);
    await fill(pixels, file, start + top * rowBytes);
    yield { rows: count, pixels };
  }
}

async function fill(bytes: Buffer, file: FileHandle, position: number): Promise<Buffer> {
  const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
  if (bytesRead !== bytes.length)
    throw new Error(`the scratch file ends after ${position + bytesRead} bytes`);
  return bytes;
}

const readAt = (file: FileHandle, position: number, length: number): Promise<Buffer> =>
  fill(Buffer.allocUnsafe(length), file, position);

const [STRIP_OFFSETS, STRIP_BYTE_COUNTS] = [273, 279];

/** Where the pixels begin in a TIFF that sharp wrote: its strips lie one behind the other (TIFF 6.0, section 2). */
async function pixelsStart(file: FileHandle, length: number): Promise<number> {
  const header = await readAt(file, 0, 8);
  if (header.toString('latin1', 0, 4) !== 'II*\0') throw new Error('not a little-endian TIFF');
  const directoryAt = header.readUInt32LE(4);
  const count = (await readAt(file, directoryAt, 2)).readUInt16LE(0);
  const directory = await readAt(file, directoryAt + 2, count * 12);
  const values = async (tag: number): Promise<number[]> => {
    const entry = Array.from({ length: count }, (_, i) => directory.subarray(12 * i, 12 * i + 12)).find(
      (bytes) => bytes.readUInt16LE(0) === tag,
    );
    if (!entry) throw new Error(`a TIFF without tag ${tag}`);
    const [type, many] = [entry.readUInt16LE(2), entry.readUInt32LE(4)];
    const size = type === 3 ? 2 : 4;
    const list =
      many * size <= 4 ? entry.subarray(8) : await readAt(file, entry.readUInt32LE(8), many * size);
    return Array.from({ length: many }, (_, i) => list.readUIntLE(i * size, size));
  };
  const offsets = await values(STRIP_OFFSETS);
  const lengths = await values(STRIP_BYTE_COUNTS);
  const start = offsets[0]!;
  let end = start;
  for (const [i, offset] of offsets.entries()) {
    if (offset !== end) throw new Error('a TIFF whose strips are scattered');
    end += lengths[i]!;
  }
  if (end - start !== length) throw new Error('a TIFF that is compressed');
  return start;
}
