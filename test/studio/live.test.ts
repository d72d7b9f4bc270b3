import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openBrowser } from '../layout/sheets.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, openStudio } from './open.ts';
import { userBrowser } from './visitor.ts';

const orderOf = (title: string, more: object = {}): string =>
  stringify({
    ...{ product: 'postcard', image: IMAGES[0], template: 'shop-card', upscaler: 'lanczos', ...more },
    fields: { title },
  });

let printing: Browser;
let user: Browser;
let studio: OpenStudio;
let page: Page;

beforeAll(async () => {
  [printing, user] = await Promise.all([openBrowser(), userBrowser()]);
  const write = (workspace: string) => writeFile(join(workspace, 'card.yaml'), orderOf('Before'));
  studio = await openStudio(printing, null, write, 'card.yaml');
  page = await user.newPage();
  await page.goto(studio.server.url);
});
afterAll(async () => {
  await Promise.all([printing?.close(), user?.close()]);
  await studio?.close();
});

const rewrite = (text: string): Promise<void> => writeFile(join(studio.workspace, 'card.yaml'), text);

async function shownText(): Promise<string> {
  const frame = await (await page.$('.frames iframe.there'))?.contentFrame();
  return (await frame?.evaluate(() => document.body.innerText).catch(() => '')) ?? '';
}

const untilShown = (text: string): Promise<void> =>
  expect.poll(shownText, { timeout: 30_000 }).toContain(text);

const complaint = (): Promise<string> =>
  page.$eval('.problem b', (element) => element.textContent ?? '').catch(() => '');

it('follows an order in a file, tells its mistakes with their lines, and keeps the last good view', async () => {
  await untilShown('Before');
  await rewrite(orderOf('After'));
  await untilShown('After');

  await rewrite(orderOf('Wrong', { ppi: 'many' }));
  await expect.poll(complaint, { timeout: 30_000 }).toMatch(/card\.yaml:5: Expected .*ppi.*many/);
  expect(await shownText()).toContain('After');

  await rewrite('product: postcard\nfields: {title: "open\n');
  await expect.poll(complaint, { timeout: 30_000 }).toMatch(/card\.yaml:\d: /);
  expect(await shownText()).toContain('After');

  // As many editors save: a new file in the old one's place.
  const other = join(studio.workspace, 'card.yaml~');
  await writeFile(other, orderOf('Mended'));
  await rename(other, join(studio.workspace, 'card.yaml'));
  await untilShown('Mended');
  expect(await complaint()).toBe('');
  await rewrite(orderOf('Again'));
  await untilShown('Again');
  expect(studio.mistakes).toEqual([]);
});

it('lets a bleed fill of the order be dropped where no picture can be taken hold of', async () => {
  const pattern = { product: 'tenugui', image: IMAGES[0], repeat: 'grid', bleedFill: 'mirror' };
  await rewrite(stringify({ ...pattern, upscaler: 'lanczos' }));
  const drop = await page.waitForSelector('button[aria-label="Bleed: Leave it out"]', { timeout: 30_000 });
  await drop!.click();
  await expect.poll(() => page.$('button[aria-label="Bleed: Leave it out"]')).toBeNull();
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('picture');
});
