import type { Format } from './image.ts';

/** How many of a file's first bytes `sniff` wants. */
export const SNIFF_BYTES = 512;

/** What content that we cannot print calls itself, so that the refusal can name it. */
const OTHERS: readonly (readonly [start: string | RegExp, name: string])[] = [
  ['GIF8', 'GIF'],
  ['%PDF', 'PDF'],
  ['BM', 'BMP'],
  ['8BPS', 'Photoshop'],
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['PK\x03\x04', 'ZIP archive'],
  [/^....ftyp(avis|msf1)/s, 'animated AVIF'],
  [/^....ftyp(hei|hev|mif1)/s, 'HEIC'],
  [/^\s*(\xef\xbb\xbf)?(<\?xml[^>]*>\s*)?(<!(--|DOCTYPE)[^>]*>\s*)*<svg/, 'SVG'],
];

/** Both byte orders, classic and BigTIFF. */
const TIFF_HEADS = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];

/**
 * Tells a file's format from its first bytes; its name does not matter.
 * @param head the first bytes, `SNIFF_BYTES` of them where there are so many
 * @returns the format, or the name of something else, or nothing where the bytes say nothing
 */
export function sniff(head: Buffer): { format: Format } | { other: string | null } {
  const text = head.toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return { format: 'png' };
  if (text.startsWith('\xff\xd8\xff')) return { format: 'jpeg' };
  if (/^RIFF....WEBP/s.test(text)) return { format: 'webp' };
  if (TIFF_HEADS.some((start) => text.startsWith(start))) return { format: 'tiff' };
  // A still AVIF may be of the general brand `mif1` and name `avif` among its compatible ones.
  if (/^....ftyp(avif|mif1)/s.test(text) && brands(head).includes('avif')) return { format: 'avif' };
  return {
    other:
      OTHERS.find(([start]) =>
        typeof start === 'string' ? text.startsWith(start) : start.test(text),
      )?.[1] ?? null,
  };
}

/** Major and compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3). */
const brands = (head: Buffer): string[] =>
  head.toString('latin1', 8, Math.min(head.readUInt32BE(0), head.length)).match(/.{4}/gs) ?? [];
