import type { PDFiumLibrary } from '@hyzyla/pdfium';

let library: Promise<PDFiumLibrary> | undefined;

/** PDFium, loaded once in a thread and kept to its end. */
export function pdfium(): Promise<PDFiumLibrary> {
  library ??= import('@hyzyla/pdfium').then((module) => module.PDFiumLibrary.init());
  return library;
}
