import type { CountInk } from '../inspect.ts';
import { InkReader } from './coverage.ts';

/** Counts the ink on the pages of one file, PDFium opened once, when it is first asked. */
export function inkCounter(): CountInk {
  let reader: Promise<InkReader> | undefined;
  return async (pdf, page, bound) => {
    reader ??= InkReader.open(pdf);
    return (await reader).page(page, bound);
  };
}
