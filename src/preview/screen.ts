/** A page as a screen shows it. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** sRGB, 8 bits, interleaved. */
  readonly rgb: Uint8Array;
}

/**
 * Draws a page of an RGB file.
 * @param ppi pixels an inch of the result
 */
export async function drawScreen(pdf: Uint8Array, ppi: number): Promise<Screen> {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium');
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    try {
      const page = document.getPage(0);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      // Given a scale, the library would cut the page to whole points first.
      const width = Math.round((originalWidth / 72) * ppi);
      const height = Math.round((originalHeight / 72) * ppi);
      const { data } = await page.render({ width, height, render: 'bitmap', renderFormFields: false });
      const rgb = new Uint8Array(width * height * 3);
      // The library asks PDFium for reversed bytes: R, G, B, A.
      for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
        for (let c = 0; c < 3; c++) rgb[to + c] = data[from + c]!;
      }
      return { width, height, rgb };
    } finally {
      document.destroy();
    }
  } finally {
    library.destroy();
  }
}
