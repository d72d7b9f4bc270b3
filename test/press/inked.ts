import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { ExactColours } from '../../src/colour/exact-colours.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { sheetHtml } from '../../src/layout/sheet.ts';
import { SheetPage } from '../../src/layout/sheet-page.ts';
import { findTemplate } from '../../src/layout/template.ts';
import { TemplateColours } from '../../src/layout/template-colours.ts';
import { refuseMixed } from '../../src/layout/unmixed.ts';
import { type Black, richBlackWithin } from '../../src/press/black.ts';
import { type PressFile, press } from '../../src/press/press.ts';
import type { Standard } from '../../src/press/standards.ts';
import { type SpotNames, spotNames } from '../../src/products/spot-roles.ts';
import type { Box } from '../../src/units.ts';
import { type Plates, plates } from '../judges/index.ts';
import { flatCard } from '../products/flat.ts';

/** The plates are read at this resolution, px per inch: ten pixels a millimetre. */
export const DPI = 254;

export interface Wish {
  /** `colours` of the template.json. */
  readonly colours?: Readonly<Record<string, unknown>>;
  readonly css?: string;
  readonly black?: Black;
  readonly standard?: Standard;
  readonly inkLimit?: number;
  /** mm */
  readonly size?: { readonly width: number; readonly height: number };
  readonly names?: SpotNames;
  /** Files of the template, by their names. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Inked {
  readonly pdf: string;
  readonly file: PressFile;
  readonly coverage: number;
  plates(): Promise<Plates>;
}

/** Takes pieces of HTML through layout and press as `make` does, on a card without pictures. */
export class Inker {
  readonly folder: string;
  readonly #browser: Browser;
  #count = 0;

  private constructor(folder: string, browser: Browser) {
    this.folder = folder;
    this.#browser = browser;
  }

  static async open(browser: Browser): Promise<Inker> {
    return new Inker(await mkdtemp(join(tmpdir(), 'printcat-inked-')), browser);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  async ink(html: string, wish: Wish = {}): Promise<Inked> {
    const { black = 'k', standard = 'x4', size = { width: 100, height: 100 } } = wish;
    const geometry = flatCard(size);
    const template = await this.#template(html, wish);
    const colours = await PressColours.open('FOGRA39', {
      neutrals: black === 'profile' ? 'profile' : 'black',
      ...(wish.inkLimit !== undefined && { inkLimit: wish.inkLimit }),
    });
    const exact = new ExactColours((inks) => colours.look(inks), colours.inkLimit);
    const own = new TemplateColours(template.colours, exact, wish.names ?? spotNames.parse({}));
    const page = await sheetHtml(template, geometry, { fields: {} }, own);
    const sheet = await SheetPage.open(this.#browser, template, geometry, page);
    try {
      const printed = await sheet.pdf();
      await refuseMixed(sheet, template, exact, printed);
      const file = await press({
        ...{ printed, geometry, pictures: [], colours, exact, standard },
        ...(black === 'rich' && { richBlack: richBlackWithin([60, 40, 40, 100], colours.inkLimit) }),
        facts: { title: 'inks', author: '', date: new Date(0), producer: 'test', digitalSourceType: null },
      });
      const pdf = join(this.folder, `inked-${this.#count}.pdf`);
      await writeFile(pdf, file.pdf);
      if (process.env.PRINTCAT_KEEP)
        await writeFile(`${process.env.PRINTCAT_KEEP}-${this.#count}.pdf`, file.pdf);
      const coverage = colours.vectorCoverage;
      return { pdf, file, coverage, plates: () => plates(pdf, { dpi: DPI, middles: true }) };
    } finally {
      await sheet.close();
    }
  }

  async #template(html: string, { colours = {}, css = '', files = {} }: Wish) {
    const folder = join(this.folder, `template-${++this.#count}`);
    await mkdir(folder);
    const manifest = {
      ...{ title: 'Inks', description: 'One piece of HTML', products: ['card'], language: 'en' },
      fonts: ['@fontsource/jost/latin-400.css'],
      ...{ slots: {}, fields: { type: 'object', properties: {} }, colours },
    };
    await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'template.html'), html);
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    await writeFile(
      join(folder, 'style.css'),
      `body{font:10pt Jost}body>*{position:absolute;box-sizing:border-box}${css}`,
    );
    return findTemplate(folder);
  }
}

/** Percent of C, M, Y, K and every spot. */
export type InksFound = Readonly<Record<string, number>>;

function inksOf(found: Plates, pixel: number): InksFound {
  const at = (plate: Uint8Array) => (100 * plate[pixel]!) / 255;
  const spots = Object.fromEntries([...found.spots].map(([name, plate]) => [name, at(plate)]));
  return { C: at(found.C), M: at(found.M), Y: at(found.Y), K: at(found.K), ...spots };
}

/** The inks in the middle of a box, mm from the top left. */
export function inksAt(found: Plates, box: Box): InksFound {
  const x = Math.floor((box.x + box.width / 2) * 10);
  const y = Math.floor((box.y + box.height / 2) * 10);
  return inksOf(found, y * found.width + x);
}

/** The inks of every pixel in a box, mm from the top left. */
export function inksIn(found: Plates, box: Box): InksFound[] {
  const pixels: InksFound[] = [];
  for (let y = Math.floor(box.y * 10); y < (box.y + box.height) * 10; y++) {
    for (let x = Math.floor(box.x * 10); x < (box.x + box.width) * 10; x++) {
      pixels.push(inksOf(found, y * found.width + x));
    }
  }
  return pixels;
}

/** The most ink that is on one pixel of a box. */
export function heaviestIn(found: Plates, box: Box): InksFound {
  const sum = (inks: InksFound) => Object.values(inks).reduce((total, ink) => total + ink, 0);
  return inksIn(found, box).reduce((most, inks) => (sum(inks) > sum(most) ? inks : most));
}
