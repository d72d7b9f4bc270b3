import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import type { Artwork } from '../../../src/artwork/artwork.ts';
import type { PressColours } from '../../../src/colour/press-colours.ts';
import { LAYOUT_ZOOM } from '../../../src/layout/base-css.ts';
import { askForStylePictures, fontsReady, placeStandIns } from '../../../src/layout/in-page.ts';
import { lendPage } from '../../../src/layout/pages.ts';
import { picturesLoaded } from '../../../src/layout/pictures-loaded.ts';
import { ORIGIN, SheetResources } from '../../../src/layout/resources.ts';
import type { SeeThrough } from '../../../src/layout/see-through.ts';
import { sheetHtml } from '../../../src/layout/sheet.ts';
import { SheetPage } from '../../../src/layout/sheet-page.ts';
import type { SlotBox } from '../../../src/layout/slot-box.ts';
import { findTemplate, type Template } from '../../../src/layout/template.ts';
import { packagePath } from '../../../src/paths.ts';
import { pressPictures } from '../../../src/press/pictures.ts';
import { type PressFile, press } from '../../../src/press/press.ts';
import { standIn } from '../../../src/press/stand-ins.ts';
import { mmToPx } from '../../../src/units.ts';
import { PICTURE } from '../../layout/sheets.ts';
import { flatCard } from '../../products/flat.ts';
import { DRAWN_DPI, type Raster } from './appearance.ts';
import { madeFont } from './made-font.ts';

/** 2.4 × 3.2 in: whole numbers of pixels at the resolutions that are used here. */
const SIZE = { width: 60.96, height: 81.28 };
/** The resolution of the orders, px per inch. */
export const PPI = 300;

const GEOMETRY = flatCard(SIZE);

/** What a snippet became: its press file beside what the browser shows. */
export interface Pressed {
  readonly printed: Uint8Array;
  readonly file: PressFile;
  /** What the layout finds that lets something show through. */
  readonly seeThrough: readonly SeeThrough[];
  /** The browser's own picture of the page, sRGB, at `DRAWN_DPI`. */
  readonly screen: Raster;
}

const NOTHING: Raster = { data: new Uint8Array(), width: 0, height: 0 };

/** A folder with everything that snippets load; the caller removes it. */
export class Workbench {
  readonly folder: string;
  readonly #browser: Browser;
  /** Shows what the first one prints: a sheet takes any blank page of its own browser. */
  readonly #screens: Browser;
  readonly #colours: PressColours;
  /** A browser draws the page that is in front; two would take it from each other. */
  readonly #inFront = pLimit(1);
  #count = 0;

  private constructor(folder: string, browser: Browser, screens: Browser, colours: PressColours) {
    this.folder = folder;
    this.#browser = browser;
    this.#screens = screens;
    this.#colours = colours;
  }

