import { readFile } from 'node:fs/promises';
import { PDFDocument } from 'pdf-lib';
import { drawPlates } from '../../src/preview/draw-plates.ts';
import { variants } from '../../src/preview/separations.ts';
import type { Size } from '../../src/units.ts';

/**
 * The plates as the proof reads them: C, M, Y, K interleaved, 255 = solid.
 * @param size of the page, px
 * @param shrink how much smaller the pictures may be made
 */
export async function ourPlates(pdf: string, size: Size, shrink = 1): Promise<Uint8Array> {
  const cmyk = new Uint8Array(size.width * size.height * 4);
  const file = await PDFDocument.load(await readFile(pdf));
  for await (const variant of variants(file, 0, shrink)) {
    await drawPlates(variant.pdf, variant.plates, size, cmyk);
  }
  return cmyk;
}
