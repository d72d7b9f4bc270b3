import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { PrintcatError } from '../errors.ts';

/** What goes into a ZIP: bytes, or a file that is read as it is written. */
export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string;
  readonly content: Uint8Array | { readonly path: string; readonly bytes: number; readonly crc: number };
}

/** An entry whose header is known, and where it starts. */
interface Placed {
  readonly name: Buffer;
  readonly size: number;
  readonly crc: number;
  readonly offset: number;
}

/** From here on sizes and offsets stand in the zip64 fields (APPNOTE 4.4.1.4). */
const ZIP64_FROM = 0xffff_ffff;
const MANY_ENTRIES = 0xffff;
/** What reads an entry without zip64, and with it: 2.0 and 4.5 (APPNOTE 4.4.3.2). */
const [VERSION, VERSION_ZIP64] = [20, 45];
/** Names are UTF-8 (APPNOTE 4.4.4, bit 11). */
const UTF8 = 1 << 11;

/**
 * Writes a ZIP of stored entries, sorted by name: PDFs and PNGs are packed already, so deflating them again costs time
 * for nothing. By PKWARE's APPNOTE 6.3.10, with zip64 where a size or an offset needs it. The same entries and date give
 * the same bytes; files are streamed, never held in memory whole.
 * @param path a new file
 * @param date of all entries, as UTC; ZIP knows the years 1980 to 2107, to two seconds
 * @throws PrintcatError where a file has changed since its size and CRC were taken
 */
export async function writeZip(path: string, entries: readonly ZipEntry[], date: Date): Promise<void> {
  const file = await open(path, 'wx');
  try {
    const stamp = dosTime(date);
    const placed: Placed[] = [];
    let offset = 0;
    for (const { name, content } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const isBytes = content instanceof Uint8Array;
      const entry: Placed = {
        ...{ name: Buffer.from(name), offset },
        ...(isBytes
          ? { size: content.length, crc: crc32(content) }
          : { size: content.bytes, crc: content.crc }),
      };
      const header = localHeader(entry, stamp);
      await file.writeFile(isBytes ? Buffer.concat([header, content]) : header);
      if (!isBytes) await copyInto(file, content.path, entry);
      placed.push(entry);
      offset += header.length + entry.size;
    }
    const directory = Buffer.concat(placed.map((entry) => directoryHeader(entry, stamp)));
    await file.writeFile(directory);
    await file.writeFile(endOfDirectory(placed.length, directory.length, offset));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Copies a file and makes sure that it is still the one whose size and CRC the header has. */
async function copyInto(file: FileHandle, path: string, { size, crc }: Placed): Promise<void> {
  let read = 0;
  let found = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    read += chunk.length;
    found = crc32(chunk, found);
    await file.writeFile(chunk);
  }
  if (read !== size || found !== crc)
    throw new PrintcatError(`${path} was changed while it was being packed`);
}

/** Date and time as DOS writes them (APPNOTE 4.4.6). */
function dosTime(date: Date): Buffer {
  const year = Math.min(2107, Math.max(1980, date.getUTCFullYear()));
  return little(
    [2, (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)],
    [2, ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()],
  );
}

/** Little-endian numbers of 2, 4 or 8 bytes. */
function little(...fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 8) field.writeBigUInt64LE(BigInt(value));
      else field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

const isLarge = (value: number): boolean => value >= ZIP64_FROM;
const capped = (value: number): number => Math.min(value, ZIP64_FROM);

/** The zip64 extra field with those numbers that its header has no room for (APPNOTE 4.5.3). */
const zip64Field = (values: readonly number[]): Buffer =>
  values.length === 0
    ? Buffer.alloc(0)
    : little([2, 1], [2, 8 * values.length], ...values.map((value) => [8, value] as const));

/** Flags, method 0 (stored), date, CRC, both sizes: the same in both headers. */
const commonFields = ({ size, crc }: Placed, stamp: Buffer): Buffer =>
  Buffer.concat([little([2, UTF8], [2, 0]), stamp, little([4, crc], [4, capped(size)], [4, capped(size)])]);

/** APPNOTE 4.3.7. */
function localHeader(entry: Placed, stamp: Buffer): Buffer {
  const { name, size } = entry;
  const extra = zip64Field(isLarge(size) ? [size, size] : []);
  return Buffer.concat([
    little([4, 0x0403_4b50], [2, isLarge(size) ? VERSION_ZIP64 : VERSION]),
    commonFields(entry, stamp),
    little([2, name.length], [2, extra.length]),
    ...[name, extra],
  ]);
}

/** APPNOTE 4.3.12; made on Unix, a plain file that all may read. */
function directoryHeader(entry: Placed, stamp: Buffer): Buffer {
  const { name, size, offset } = entry;
  const extra = zip64Field([...(isLarge(size) ? [size, size] : []), ...(isLarge(offset) ? [offset] : [])]);
  const version = extra.length > 0 ? VERSION_ZIP64 : VERSION;
  return Buffer.concat([
    little([4, 0x0201_4b50], [2, (3 << 8) | version], [2, version]),
    commonFields(entry, stamp),
    little([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0]),
    little([4, 0o100_644 * 2 ** 16], [4, capped(offset)]),
    ...[name, extra],
  ]);
}

/** APPNOTE 4.3.16, and before it 4.3.14 and 4.3.15 where a number needs them. */
function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const count = Math.min(entries, MANY_ENTRIES);
  const end = Buffer.concat([
    little([4, 0x0605_4b50], [2, 0], [2, 0], [2, count], [2, count]),
    little([4, capped(size)], [4, capped(offset)], [2, 0]),
  ]);
  if (entries < MANY_ENTRIES && !isLarge(size) && !isLarge(offset)) return end;
  return Buffer.concat([
    little([4, 0x0606_4b50], [8, 44], [2, (3 << 8) | VERSION_ZIP64], [2, VERSION_ZIP64], [4, 0], [4, 0]),
    little([8, entries], [8, entries], [8, size], [8, offset]),
    little([4, 0x0706_4b50], [4, 0], [8, offset + size], [4, 1]),
    end,
  ]);
}
