import { PDFDict } from 'pdf-lib';
import { nameOf } from '../../press/pdf.ts';
import { flate } from '../document/filters.ts';
import type { Pdf } from '../document/pdf.ts';
import type { ImageMark, Rule } from '../model.ts';
import { everywhere } from './levels.ts';

/** Pixels of all pictures together that are unpacked to see whether they are whole, bytes. */
const MOST_PIXELS = 300e6;
/** What programs leave behind the end of a JPEG, bytes. */
const JPEG_TAIL = 4096;

/** What could not be read of the file: nobody downstream should have to guess. */
export const readable: Rule = {
  id: 'RD-READ',
  clause: 'ISO 32000-1, 7.5',
  title: 'The file can be read whole',
  hint: 'Export the file again from the program that made it; a repaired copy may lack what was damaged.',
  levels: everywhere('error'),
  check: ({ report, unjudged }) => {
    const seen = new Set<ImageMark['stream']['dict']>();
    let left = MOST_PIXELS;
    let skipped = 0;
    let pdf: Pdf;
    return {
      sees: ['art', 'slug', 'step', 'hidden', 'mask'],
      document(file) {
        pdf = file;
      },
      image(mark) {
        const { dict } = mark.stream;
        if (seen.has(dict)) return;
        seen.add(dict);
        const bytes = packedBytes(pdf, mark);
        if (bytes > left) {
          skipped++;
          return;
        }
        left -= bytes;
        const problem = damageOf(pdf, mark, bytes);
        if (!problem) return;
        report({
          page: mark.page.number,
          box: mark.box,
          message: `A picture of ${mark.widthPx} × ${mark.heightPx} px ${problem}`,
          key: mark.object ?? problem,
          ...(mark.object && { object: mark.object }),
        });
      },
      end() {
        for (const { what, page } of pdf.damage) {
          report({ message: what, key: what, ...(page === null ? {} : { page }) });
        }
        if (skipped > 0) {
          const pictures = skipped === 1 ? 'one picture' : `${skipped} pictures`;
          unjudged(
            `whether the pixels of ${pictures} are whole`,
            `they unpack to more than ${MOST_PIXELS / 1e6} MB`,
          );
        }
      },
    };
  },
};

const filterOf = (pdf: Pdf, { stream: { dict } }: ImageMark): string | null =>
  dict instanceof PDFDict ? nameOf(pdf.get(dict, 'Filter')) : null;

/** What its pixels unpack to at most, with a byte a row for a predictor; 0 where they are not unpacked here. */
function packedBytes(pdf: Pdf, mark: ImageMark): number {
  if (filterOf(pdf, mark) !== 'FlateDecode') return 0;
  const { widthPx, heightPx, bitsPerComponent, space } = mark;
  // A stencil has neither colours nor a space for them.
  const samples = space ? Math.max(1, space.components) : 1;
  return heightPx * (1 + Math.ceil((widthPx * samples * bitsPerComponent) / 8));
}

/** What is wrong with a picture's data; `null` where it is whole, or packed in a way that shows no damage. */
function damageOf(pdf: Pdf, mark: ImageMark, bytes: number): string | null {
  const { contents } = mark.stream;
  const filter = filterOf(pdf, mark);
  if (filter === 'FlateDecode') {
    // A reader stops at the last row: what comes behind it harms nobody.
    const { problem, bytes: unpacked } = flate(contents, bytes + 1024);
    if (problem?.startsWith('has damaged')) return problem;
    const rows = bytes - mark.heightPx;
    return !problem && unpacked.length < rows ? 'ends before its last row' : null;
  }
  if (filter === 'DCTDecode') {
    const tail = Buffer.from(contents.buffer, contents.byteOffset, contents.length).subarray(-JPEG_TAIL);
    return tail.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1 ? 'has JPEG data without an end' : null;
  }
  return null;
}
