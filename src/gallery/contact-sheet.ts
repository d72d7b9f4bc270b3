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

interface Tile {
  readonly jpeg: Uint8Array;
  readonly aspect: number;
}

/** The first page of every sample in justified rows, as one JPEG. */
export async function contactSheet(exhibits: readonly Exhibit[]): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const tiles = await Promise.all(
    exhibits.map(async ({ pages }): Promise<Tile> => {
      const { width = 1, height = 1 } = await sharp(pages[0]).metadata();
      return { jpeg: pages[0]!, aspect: width / height };
    }),
  );
  const placed: { input: Buffer; left: number; top: number }[] = [];
  let top = MARGIN;
  for (const row of rowsOf(tiles)) {
    const aspects = row.reduce((sum, tile) => sum + Math.min(tile.aspect, MOST_ASPECT), 0);
    const room = WIDTH - 2 * MARGIN - (row.length - 1) * GAP;
    const height = Math.round(Math.min(ROW * 1.25, room / aspects));
    let left = MARGIN;
    for (const { jpeg, aspect } of row) {
      const width = Math.round(height * Math.min(aspect, MOST_ASPECT));
      const { data, info } = await sharp(jpeg)
        .resize(width, height, { fit: 'inside' })
        .png()
        .toBuffer({ resolveWithObject: true });
      // All stand on one line.
      placed.push({ input: data, left, top: top + height - info.height });
      left += width + GAP;
    }
    top += height + GAP;
  }
  return sharp({
    create: { width: WIDTH, height: top - GAP + MARGIN, channels: 3, background: GROUND },
  })
    .composite(placed)
    .jpeg({ quality: 86, mozjpeg: true })
    .toBuffer();
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
