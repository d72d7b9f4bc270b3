import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenOrder } from '../../src/studio/protocol.ts';
import { render } from '../judges/index.ts';
import { openBrowser } from '../layout/sheets.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, openStudio } from './open.ts';
import { userBrowser, violations } from './visitor.ts';

const ORDER: WrittenOrder = {
  ...{ product: 'book-cover', images: [IMAGES[0]!], template: 'quarter', upscaler: 'lanczos' },
  ...{ size: 'a6', pages: 200, ppi: 150, fields: { title: 'Night Walks' } },
};

let printing: Browser;
let user: Browser;
let studio: OpenStudio;
let page: Page;
let downloads: string;
const complaints: string[] = [];

beforeAll(async () => {
  [printing, user, downloads] = await Promise.all([
    openBrowser(),
    userBrowser(),
    mkdtemp(join(tmpdir(), 'printcat-hand-')),
  ]);
  studio = await openStudio(printing, ORDER);
  page = await user.newPage();
  await page.setViewport({ width: 1200, height: 800 });
  page.on('console', (message) => void complaints.push(message.text()));
  page.on('pageerror', (error) => void complaints.push(String(error)));
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  await page.goto(studio.server.url);
  await page.waitForSelector('.printed.there', { timeout: 60_000 });
});
afterAll(async () => {
  await Promise.all([printing?.close(), user?.close()]);
  await studio?.close();
  await rm(downloads, { recursive: true, force: true });
});

const look = (at: number) =>
  page.evaluate((n) => document.querySelectorAll<HTMLInputElement>('[name=look]')[n]!.click(), at);

