import { pdfium } from '../pdfium.ts';
import { intersect, mmToInch } from '../units.ts';
import type { Pdf, PdfPage } from './document/pdf.ts';
import type { PagePicture } from './model.ts';

/** A pixel is a quarter of a mm: enough to see a strip that no cutter would miss. */
const PPI = 100;
/** Pixels that a picture may have; posters are drawn more coarsely. */
const MAX_PIXELS = 20e6;

/**
 * Pages of the file as PDFium draws them, at 100 ppi.
 * @throws what PDFium says of a file that it cannot draw
 */
export async function* drawPages(pdf: Pdf, pages: readonly PdfPage[]): AsyncGenerator<PagePicture> {
  const document = await (await pdfium()).loadDocument(pdf.file);
  try {
    for (const page of pages) {
      const sheet = { x: 0, y: 0, ...page.media };
      const area = (page.crop && intersect(page.crop, sheet)) ?? sheet;
      const wanted = mmToInch(area.width) * mmToInch(area.height) * PPI ** 2;
      const ppi = PPI * Math.min(1, Math.sqrt(MAX_PIXELS / wanted));
      const px = (mm: number) => Math.max(1, Math.round(mmToInch(mm) * ppi));
      const size = { width: px(area.width), height: px(area.height) };
      const { data, width, height } = await document
        .getPage(page.number - 1)
        .render({ ...size, render: 'bitmap', renderFormFields: false });
      yield { page, area, data, width, height };
    }
  } finally {
    document.destroy();
  }
}
