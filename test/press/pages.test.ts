import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Artwork } from '../../src/artwork/artwork.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { screenColours } from '../../src/colour/screen-colours.ts';
import { hashFile } from '../../src/files.ts';
import { encodePictures, type OutputColours } from '../../src/press/output-colours.ts';
import { type PressJob, press, pressInto } from '../../src/press/press.ts';
import { standIn } from '../../src/press/stand-ins.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { mmToPt } from '../../src/units.ts';
import { type Plates, pdfBoxes, pdfImages, plates, qpdfCheck } from '../judges/index.ts';
import { openBrowser } from '../layout/sheets.ts';
import { flatCard } from '../products/flat.ts';
import { artworkOf } from './pictures-helpers.ts';

const card = (pages: number) =>
  flatCard({ width: 60, height: 40 }, { bleed: 3, slug: 10, marks: 'western', pages });
const PAGES = 3;
const FACTS = { title: 'pages', author: '', date: new Date(0), producer: 'test', digitalSourceType: null };

let folder: string;
let browser: Browser;
let artworks: Artwork[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-pages-'));
  browser = await openBrowser();
  artworks = await Promise.all(
    Array.from({ length: PAGES }, (_, page) => {
      const [width, height] = [300 + page, 200];
      const data = new Uint8Array(width * height * 3);
      for (let i = 0; i < data.length; i++) data[i] = (i * (page + 3) + (i >> 7)) & 0xff;
      return artworkOf(folder, { width, height, channels: 3, data });
    }),
  );
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Pages of a picture, a gradient and type, printed by the browser as large as the sheet. */
async function print(list: readonly number[]): Promise<Uint8Array> {
  const { media } = pageBoxes(card(1));
  const pictures = await Promise.all(
    list.map((page, i) => standIn(artworks[page]!, i, join(folder, 'cache'))),
  );
  const html = list.map(
    (page, i) => `<section>
      <img src="data:image/jpeg;base64,${pictures[i]!.toString('base64')}">
      <i style="background:linear-gradient(90deg,hsl(${page * 90} 80% 50%),#fff)"></i><b>Page ${page}</b>
    </section>`,
  );
  const page = await browser.newPage();
  try {
    await page.setContent(`<style>
      @page{size:${media.width}mm ${media.height}mm;margin:0} body{margin:0}
      section{position:relative;width:100%;height:${media.height}mm;break-after:page;overflow:hidden}
      section:last-child{break-after:avoid} section>*{position:absolute;left:15mm}
      img{top:15mm;width:25mm;height:16mm} i{top:34mm;width:40mm;height:8mm} b{top:45mm;font:20px sans-serif}
    </style>${html.join('')}`);
    return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: false, outline: false });
  } finally {
    await page.close();
  }
}

async function job(list: readonly number[], colours: OutputColours): Promise<PressJob> {
  const chosen = list.map((page) => artworks[page]!);
  return {
    ...{ printed: await print(list), geometry: card(list.length), colours, facts: FACTS },
    pictures: encodePictures(chosen, colours, join(folder, 'cache'), {}),
    ...(colours.space === 'rgb' && { standard: 'rgb' }),
  };
}

const difference = (a: Plates, b: Plates): number => {
  let sum = 0;
  for (const ink of ['C', 'M', 'Y', 'K'] as const) {
    for (let i = 0; i < a[ink].length; i++) sum += Math.abs(a[ink][i]! - b[ink][i]!);
  }
  return sum / (4 * a.C.length);
};

describe('a file of several pages', () => {
  test('each page is what it is in a file of its own, with its boxes and its own picture', async () => {
    const colours = await PressColours.open('FOGRA39');
    const path = join(folder, 'pages.pdf');
    const all = [0, 1, 2];
    const written = await pressInto(path, await job(all, colours));
    expect(written.sha256).toBe(await hashFile(path));
    expect(written.bytes).toBe((await readFile(path)).length);
    expect(await qpdfCheck(path)).toMatchObject({ ok: true });
    const images = (await pdfImages(path)).filter(({ type }) => type === 'image');
    expect(images.map(({ page, width, color }) => [page, width, color])).toEqual(
      all.map((page) => [page + 1, 300 + page, 'cmyk']),
    );
    const { pages, boxes } = await pdfBoxes(path);
    expect(pages).toBe(PAGES);
    expect(boxes.MediaBox[2]).toBeCloseTo(mmToPt(86), 1);
    for (const page of all) {
      const alone = join(folder, `page-${page}.pdf`);
      await pressInto(alone, await job([page], colours));
      const [together, own] = [await plates(path, { page: page + 1 }), await plates(alone)];
      expect(difference(together, own), `page ${page}`).toBeLessThan(0.01);
      const other = await plates(path, { page: ((page + 1) % PAGES) + 1 });
      expect(difference(other, own), `page ${page} and the next`).toBeGreaterThan(1);
    }
  });

  test('in sRGB, too', async () => {
    const path = join(folder, 'screen.pdf');
    await pressInto(path, await job([0, 1, 2], await screenColours()));
    const images = (await pdfImages(path)).filter(({ type }) => type === 'image');
    expect(images.map(({ page, width, color }) => [page, width, color])).toEqual(
      [0, 1, 2].map((page) => [page + 1, 300 + page, 'rgb']),
    );
  });

  test('in memory and in a file it has the same bytes', async () => {
    const colours = await PressColours.open('FOGRA39');
    const printed = await job([1, 2], colours);
    const path = join(folder, 'twice.pdf');
    await pressInto(path, printed);
    const { pdf } = await press(printed);
    expect(Buffer.compare(pdf, await readFile(path))).toBe(0);
  });

  test('more pages or fewer than the product has are refused', async () => {
    const colours = await PressColours.open('FOGRA39');
    const printed = await job([0, 1], colours);
    await expect(press({ ...printed, geometry: card(1) })).rejects.toThrow(
      'comes out on 2 pages instead of one page',
    );
    await expect(press({ ...printed, geometry: card(3) })).rejects.toThrow(
      'comes out on 2 pages instead of 3 pages',
    );
  });
});
