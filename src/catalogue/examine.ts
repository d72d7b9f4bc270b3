import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { messageOf, PrintcatError } from '../errors.ts';
import { hashFile } from '../files.ts';
import type { NewImage } from './catalogue.ts';
import { decodeOnce, mimeOf, readHeader } from './facts.ts';
import { stampOf } from './id.ts';
import type { Format } from './image.ts';
import { readContainer } from './metadata/container.ts';
import { readMetadata } from './metadata/read.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';

/** What a file turned out to be. */
export type Examined =
  | { readonly kind: 'picture'; readonly picture: Omit<NewImage, 'importedAt' | 'importedBy'> }
  /** Its bytes are in the catalogue. */
  | { readonly kind: 'known'; readonly sha256: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface ExamineOptions {
  /** The largest picture that is decoded, 10⁶ px. */
  readonly maxMegapixels: number;
  readonly isKnown: (sha256: string) => boolean;
}

const SUPPORTED = 'PNG, JPEG, WebP, TIFF and AVIF are supported';
const EXTENSIONS: Record<Format, readonly string[]> = {
  png: ['.png', '.apng'],
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  webp: ['.webp'],
  tiff: ['.tif', '.tiff'],
  avif: ['.avif'],
};

/** Looks at one file, whatever it may be: never throws for what the file is, never changes it. */
export async function examine(path: string, options: ExamineOptions): Promise<Examined> {
  try {
    return await look(path, options);
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error) };
  }
}

async function look(path: string, { maxMegapixels, isKnown }: ExamineOptions): Promise<Examined> {
  const facts = await stat(path);
  // Anything else, a pipe or a device, could keep us waiting for ever.
  if (!facts.isFile()) throw new PrintcatError('it is not a regular file');
  if (facts.size === 0) throw new PrintcatError('it is empty (0 bytes)');
  const format = await formatOf(path);
  const sha256 = await hashFile(path);
  if (isKnown(sha256)) return { kind: 'known', sha256 };

  const container = await readContainer(path, format);
  if (container.animated) throw new PrintcatError('it is animated; a single picture is wanted');
  const metadata = await readMetadata(container);
  const header = await readHeader(path, maxMegapixels, metadata.profile);
  await decodeOnce(path, maxMegapixels);

  const fileName = basename(path);
  const extension = extname(fileName).toLowerCase();
  const misnamed = !EXTENSIONS[format].includes(extension);
  return {
    kind: 'picture',
    picture: {
      ...stampOf(fileName, metadata.dates, facts.mtime),
      sha256,
      bytes: facts.size,
      fileName,
      file: {
        format,
        mime: mimeOf(format),
        ...header,
        profile: metadata.profile,
        c2pa: container.c2pa !== null,
        digitalSourceType: metadata.digitalSourceType,
      },
      generation: metadata.generation,
      notes: [
        ...(misnamed
          ? [`It is called ${extension || 'by no extension'} but is ${format.toUpperCase()}.`]
          : []),
        ...metadata.notes,
      ],
      raw: metadata.raw,
    },
  };
}

/** @throws PrintcatError naming what the content is, as far as its first bytes tell */
async function formatOf(path: string): Promise<Format> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const found = sniff(buffer.subarray(0, bytesRead));
    if ('format' in found) return found.format;
    throw new PrintcatError(
      found.other ? `it is ${found.other}; ${SUPPORTED}` : `it is not a picture; ${SUPPORTED}`,
    );
  } finally {
    await file.close();
  }
}

const SYSTEM_ERRORS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read (permission denied)',
  EPERM: 'it may not be read (permission denied)',
  ELOOP: 'its link leads nowhere',
};

/** Why a file was refused, half a sentence that begins with a small letter. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SYSTEM_ERRORS[code] ?? messageOf(error);
}
