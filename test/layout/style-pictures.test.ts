import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askForStylePictures } from '../../src/layout/in-page.ts';
import { picturesLoaded } from '../../src/layout/pictures-loaded.ts';
import { render } from '../judges/index.ts';
import { openBrowser } from './sheets.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Long enough for a page that does not wait to be printed first. */
const LATE = 1500;

test.each([
  ['a background', '<i style="background:url(/late.png) 0 0/cover no-repeat">'],
  ['a mask', '<i style="background:#06c;mask-image:url(/late.png)">'],
  ['text of CSS', '<style>i::after{content:url(/late.png)}</style><i>'],
  ['a marker', '<ul><li style="list-style-image:url(/late.png)">One</ul>'],
])('%s that comes late is waited for', async (_, html) => {
  const page = await browser.newPage();
  const png = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#06c' } })
    .png()
    .toBuffer();
  let answered = 0;
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    if (!request.url().endsWith('.png')) return request.respond({ contentType: 'text/html', body: '' });
    await new Promise((done) => setTimeout(done, LATE));
    answered++;
    return request.respond({ contentType: 'image/png', body: png });
  });
  await page.goto('https://printcat.invalid/', { waitUntil: 'load' });
  // As a background is that is asked for after the load event.
  await page.evaluate((content) => {
    document.body.innerHTML = `<style>i{display:block;width:90px;height:90px}</style>${content}`;
  }, html);
  await page.evaluate(askForStylePictures);
  await picturesLoaded(page);
  expect(answered).toBe(1);
  const pdf = join(tmpdir(), `printcat-late-${process.pid}.pdf`);
  await writeFile(pdf, await page.pdf({ printBackground: true }));
  const { data } = await render(pdf, 72);
  const blue = data.filter((v, i) => i % 3 === 2 && v - data[i - 2]! > 100);
  expect(blue.length, 'pixels of the picture').toBeGreaterThan(100);
  await page.close();
});
