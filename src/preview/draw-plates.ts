import { pdfium } from '../pdfium.ts';
import type { Size } from '../units.ts';

/** Plates that are drawn at once: a variant of the page has three of them or one. */
export type Plates = 'cmy' | 'k';

/** The first page of a PDF, four bytes a pixel: red, green, blue, and one that says nothing. */
async function draw(pdf: Uint8Array, size: Size): Promise<Uint8Array> {
  const document = await (await pdfium()).loadDocument(pdf);
  try {
    // Given a scale, the library would cut the page to whole points first.
    const wish = { ...size, render: 'bitmap', renderFormFields: false } as const;
    // The library asks PDFium for reversed bytes: R, G, B, A.
    return (await document.getPage(0).render(wish)).data;
  } finally {
    document.destroy();
  }
}

/**
 * Draws a variant of a page (`variants`) and takes its plates.
 * @param size of the page, px
 * @param cmyk receives the plates: C, M, Y, K interleaved, 255 = solid; the others stay as they are
 */
export async function drawPlates(
  pdf: Uint8Array,
  plates: Plates,
  size: Size,
  cmyk: Uint8Array,
): Promise<void> {
  const data = await draw(pdf, size);
  for (let i = 0; i < cmyk.length; i += 4) {
    if (plates === 'k') {
      cmyk[i + 3] = 255 - data[i]!;
    } else {
      cmyk[i] = 255 - data[i]!;
      cmyk[i + 1] = 255 - data[i + 1]!;
      cmyk[i + 2] = 255 - data[i + 2]!;
    }
  }
}

/**
 * Draws a page in sRGB.
 * @param size of the page, px
 * @param rgb receives three bytes a pixel
 */
export async function drawPage(pdf: Uint8Array, size: Size, rgb: Uint8Array): Promise<void> {
  const data = await draw(pdf, size);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from]!;
    rgb[to + 1] = data[from + 1]!;
    rgb[to + 2] = data[from + 2]!;
  }
}
