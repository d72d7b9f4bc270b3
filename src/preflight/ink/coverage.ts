import { messageOf } from '../../errors.ts';
import type { Box } from '../../units.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import type { InkBound, PageCoverage } from '../model.ts';
import { PlateReader } from './page-plates.ts';
import { inkOnPage, SQUARE_MM } from './squares.ts';
import { TooMuch } from './stream-kit.ts';

/** Counts the ink on a file's pages. */
export class InkReader {
  readonly #plates: PlateReader;

  private constructor(plates: PlateReader) {
    this.#plates = plates;
  }

  static async open(pdf: Pdf): Promise<InkReader> {
    return new InkReader(await PlateReader.open(pdf));
  }

  close(): void {
    this.#plates.close();
  }

  /**
   * How much ink a page has within what is printed of it. Eight bits a plate: a sum of four is right to 0.8 %.
   * A page that cannot be drawn has no squares, and says why.
   */
  async page(page: PdfPage, bound: InkBound | null = null): Promise<PageCoverage> {
    const facts = { page: page.number, squareMm: SQUARE_MM };
    try {
      const plates = await this.#plates.page(page, bound);
      const { squares, width, height, most } = inkOnPage(plates);
      const boxOf = ({ x, y }: { x: number; y: number }, w: number, h: number): Box => ({
        x: page.printed.x + x / plates.perMm,
        y: page.printed.y + y / plates.perMm,
        width: w / plates.perMm,
        height: h / plates.perMm,
      });
      return {
        ...facts,
        squares: squares.map(({ x, y, cmyk, all }) => ({ box: boxOf({ x, y }, width, height), cmyk, all })),
        most: { box: boxOf(most, 1, 1), ink: most.ink },
        inks: [...plates.inks.keys()],
        uncounted: plates.uncounted,
      };
    } catch (error) {
      const uncounted =
        error instanceof TooMuch ? [error.message] : [`the page could not be drawn (${messageOf(error)})`];
      return { ...facts, squares: [], most: null, inks: [], uncounted };
    }
  }
}
