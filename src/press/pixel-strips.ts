import { type FileHandle, open, rm } from 'node:fs/promises';

/** A picture's pixels, 8 bits a channel and interleaved, to be read a few rows at a time. */
export interface Strips {
  readonly channels: 3 | 4;
  /** Bytes of a row. */
  readonly rowBytes: number;
  /** Fills `into` with rows, the first of them being row `top`. */
  read(top: number, into: Uint8Array): Promise<unknown>;
}

export interface StripSource {
  readonly path: string;
  /** A file that is made and removed again. */
  readonly scratch: string;
}

/**
 * Reads a large RGB(A) picture in strips. sharp gives pixels only all at once; so it decodes into an uncompressed file,
 * which it writes as it goes, and the strips are read from there: memory stays the same whatever the picture's size.
 * Its colours stay as they are: they go from the picture's own space to the press in one step.
 * @param use takes the strips; they are gone when it is done
 */
export async function withStrips<T>(
  { path, scratch }: StripSource,
  use: (strips: Strips) => Promise<T>,
): Promise<T> {
  const { default: sharp } = await import('sharp');
  try {
    const { width, height, channels } = await sharp(path, { limitInputPixels: false, ignoreIcc: true })
      .tiff({ compression: 'none' })
      .toFile(scratch);
    if (channels !== 3 && channels !== 4) throw new Error(`an artwork with ${channels} channels: ${path}`);
    const file = await open(scratch);
    try {
      const rowBytes = width * channels;
      const start = await pixelsStart(file, rowBytes * height);
      return await use({
        ...{ channels, rowBytes },
        read: (top, into) => fill(into, file, start + top * rowBytes),
      });
    } finally {
      await file.close();
    }
  } finally {
    await rm(scratch, { force: true });
  }
}

async function fill<T extends Uint8Array>(bytes: T, file: FileHandle, position: number): Promise<T> {
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
