import type { Sharp } from 'sharp';
import { PRODUCT_GROUPS } from '../products/declaration.ts';
import { mmToPt } from '../units.ts';
import type { Exhibit } from './gallery.ts';

/** Width of the sheet and of its margins, px. */
const WIDTH = 2000;
const MARGIN = 70;
const GAP = 44;
/** Height of a row, px, before it is justified. */
const ROW = 330;
const GROUND = '#eeebe4';
/** How much of a row's height a picture takes at least: wide ones would dwarf the others. */
const MOST_ASPECT = 2.6;

/** A picture on a contact sheet. */
export interface Tile {
  /** JPEG or PNG. */
  readonly picture: Uint8Array;
  /** Width by height. */
  readonly aspect: number;
}

/** The first page of every sample in justified rows, group by group, as one JPEG. */
export async function contactSheet(exhibits: readonly Exhibit[]): Promise<Buffer> {
  const groups = PRODUCT_GROUPS.flatMap((group) => exhibits.filter(({ product }) => product.group === group));
  const tiles = await Promise.all(groups.map(({ pages }) => tileOf(pages[0]!)));
  return (await justified(tiles)).jpeg({ quality: 86, mozjpeg: true }).toBuffer();
}

export async function tileOf(picture: Uint8Array): Promise<Tile> {
  const { default: sharp } = await import('sharp');
  const { width = 1, height = 1 } = await sharp(picture).metadata();
  return { picture, aspect: width / height };
}

/** A contact sheet as a PDF of one page, as wide as an A3 sheet lies where its rows are full. */
export async function contactSheetPdf(tiles: readonly Tile[]): Promise<Uint8Array> {
  const { PDFDocument } = await import('pdf-lib');
  const jpeg = await (await justified(tiles)).jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const image = await pdf.embedJpg(jpeg);
  const width = mmToPt((PDF_WIDTH * image.width) / WIDTH);
  const height = (width * image.height) / image.width;
  pdf.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height });
  return pdf.save();
}

/** Width of a contact sheet on paper, mm. */
const PDF_WIDTH = 420;

/** Pictures in rows of one height, as they come. */
export async function justified(tiles: readonly Tile[]): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  const placed: { input: Buffer; left: number; top: number }[] = [];
  let top = MARGIN;
  const rows = rowsOf(tiles);
  // A single row that is not full takes no more room than it needs.
  let used = rows.length > 1 ? WIDTH : 0;
  for (const row of rows) {
    const aspects = row.reduce((sum, tile) => sum + Math.min(tile.aspect, MOST_ASPECT), 0);
    const room = WIDTH - 2 * MARGIN - (row.length - 1) * GAP;
    const height = Math.round(Math.min(ROW * 1.25, room / aspects));
    let left = MARGIN;
    for (const { picture, aspect } of row) {
      const width = Math.round(height * Math.min(aspect, MOST_ASPECT));
      const { data, info } = await sharp(picture)
        .resize(width, height, { fit: 'inside' })
        .png()
        .toBuffer({ resolveWithObject: true });
      // All stand on one line.
      placed.push({ input: data, left, top: top + height - info.height });
      left += width + GAP;
    }
    used = Math.max(used, left - GAP + MARGIN);
    top += height + GAP;
  }
  return sharp({
    create: { width: used, height: top - GAP + MARGIN, channels: 3, background: GROUND },
  }).composite(placed);
}

/** As many tiles a row as its width takes. */
function rowsOf(tiles: readonly Tile[]): Tile[][] {
  const rows: Tile[][] = [[]];
  let used = 0;
  for (const tile of tiles) {
    const width = ROW * Math.min(tile.aspect, MOST_ASPECT) + GAP;
    if (used + width > WIDTH - 2 * MARGIN && rows.at(-1)!.length > 0) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(tile);
    used += width;
  }
  return rows;
}
