import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProduct } from '../../src/products/index.ts';
import { openBrowser, openSheet, writtenTemplate } from './sheets.ts';

const geometry = findProduct('book-cover').geometry({ printer: 'jp', size: 'a6', pages: 200 });
const HTML = `<div data-panel="front"><img data-slot="art" data-ground alt=""><img src="/template/cat.png" alt="" style="width:40mm;height:40mm;
  image-rendering:pixelated"><p data-safe>Title</p></div>`;

/** Two templates whose files have the same names and nothing else in common. */
let templates: Awaited<ReturnType<typeof writtenTemplate>>[];
let browser: Browser;
let standIn: Buffer;
beforeAll(async () => {
  browser = await openBrowser();
  standIn = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();
  templates = await Promise.all(
    ['#06c', '#c60'].map((colour) =>
      writtenTemplate(HTML, `p{color:${colour}}`, { art: { description: 'Art' } }),
    ),
  );
  for (const [i, { template }] of templates.entries()) {
    const noise = { type: 'gaussian', mean: 60 + 120 * i, sigma: 20 } as const;
    const picture = sharp({ create: { width: 900, height: 900, channels: 3, background: '#000', noise } });
    await writeFile(join(template.folder, 'cat.png'), await picture.png().toBuffer());
  }
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(templates.map(({ remove }) => remove()));
});

async function printed(of: Browser, which: number): Promise<Buffer> {
  const sheet = await openSheet(of, templates[which]!.template, geometry, { title: 'Title' });
  await sheet.place([standIn]);
  const pdf = await sheet.pdf();
  await sheet.close();
  // When it was printed is the only thing that may differ.
  return Buffer.from(
    Buffer.from(pdf)
      .toString('latin1')
      .replaceAll(/D:\d{14}/g, 'D:'),
    'latin1',
  );
}

test('a sheet on a page that another has used is the sheet of a new browser', async () => {
  const alone = await openBrowser();
  const expected = await printed(alone, 1).finally(() => alone.close());
  const first = await printed(browser, 0);
  const open = (await browser.pages()).length;
  expect((await printed(browser, 1)).equals(expected)).toBe(true);
  expect((await printed(browser, 0)).equals(first)).toBe(true);
  expect(first.equals(expected)).toBe(false);
  expect(await browser.pages()).toHaveLength(open);
});

test('sheets that are laid out at the same time do not wait for each other', async () => {
  const rounds = [0, 1, 2];
  for (const round of rounds) {
    const pdfs = await Promise.all([0, 1, 0, 1, 0].map((which) => printed(browser, which)));
    expect(pdfs[round + 2]!.equals(pdfs[round]!)).toBe(true);
  }
});

test('a page that was given up in the middle is not used again', async () => {
  const sheet = await openSheet(browser, templates[0]!.template, geometry, { title: 'Title' });
  const open = (await browser.pages()).length;
  const pdf = sheet.pdf();
  await Promise.all([expect(pdf).rejects.toThrow(), sheet.close()]);
  expect(await browser.pages()).toHaveLength(open - 1);
});
