import { messageOf } from '../../errors.ts';
import { pdfium } from '../../pdfium.ts';

/** The long side of a page's picture, px: sharp enough to see what a box is about. */
const LONG_SIDE = 1400;

/** A page as a screen shows it, for an `<img>`: what lies in its CropBox. */
export interface PagePicture {
  readonly page: number;
  readonly source: string;
}

/** Pictures of pages, drawn by PDFium; a page that it cannot draw has none. */
export async function pagePictures(
  file: Uint8Array,
  pages: readonly number[],
  password?: string,
): Promise<PagePicture[]> {
  const [library, { default: sharp }] = await Promise.all([pdfium(), import('sharp')]);
  const pictures: PagePicture[] = [];
  try {
    const document = await library.loadDocument(file, password);
    try {
      for (const number of pages) {
        const page = document.getPage(number - 1);
        const { originalWidth, originalHeight } = page.getOriginalSize();
        const scale = LONG_SIDE / Math.max(originalWidth, originalHeight);
        const [width, height] = [originalWidth, originalHeight].map((side) =>
          Math.max(1, Math.round(side * scale)),
        );
        const { data } = await page.render({ width: width!, height: height!, render: 'bitmap' });
        const jpeg = await sharp(data, { raw: { width: width!, height: height!, channels: 4 } })
          .removeAlpha()
          .jpeg({ quality: 82, mozjpeg: true })
          .toBuffer();
        pictures.push({ page: number, source: `data:image/jpeg;base64,${jpeg.toString('base64')}` });
      }
    } finally {
      document.destroy();
    }
  } catch (error) {
    // The report stands without pictures: the boxes are still told in mm.
    if (!(error instanceof Error)) throw new Error(messageOf(error));
  }
  return pictures;
}
