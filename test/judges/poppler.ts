import { join } from 'node:path';
import sharp from 'sharp';
import { inTemporaryFolder, judge } from './tool.ts';

export type BoxName = 'MediaBox' | 'CropBox' | 'BleedBox' | 'TrimBox' | 'ArtBox';

export interface PdfBoxes {
  readonly pages: number;
  /** pt from the bottom left corner: x0, y0, x1, y1; to two decimals, as pdfinfo prints them. */
  readonly boxes: Record<BoxName, readonly [x0: number, y0: number, x1: number, y1: number]>;
}

/** The boxes of a page and the number of pages, by pdfinfo. */
export async function pdfBoxes(file: string, page = 1): Promise<PdfBoxes> {
  const text = await judge('pdfinfo', '-box', '-f', `${page}`, '-l', `${page}`, file);
  const boxes = [...text.matchAll(/(\w+Box):\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)/g)].map(
    ([, name, ...numbers]) => [name, numbers.map(Number)],
  );
  return { pages: Number(/^Pages:\s+(\d+)/m.exec(text)?.[1]), boxes: Object.fromEntries(boxes) };
}

export interface PdfImage {
  readonly page: number;
  /** `image`, `smask`, `mask` or `stencil`. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
  /** `gray`, `rgb`, `cmyk`, `icc`, `index`, `sep`, `devn`, … */
  readonly color: string;
  readonly comp: number;
  readonly bpc: number;
  /** `jpeg`, `image` (Flate and the like), `jpx`, `ccitt`, … */
  readonly enc: string;
  /** Effective resolution on the page, px per inch. */
  readonly xPpi: number;
  readonly yPpi: number;
}

/** The images of a PDF as they are used, by pdfimages. */
export async function pdfImages(file: string): Promise<PdfImage[]> {
  const rows = tableRows(await judge('pdfimages', '-list', file));
  return rows.map((row) => {
    const cells = row.trim().split(/\s+/);
    const [page, , type, width, height, color, comp, bpc, enc] = cells;
    const [xPpi, yPpi] = cells.slice(-4);
    return {
      page: Number(page),
      type: type!,
      width: Number(width),
      height: Number(height),
      color: color!,
      comp: Number(comp),
      bpc: Number(bpc),
      enc: enc!,
      xPpi: Number(xPpi),
      yPpi: Number(yPpi),
    };
  });
}

export interface PdfFont {
  readonly name: string;
  /** `TrueType`, `CID TrueType`, `CID Type 0C`, `Type 3`, … */
  readonly type: string;
  readonly encoding: string;
  readonly embedded: boolean;
  readonly subset: boolean;
  /** Whether its text can be read back. */
  readonly unicode: boolean;
}

const FONT_ROW =
  /^(.*?)\s+((?:CID )?(?:TrueType|Type \d+C?)(?: \(OT\))?|unknown)\s+(\S+)\s+(yes|no)\s+(yes|no)\s+(yes|no)\s/;

/** The fonts of a PDF, by pdffonts. */
export async function pdfFonts(file: string): Promise<PdfFont[]> {
  const rows = tableRows(await judge('pdffonts', file));
  return rows.map((row) => {
    const match = FONT_ROW.exec(row);
    if (!match) throw new Error(`pdffonts printed a row that is not understood: ${row}`);
    const [, name, type, encoding, embedded, subset, unicode] = match;
    return {
      name: name!,
      type: type!,
      encoding: encoding!,
      embedded: embedded === 'yes',
      subset: subset === 'yes',
      unicode: unicode === 'yes',
    };
  });
}

/** What stands below the line of dashes. */
const tableRows = (text: string): string[] => text.split('\n').slice(2).filter(Boolean);

export interface Raster {
  /** RGB, 8 bit, row by row from the top. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A page as pdftoppm shows it on a screen. */
export const render = (file: string, dpi: number, page = 1): Promise<Raster> =>
  inTemporaryFolder(async (folder) => {
    const image = join(folder, 'page');
    const which = ['-f', `${page}`, '-l', `${page}`, '-singlefile'];
    await judge('pdftoppm', '-png', '-r', `${dpi}`, ...which, file, image);
    const { data, info } = await sharp(`${image}.png`)
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  });

/** A printed word, pt from its page's top left corner. */
export interface PdfWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The words of each page (`pdftotext -bbox`), in the order in which they are printed. */
export async function pdfWords(file: string): Promise<PdfWord[][]> {
  const html = await judge('pdftotext', '-bbox', file, '-');
  return html
    .split('<page ')
    .slice(1)
    .map((page) =>
      [
        ...page.matchAll(
          /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g,
        ),
      ].map(([, ...found]) => {
        const [x, y, right, bottom] = found.slice(0, 4).map(Number) as [number, number, number, number];
        return { text: found[4]!, x, y, width: right - x, height: bottom - y };
      }),
    );
}
