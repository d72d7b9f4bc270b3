import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../src/files.ts';
import { type Plates, plates, render } from '../judges/index.ts';
import { Line } from '../make/making.ts';
import { BORDER, GAP, gangOrder, MARGIN, SHEET } from '../stickers/gang-order.ts';
import { labelFindings } from '../stickers/judged.ts';
import { type FlatCat, takeFlatCats } from '../stickers/pictures.ts';
import {
  boxOf,
  hasInk,
  nearestTo,
  type Pixel,
  partsOf,
  pixelsWhere,
  rimOf,
  some,
} from '../stickers/raster.ts';

/** 12 pixels a millimetre. */
const DPI = 304.8;
const PX = 12;
/** 0.4 pt in mm: two pixels, so that no line is broken. */
const STROKE = (0.4 / 72) * 25.4;

interface Row {
  readonly number: number;
  readonly image: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly turn: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

let line: Line;
let cats: FlatCat[];
beforeAll(async () => {
  line = await Line.open();
  cats = await takeFlatCats(line.folder);
});
afterAll(() => line?.close());

describe('a gang sheet of twelve cats', () => {
  const wish = () => gangOrder(cats, { override: ['numbers.cutStroke=0.4'] });
  let made: Awaited<ReturnType<Line['made']>>;
  let found: Plates;
  let cuts: Pixel[][];
  let rows: Row[];
  const fileOf = (ending: string) => made.files.find(({ path }) => path.endsWith(ending))!.path;
  beforeAll(async () => {
    made = await line.made(wish(), 'gang');
    found = await plates(made.pdf, { dpi: DPI });
    const plate = found.spots.get('CutContour')!;
    cuts = partsOf(found, (at) => plate[at]! > 0);
    rows = JSON.parse(await readFile(fileOf('-list.json'), 'utf8'));
  }, 300_000);

  test('has twelve cuts, all inside the margin and no two nearer than the gap', () => {
    expect(cuts).toHaveLength(12);
    for (const cut of cuts) {
      const { left, top, right, bottom } = boxOf(cut);
      expect(Math.min(left, top, SHEET.width * PX - right, SHEET.height * PX - bottom)).toBeGreaterThan(
        (MARGIN - STROKE / 2 - 0.15) * PX,
      );
    }
    const gaps = cuts.flatMap((cut, i) =>
      cuts
        .slice(i + 1)
        .map((other) => Math.min(...some(cut, 2).map((pixel) => nearestTo(pixel, other))) / PX),
    );
    // From middle to middle of the strokes: a stroke less, and a pixel to both sides.
    expect(Math.min(...gaps)).toBeGreaterThan(GAP - STROKE - 0.17);
    // They are nested: some are as near as they may be.
    expect(Math.min(...gaps)).toBeLessThan(GAP + 0.3);
  });

  test('keeps the border of each to its cut, whichever way it is turned', () => {
    const art = rimOf(found, hasInk(found, 60));
    for (const cut of cuts) {
      const distances = some(cut, 9).map((pixel) => nearestTo(pixel, art) / PX);
      expect(Math.min(...distances)).toBeGreaterThan(BORDER - STROKE / 2 - 0.2);
      expect(Math.min(...distances)).toBeLessThan(BORDER + 0.2);
    }
  });

  test('is listed as it is: each picture in its place, of its size, turned so', async () => {
    expect(rows).toHaveLength(12);
    expect(rows.map(({ image }) => image)).toEqual(cats.map(({ id }) => id));
    const drawn = await render(made.pdf, DPI);
    const inked = hasInk(found, 20);
    for (const { image, ...row } of rows) {
      const own = cuts
        .map(boxOf)
        .find(({ left, top }) => Math.hypot(left / PX - row.left, top / PX - row.top) < 0.3);
      expect(own, image).toBeDefined();
      expect(Math.abs(own!.right / PX - row.right)).toBeLessThan(0.25);
      expect(Math.abs(own!.bottom / PX - row.bottom)).toBeLessThan(0.25);
      const cat = cats.find(({ id }) => id === image)!;
      const at = placedBy(row, cat);
      let [hit, art, stray, clear] = [0, 0, 0, 0];
      const sum = [0, 0, 0];
      const { mask } = cat;
      for (let y = 3; y < mask.height; y += 7) {
        for (let x = 3; x < mask.width; x += 7) {
          const value = mask.data[y * mask.width + x]!;
          const [px, py] = at(x, y).map((mm) => Math.round(mm * PX)) as [number, number];
          if (px < 0 || py < 0 || px >= found.width || py >= found.height) continue;
          const i = py * found.width + px;
          if (value > 250) {
            art++;
            if (inked(i)) hit++;
            for (const c of [0, 1, 2]) sum[c]! += drawn.data[(py * drawn.width + px) * 3 + c]!;
          } else if (value < 5 && x > 60 && y > 60 && x < 450 && y < 450) {
            clear++;
            if (inked(i)) stray++;
          }
        }
      }
      expect(hit / art, image).toBeGreaterThan(0.97);
      // A cat that stood there otherwise would fill much of what is clear beside this one.
      if (clear > 200) expect(stray / clear, image).toBeLessThan(0.25);
      const mean = sum.map((value) => value / art);
      const far = (rgb: readonly number[]) => Math.hypot(...rgb.map((level, c) => level - mean[c]!));
      const nearest = cats.toSorted((a, b) => far(a.rgb) - far(b.rgb))[0]!;
      expect(nearest.id).toBe(image);
    }
    const csv = await readFile(fileOf('-list.csv'), 'utf8');
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toBe('number,image,x,y,width,height,turn,left,top,right,bottom');
    expect(lines.slice(1)).toEqual(rows.map((row) => Object.values(row).join(',')));
  });

  /** Where a pixel of a cat's mask stands on the sheet, mm, as its row of the list says. */
  function placedBy(row: Omit<Row, 'image'>, { mask }: FlatCat) {
    const plane = { width: mask.width, height: mask.height } as Plates;
    const { left, top, right, bottom } = boxOf(pixelsWhere(plane, (at) => mask.data[at]! > 127));
    const scale = (Math.max(row.width, row.height) - 2 * BORDER) / Math.max(right - left, bottom - top);
    const angle = (row.turn / 180) * Math.PI;
    return (x: number, y: number): [number, number] => {
      const dx = (x + 0.5 - (left + right) / 2) * scale;
      const dy = (y + 0.5 - (top + bottom) / 2) * scale;
      return [
        row.x + dx * Math.cos(angle) - dy * Math.sin(angle),
        row.y + dx * Math.sin(angle) + dy * Math.cos(angle),
      ];
    };
  }

  test('keeps the resolution of turned pictures', () => {
    const { pictures } = made.manifest;
    expect(pictures).toHaveLength(12);
    for (const { ppi } of pictures) {
      expect(ppi).toBeGreaterThanOrEqual(300);
      expect(ppi).toBeLessThan(303);
    }
    expect(rows.filter(({ turn }) => turn % 90 > 1).length).toBeGreaterThan(6);
  });

  test('comes apart into art without cuts and cuts without art', async () => {
    const art = await plates(fileOf('-art.pdf'), { dpi: 150 });
    expect([...art.spots.keys()]).toEqual([]);
    expect(pixelsWhere(art, hasInk(art)).length).toBeGreaterThan(10_000);
    const cut = await plates(fileOf('-cut.pdf'), { dpi: DPI });
    expect([...cut.spots.keys()]).toEqual(['CutContour']);
    expect(pixelsWhere(cut, hasInk(cut))).toEqual([]);
    const [own, theirs] = [cut, found].map(({ spots }) => spots.get('CutContour')!);
    const other = own!.filter((value, at) => value !== theirs![at]).length;
    // Rounding of coordinates moves a pixel here and there.
    expect(other / own!.filter((value) => value > 0).length).toBeLessThan(0.02);
  });

  test('has the same cuts as SVG in mm', async () => {
    const { default: sharp } = await import('sharp');
    const svg = await readFile(fileOf('-cut.svg'), 'utf8');
    expect(svg).toContain(`width="${SHEET.width}mm" height="${SHEET.height}mm"`);
    const black = Buffer.from(
      svg
        .replace(
          `width="${SHEET.width}mm" height="${SHEET.height}mm"`,
          `width="${SHEET.width * PX}" height="${SHEET.height * PX}"`,
        )
        .replaceAll('#ff00ff', '#000')
        .replace(/stroke-width="[^"]*"/g, 'stroke-width="0.25"'),
    );
    const { data, info } = await sharp(black)
      .flatten({ background: '#fff' })
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(SHEET.width * PX);
    const own: Pixel[] = cuts.flat();
    const missing = some(own, 3).filter(([x, y]) => data[y * info.width + x]! > 200);
    expect(missing.length / some(own, 3).length).toBeLessThan(0.02);
  });

  test('is clean as labels go, and so are its parts but for what they leave out', async () => {
    expect(await labelFindings(made.pdf)).toEqual([]);
    // No layer for a cut; nothing but a cut.
    expect(await labelFindings(fileOf('-art.pdf'))).toEqual(['R1001']);
    expect(await labelFindings(fileOf('-cut.pdf'))).toEqual(['R0005']);
  });

  test('nested again has the same bytes', async () => {
    for (const folder of ['nestings', 'artwork'])
      await rm(join(line.folder, '.printcat', 'cache', folder), { recursive: true });
    const again = await line.made(wish(), 'again');
    expect(again.files.map(({ path }) => basename(path))).toEqual(
      made.files.map(({ path }) => basename(path)),
    );
    for (const [i, { path }] of made.files.entries())
      expect(await hashFile(again.files[i]!.path), basename(path)).toBe(await hashFile(path));
  });
});
