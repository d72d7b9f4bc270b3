import { messageOf } from '../../errors.ts';
import type { Box } from '../../units.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import type { InkBound, PageCoverage, PagePicture } from '../model.ts';
import { PlateReader } from './page-plates.ts';
import type { Plates } from './plates.ts';
import { inkOnPage, SQUARE_MM } from './squares.ts';
import { TooMuch } from './stream-kit.ts';

/** Plates as a picture in grey, the darker the more ink. */
function pictureOf(page: PdfPage, { width, height, perMm, inks }: Plates): PagePicture {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (const plate of inks.values()) {
    for (let i = 0; i < plate.length; i++) data[4 * i] = Math.max(0, data[4 * i]! - plate[i]!);
  }
  for (let i = 0; i < data.length; i += 4) data[i + 1] = data[i + 2] = data[i]!;
  const { x, y } = page.printed;
  return { page, area: { x, y, width: width / perMm, height: height / perMm }, width, height, data };
}

/** Counts the ink on a file's pages. */
export class InkReader {
  readonly #plates: PlateReader;

  private constructor(plates: PlateReader) {
    this.#plates = plates;
  }

  static async open(pdf: Pdf): Promise<InkReader> {
    return new InkReader(await PlateReader.open(pdf));
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
        ...(plates.uncounted.length === 0 && { picture: pictureOf(page, plates) }),
      };
    } catch (error) {
      const uncounted =
        error instanceof TooMuch ? [error.message] : [`the page could not be drawn (${messageOf(error)})`];
      return { ...facts, squares: [], most: null, inks: [], uncounted };
    }
  }
}