/** Does something that downloads a file, and waits for the file. */
async function downloaded(work: () => Promise<unknown>, ending: string): Promise<Buffer> {
  await work();
  for (let waited = 0; waited < 600; waited++) {
    const file = (await readdir(downloads)).find((name) => name.endsWith(ending));
    if (file) {
      const bytes = await readFile(join(downloads, file));
      await rm(join(downloads, file));
      return bytes;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No ${ending} came`);
}

/** The mean colour of a part of a picture given in fractions of it. */
async function meanOf(picture: Uint8Array, [x, y, w, h]: readonly [number, number, number, number]) {
  const { width, height } = await sharp(picture).metadata();
  const part = {
    left: Math.round(x * width),
    top: Math.round(y * height),
    width: Math.max(1, Math.round(w * width)),
    height: Math.max(1, Math.round(h * height)),
  };
  const cut = await sharp(picture).extract(part).removeAlpha().toBuffer();
  return (await sharp(cut).stats()).channels.map(({ mean }) => mean);
}

const near = (a: readonly number[], b: readonly number[], within: number) => {
  for (const [c, value] of a.entries()) {
    expect(Math.abs(value - b[c]!), `${a} and ${b}`).toBeLessThan(within);
  }
};

const VIEWS = [
  ['light', 'en', 1200],
  ['dark', 'ja', 1200],
  ['light', 'ja', 390],
  ['dark', 'en', 390],
] as const;

/** What axe finds in both themes and languages, wide and narrow; and what is wider than its place: the page, a row of controls. */
async function flaws(): Promise<string[]> {
  const found: string[] = [];
  for (const [theme, language, width] of VIEWS) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 800 });
    await page.select('.tastes select', language);
    found.push(...(await violations(page)));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) found.push(`${overflow} px too wide at ${width}`);
    const scrolling = await page.$$eval('.bar, .toggles, .choices', (rows) =>
      rows.filter((row) => row.scrollWidth > row.clientWidth + 1).map((row) => row.className),
    );
    found.push(...scrolling.map((name) => `${name} scrolls sideways at ${width}, ${language}`));
  }
  await page.setViewport({ width: 1200, height: 800 });
  await page.select('.tastes select', 'en');
  return found;
}

describe('in the hand', () => {
  it('is turned by keys, and saved with the colours of the front', async () => {
    await look(3);
    await page.waitForSelector('canvas[data-drawn]', { timeout: 60_000 });
    const yaw = () => page.$eval('.hand [type=range]', (input) => Number((input as HTMLInputElement).value));
    expect(await yaw()).toBe(28);
    await page.focus('.hand .desk');
    await page.keyboard.press('ArrowRight');
    expect(await yaw()).toBeCloseTo(35.5, -1);
    // Its front towards the camera.
    await page.$eval('.hand [type=range]', (input) => {
      (input as HTMLInputElement).value = '0';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    const png = await downloaded(() => page.click('.hand .second'), '.png');
    expect(await sharp(png).metadata()).toMatchObject({ width: 2000, height: 2000, format: 'png' });
    const made = await studio.post('/api/order', { order: ORDER });
    expect(made.status).toBe(200);
    const face = await printedFront();
    // The middle of the front, where the picture is.
    near(await meanOf(png, [0.42, 0.3, 0.16, 0.12]), await meanOf(face, [0.38, 0.22, 0.24, 0.15]), 24);
  });

  it('has no violation that axe knows', async () => {
    expect(await flaws()).toEqual([]);
  });
});

/** The front of the press file, drawn by poppler. */
async function printedFront(): Promise<Buffer> {
  const order = { ...ORDER, standard: 'rgb' };
  const lines = await (await studio.post('/api/make', { order })).text();
  const { done } = JSON.parse(lines.trim().split('\n').at(-1)!) as {
    done: { id: string; files: { role: string; name: string }[] };
  };
  const at = done.files.findIndex(({ role }) => role === 'print');
  const pdf = await (await studio.get(`/api/made/${done.id}/${at}`)).arrayBuffer();
  const file = join(downloads, 'made.pdf');
  await writeFile(file, Buffer.from(pdf));
  const { width, height, data } = await render(file, 72);
  const view = (await (await studio.post('/api/view', { order })).json()) as {
    trim: { x: number; y: number; width: number; height: number };
  };
  const px = (mm: number) => Math.round((mm / 25.4) * 72);
  // A6: the front is the right 105 mm of the trim.
  return sharp(data, { raw: { width, height, channels: 3 } })
    .extract({
      left: px(view.trim.x + view.trim.width - 105),
      top: px(view.trim.y),
      width: px(105),
      height: px(view.trim.height),
    })
    .png()
    .toBuffer();
}

describe('compared', () => {
  it('is one product with many pictures, each as its proof shows it, saved as a sheet', async () => {
    await look(4);
    await page.evaluate(() => document.querySelectorAll<HTMLInputElement>('[name=over]')[1]!.click());
    await page.click('.compare .first');
    await page.waitForSelector('.tiles img', { timeout: 60_000 });
    // What is there when it is stopped is enough.
    await page.click('.compare .toggles > .second');
    await page.waitForSelector('.compare .toggles > .first');
    await page.waitForSelector('.compare .toggles > .second:not(:disabled)');
    const sources = await page.$$eval('.tiles img', (all) => all.map((image) => image.getAttribute('src')!));
    expect(sources.length).toBeGreaterThan(0);
    expect(await flaws()).toEqual([]);
    const png = await downloaded(
      () => page.evaluate(() => document.querySelectorAll<HTMLElement>('.compare .second')[0]!.click()),
      '.png',
    );
    const first = Buffer.from(await (await studio.get(sources[0]!)).arrayBuffer());
    const { width = 1, height = 1 } = await sharp(png).metadata();
    const { width: w = 1, height: h = 1 } = await sharp(first).metadata();
    // CSS px: a margin of 56, a head of 48 with 36 below it, then a row of at most three, 327.5 high.
    const css = 2000 / 1587;
    const inRow = Math.min(3, sources.length);
    const rowHeight = Math.min(327.5, (1587 - 2 * 56 - 36 * (inRow - 1)) / inRow / (w / h));
    const part = [
      (56 * css) / width,
      ((56 + 48 + 36) * css) / height,
      (rowHeight * css * w) / h / width,
      (rowHeight * css) / height,
    ] as const;
    near(await meanOf(png, part), await meanOf(first, [0, 0, 1, 1]), 8);
  });

  it('had nothing to complain of', () => {
    expect(complaints).toEqual([]);
    expect(studio.mistakes).toEqual([]);
  });
});
