import { type FileHandle, open } from 'node:fs/promises';
import { PrintcatError } from '../../errors.ts';
import type { Format } from '../image.ts';

/** A file without its pixels. */
export interface Container {
  /** The file's bytes less the pixels: what a metadata reader needs, in the file's own format. */
  readonly bytes: Buffer;
  /** The C2PA manifest store, a JUMBF superbox (ISO 19566-5). */
  readonly c2pa: Buffer | null;
  /** Whether the file moves: an APNG's or WebP's animation. */
  readonly animated: boolean;
}

/** More metadata than this is no metadata, bytes. A ComfyUI workflow has some 100 kB, a CMYK profile 2 MB. */
const MAX_METADATA = 64 * 1024 * 1024;
/** TIFF and AVIF may keep metadata anywhere, so they are read whole, up to this length in bytes. */
const MAX_WHOLE = 512 * 1024 * 1024;

/**
 * Reads a picture's file without its pixels, however large they are.
 * @throws PrintcatError where its metadata are too large; a cut-off file gives what is there
 */
export async function readContainer(path: string, format: Format): Promise<Container> {
  const handle = await open(path);
  try {
    return await READERS[format](new OpenFile(handle));
  } finally {
    await handle.close();
  }
}

const tooLarge = (size: number): PrintcatError =>
  new PrintcatError(`its metadata are too large to read (${Math.round(size / 2 ** 20)} MB)`);

/** Random access to a file, with a limit to what is read of it as metadata. */
class OpenFile {
  readonly handle: FileHandle;
  #total = 0;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  /** The bytes from `position` on: `length` of them or as many as there are. */
  async read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  }

  /** As `read`, for pieces of metadata: all of them together stay within the limit. */
  async readPiece(position: number, length: number): Promise<Buffer> {
    this.#total += length;
    if (this.#total > MAX_METADATA) throw tooLarge(this.#total);
    return this.read(position, length);
  }
}

/** PNG: chunks of length, type, data and CRC (ISO/IEC 15948, 5.3); C2PA lies in `caBX` (C2PA 2.1, A.3.2). */
async function readPng(file: OpenFile): Promise<Container> {
  const pieces = [await file.read(0, 8)];
  let c2pa: Buffer | null = null;
  let animated = false;
  for (let at = 8; ; ) {
    const head = await file.read(at, 8);
    if (head.length < 8) break;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4);
    if (type === 'acTL') animated = true;
    if (type === 'caBX') c2pa = await file.readPiece(at + 8, length);
    else if (type !== 'IDAT' && type !== 'fdAT') pieces.push(await file.readPiece(at, length + 12));
    if (type === 'IEND') break;
    at += length + 12;
  }
  return { bytes: Buffer.concat(pieces), c2pa, animated };
}

const SOI_LENGTH = 2;
const [START_OF_SCAN, APP11] = [0xda, 0xeb];
/** Common identifier, box instance, packet sequence number before each APP11 segment's part of a box. */
const JUMBF_HEAD = 8;
/** Length and type of the box, repeated in every segment that continues it. */
const BOX_HEAD = 8;

/**
 * JPEG: segments of marker and length up to the scan; C2PA lies in APP11 segments that begin with `JP` (ISO
 * 19566-5, D.2), cut in pieces of at most 64 kB.
 */
async function readJpeg(file: OpenFile): Promise<Container> {
  const pieces = [await file.read(0, SOI_LENGTH)];
  const c2pa: Buffer[] = [];
  for (let at = SOI_LENGTH; ; ) {
    const head = await file.read(at, 4);
    const marker = head[1];
    if (head.length < 4 || head[0] !== 0xff || marker === START_OF_SCAN) break;
    const segment = await file.readPiece(at, head.readUInt16BE(2) + 2);
    if (marker === APP11 && segment.toString('latin1', 4, 6) === 'JP') {
      c2pa.push(segment.subarray(4 + JUMBF_HEAD + (c2pa.length > 0 ? BOX_HEAD : 0)));
    } else pieces.push(segment);
    at += segment.length;
  }
  return {
    bytes: Buffer.concat([...pieces, Buffer.from([0xff, 0xd9])]),
    c2pa: c2pa.length > 0 ? Buffer.concat(c2pa) : null,
    animated: false,
  };
}

const WEBP_PIXELS = ['VP8 ', 'VP8L', 'ALPH', 'ANMF'];

/** WebP: RIFF chunks of type and length, padded to even length; C2PA lies in `C2PA` (C2PA 2.1, A.3.4). */
async function readWebp(file: OpenFile): Promise<Container> {
  const pieces: Buffer[] = [];
  let c2pa: Buffer | null = null;
  let animated = false;
  for (let at = 12; ; ) {
    const head = await file.read(at, 8);
    if (head.length < 8) break;
    const type = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    if (type === 'ANIM') animated = true;
    if (type === 'C2PA') c2pa = await file.readPiece(at + 8, length);
    else if (!WEBP_PIXELS.includes(type)) pieces.push(await file.readPiece(at, 8 + length + (length % 2)));
    at += 8 + length + (length % 2);
  }
  const body = Buffer.concat([Buffer.from('WEBP'), ...pieces]);
  const riff = Buffer.from('RIFF____');
  riff.writeUInt32LE(body.length, 4);
  return { bytes: Buffer.concat([riff, body]), c2pa, animated };
}

async function readWhole(file: OpenFile): Promise<Buffer> {
  const { size } = await file.handle.stat();
  if (size > MAX_WHOLE) throw tooLarge(size);
  return file.read(0, size);
}

/** The user type of C2PA's `uuid` box in ISO base media files (C2PA 2.1, A.5). */
const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481';
const UUID_LENGTH = 16;

/** In a C2PA `uuid` box the store follows version and flags, the purpose (ended by 0) and an 8-byte offset. */
function c2paOfBmff(bytes: Buffer): Buffer | null {
  for (let at = 0; at + BOX_HEAD <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length < BOX_HEAD) break;
    const box = bytes.subarray(at + BOX_HEAD, at + length);
    if (
      bytes.toString('latin1', at + 4, at + 8) === 'uuid' &&
      box.toString('hex', 0, UUID_LENGTH) === C2PA_UUID
    ) {
      const purposeEnd = box.indexOf(0, UUID_LENGTH + 4);
      return box.subarray(purposeEnd + 1 + 8);
    }
    at += length;
  }
  return null;
}

const READERS: Record<Format, (file: OpenFile) => Promise<Container>> = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  tiff: async (file) => ({ bytes: await readWhole(file), c2pa: null, animated: false }),
  async avif(file) {
    const bytes = await readWhole(file);
    return { bytes, c2pa: c2paOfBmff(bytes), animated: false };
  },
};