  static async open(browser: Browser, screens: Browser, colours: PressColours): Promise<Workbench> {
    const folder = await mkdtemp(join(tmpdir(), 'printcat-css-'));
    const photo = sharp(packagePath('assets', 'demo', '20220910105122.png')).resize(1000, 667);
    const cutout = Buffer.from(
      '<svg width="1000" height="667"><ellipse cx="500" cy="333" rx="450" ry="300"/></svg>',
    );
    await Promise.all([
      photo.clone().jpeg({ quality: 92 }).toFile(join(folder, 'photo.jpg')),
      photo.clone().png().toFile(join(folder, 'photo.png')),
      photo.clone().webp({ lossless: true }).toFile(join(folder, 'photo.webp')),
      photo.clone().resize(200).jpeg().toFile(join(folder, 'small.jpg')),
      photo.clone().resize(200).png().toFile(join(folder, 'small.png')),
      photo
        .clone()
        .ensureAlpha()
        .composite([{ input: cutout, blend: 'dest-in' }])
        .png()
        .toFile(join(folder, 'cutout.png')),
      writeFile(join(folder, 'logo.svg'), LOGO),
      ...[...(await fonts())].map(([file, bytes]) => writeFile(join(folder, file), bytes)),
    ]);
    return new Workbench(folder, browser, screens, colours);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Takes a snippet through layout and press as `make` does.
   * @param look whether the browser draws it on a screen too
   */
  async press(snippet: string, { look = true } = {}): Promise<Pressed> {
    const template = await this.#template(snippet);
    const html = await sheetHtml(template, GEOMETRY, { fields: {}, pictures: [PICTURE] });
    const sheet = await SheetPage.open(this.#browser, template, GEOMETRY, html);
    try {
      const artworks = await Promise.all(sheet.slots.map((slot) => this.#artwork(slot)));
      const cache = join(this.folder, 'cache');
      await sheet.place(await Promise.all(artworks.map((artwork, i) => standIn(artwork, i, cache))));
      const seeThrough = await sheet.seeThrough();
      const printed = await sheet.pdf();
      const resolution = { ppi: PPI, drawn: await sheet.drawnPictures() };
      const pictures = pressPictures(artworks, this.#colours, cache);
      const facts = {
        title: 'css',
        author: '',
        date: new Date(0),
        producer: 'test',
        digitalSourceType: null,
      };
      const file = await press({
        printed,
        geometry: GEOMETRY,
        pictures,
        colours: this.#colours,
        facts,
        resolution,
      });
      const screen = look ? await this.#inFront(() => this.#screen(template, html, artworks)) : NOTHING;
      return { printed, file, seeThrough, screen };
    } finally {
      await sheet.close();
    }
  }

  async #template(snippet: string): Promise<Template> {
    const folder = join(this.folder, `template-${this.#count++}`);
    await mkdir(folder);
    const files = (await readdir(this.folder)).filter((file) => LOADED.test(file));
    await Promise.all(files.map((file) => copyFile(join(this.folder, file), join(folder, file))));
    const slot = { description: 'A picture' };
    const manifest = {
      title: 'CSS',
      description: 'One snippet',
      products: ['card'],
      language: 'en',
      fonts: [
        '@fontsource/eb-garamond/latin-400.css',
        '@fontsource/eb-garamond/latin-700.css',
        '@fontsource/noto-serif-jp/japanese-400.css',
      ],
      slots: { photo: slot, cutout: slot },
      fields: { type: 'object', properties: {} },
    };
    await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'template.html'), `<div class="page">${snippet}`);
    await writeFile(
      join(folder, 'style.css'),
      "body{font:16px 'EB Garamond','Noto Serif JP'}.page{position:absolute;inset:1mm 2mm}",
    );
    return findTemplate(folder);
  }

  async #artwork({ slot, box }: SlotBox): Promise<Artwork> {
    const [widthPx, heightPx] = [mmToPx(box.width, PPI), mmToPx(box.height, PPI)];
    const key = `${slot}-${widthPx}x${heightPx}`;
    const path = join(this.folder, `artwork-${this.#count++}.png`);
    const hasAlpha = slot === 'cutout';
    const source = join(this.folder, hasAlpha ? 'cutout.png' : 'photo.png');
    await sharp(source).resize(widthPx, heightPx).png().toFile(path);
    return {
      path,
      key,
      widthPx,
      heightPx,
      hasAlpha,
      sourcePpi: PPI,
      factor: 1,
      method: 'none',
      cached: false,
      warnings: [],
    };
  }

  async #screen(template: Template, html: string, artworks: readonly Artwork[]): Promise<Raster> {
    const resources = new SheetResources(template, html);
    const { page } = await lendPage(this.#screens, resources);
    try {
      const [width, height] = [SIZE.width, SIZE.height].map((mm) =>
        Math.round((mm / 25.4) * 96 * LAYOUT_ZOOM),
      ) as [number, number];
      await page.setViewport({
        width,
        height,
        deviceScaleFactor: DRAWN_DPI / (96 * LAYOUT_ZOOM),
      });
      await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
      await page.evaluate(fontsReady);
      const addresses = await Promise.all(
        artworks.map(async ({ path }, i) => resources.offer(String(i), await readFile(path))),
      );
      await page.evaluate(placeStandIns, addresses);
      await picturesLoaded(page);
      await page.evaluate(askForStylePictures);
      await picturesLoaded(page);
      const png = await page.screenshot({
        type: 'png',
        clip: { x: 0, y: 0, width, height },
        captureBeyondViewport: false,
      });
      const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      return { data, width: info.width, height: info.height };
    } finally {
      await page.close();
    }
  }
}

/** What is copied into each template's folder; the numbered ones are made on the way. */
const LOADED = /^[a-z]+\.(?:jpg|png|webp|svg|ttf)$/;

/** Fonts of the kinds that no font package brings. */
async function fonts(): Promise<Map<string, Buffer>> {
  const disc = (size: number) =>
    sharp(Buffer.from(DISC)).resize(size, size).flatten({ background: '#fff' }).png().toBuffer();
  const pixels = async (perEm: number) => ({ png: await disc(perEm), perEm });
  return new Map([
    ['icons.ttf', madeFont()],
    ['colour.ttf', madeFont({ colours: ['#ee0000', '#ffcc00'] })],
    ['pixels.ttf', madeFont({ pixels: await pixels(600) })],
    ['coarse.ttf', madeFont({ pixels: await pixels(32) })],
    ['variable.ttf', madeFont({ heavier: 400 })],
  ]);
}

const DISC = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="600" height="600">
<circle cx="5" cy="5" r="4.5" fill="#f80"/><circle cx="3.5" cy="4" r="1" fill="#063"/></svg>`;

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">
<defs><linearGradient id="g"><stop stop-color="#08f"/><stop offset="1" stop-color="#f0a"/></linearGradient></defs>
<circle cx="20" cy="20" r="18" fill="url(#g)"/><path d="M10 20h20" stroke="#fff" stroke-width="4"/></svg>`;

/** The snippets' placeholders: an `<img>` becomes a slot, everything else loads from the template's folder. */
export const filledIn = (snippet: string): string =>
  snippet
    .replaceAll('<img src={{photo}}', '<img data-slot="photo"')
    .replaceAll('<img src={{cutout_png}}', '<img data-slot="cutout"')
    .replaceAll('{{photo}}', '/template/photo.jpg')
    .replaceAll('{{photo_png}}', '/template/photo.png')
    .replaceAll('{{cutout_png}}', '/template/cutout.png');
