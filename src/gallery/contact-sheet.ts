import type { Browser, Page } from 'puppeteer-core';
import { ORIGIN, SheetResources } from '../layout/resources.ts';
import { packagePath } from '../paths.ts';
import { contactSheetHtml, type SheetWords, sheetFonts, WIDTH } from './contact-sheet-html.ts';

/** A picture on a contact sheet, and what is said below it. */
export interface Tile {
  /** JPEG. */
  readonly picture: Uint8Array;
  readonly title: string;
  readonly details: string;
}

export interface ContactSheetWish extends SheetWords {
  readonly tiles: readonly Tile[];
  readonly kind: 'png' | 'jpeg' | 'pdf';
}

/** Width of a full sheet as a picture, px; as a PDF it is as wide as an A3 sheet lies (`WIDTH`). */
const PX = 2000;
/** CSS px to an inch. */
const CSS_PPI = 96;

/** Pictures in justified rows, as they come, each with its words: a PNG or JPEG, or a PDF of one page with live text. */
export async function contactSheet(
  browser: Browser,
  { tiles, kind, ...words }: ContactSheetWish,
): Promise<Uint8Array> {
  const measured = await Promise.all(
    tiles.map(async ({ picture, title, details }) => ({ aspect: await aspectOf(picture), title, details })),
  );
  const html = contactSheetHtml(words, measured);
  const page = await browser.newPage();
  try {
    const resources = new SheetResources({ folder: packagePath('assets'), fonts: [...sheetFonts] }, html);
    for (const [i, { picture }] of tiles.entries()) resources.offer(`${i}`, picture);
    await page.setRequestInterception(true);
    page.on('request', (request) => void resources.answer(request));
    await page.setViewport({ width: WIDTH, height: 1000, deviceScaleFactor: PX / WIDTH });
    await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return kind === 'pdf' ? await pdfOf(page) : await pictureOf(page, kind);
  } finally {
    await page.close().catch(() => undefined);
  }
}

async function aspectOf(picture: Uint8Array): Promise<number> {
  const { default: sharp } = await import('sharp');
  const { width = 1, height = 1 } = await sharp(picture).metadata();
  return width / height;
}

/** A single row that is not full takes no more room than it needs. */
const sheetSize = (page: Page): Promise<{ width: number; height: number }> =>
  page.evaluate(() => {
    const { width, height } = document.body.getBoundingClientRect();
    return { width: Math.ceil(width), height: Math.ceil(height) };
  });

async function pictureOf(page: Page, kind: 'png' | 'jpeg'): Promise<Uint8Array> {
  const clip = { x: 0, y: 0, ...(await sheetSize(page)) };
  return page.screenshot({
    ...{ type: kind, clip, captureBeyondViewport: true },
    ...(kind === 'jpeg' && { quality: 88 }),
  });
}

async function pdfOf(page: Page): Promise<Uint8Array> {
  const { width, height } = await sheetSize(page);
  const inch = (px: number) => `${px / CSS_PPI}in`;
  const bytes = await page.pdf({
    ...{ width: inch(width), height: inch(height), printBackground: true, tagged: false, outline: false },
    margin: { top: 0, right: 0, bottom: 0, left: 0 },
    pageRanges: '1',
  });
  const { PDFDict, PDFDocument, PDFName } = await import('pdf-lib');
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  // The browser writes the time at which it printed: the same sheet would never be the same file.
  const info = pdf.context.lookup(pdf.context.trailerInfo.Info, PDFDict);
  for (const key of ['CreationDate', 'ModDate']) info.delete(PDFName.of(key));
  return pdf.save();
}
