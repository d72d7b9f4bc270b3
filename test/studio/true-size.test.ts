import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { View, WrittenOrder } from '../../src/studio/protocol.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, type Visit, visitStudio } from './open.ts';
import { violations } from './visitor.ts';

const ORDER: WrittenOrder = {
  ...{ product: 'postcard', images: [IMAGES[0]!], template: 'shop-card', upscaler: 'lanczos' },
  fields: { title: 'True' },
};

let visit: Visit;
let studio: OpenStudio;
let page: Page;

beforeAll(async () => {
  visit = await visitStudio(ORDER);
  ({ studio, page } = visit);
  await page.waitForSelector('.sheet');
});
afterAll(() => visit?.close());

const widthOf = async (selector: string): Promise<number> =>
  (await (await page.waitForSelector(selector))!.boundingBox())!.width;

const atTrueSize = (): Promise<void> =>
  page.evaluate(() => document.querySelectorAll<HTMLInputElement>('[name=zoom]')[1]!.click());

it('shows the product as large as it is, once a card held to the screen has said how large a mm is', async () => {
  const { media } = (await (await studio.post('/api/view', { order: ORDER })).json()) as View;
  await atTrueSize();
  // 96 px to an inch, as long as nobody knows better.
  expect(await widthOf('.sheet')).toBeCloseTo((media.width / 25.4) * 96, 0);
  await page.click('.true-size-button');
  expect(await widthOf('.card')).toBeCloseTo((85.6 / 25.4) * 96, 0);
  expect(await violations(page)).toEqual([]);

  // A screen of 4.5 CSS px to a mm: the frame is made as large as a card is on it.
  await page.$eval('.true-size [type=range]', (input) => {
    (input as HTMLInputElement).value = '4.5';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(await widthOf('.card')).toBeCloseTo(85.6 * 4.5, 0);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('.true-size'));
  expect(await widthOf('.sheet')).toBeCloseTo(media.width * 4.5, 0);

  // It is remembered; and the browser's own zoom, which makes a CSS px larger, makes no difference to a mm.
  await page.setViewport({ width: 700, height: 450, deviceScaleFactor: 2 });
  await page.reload();
  await page.waitForSelector('.sheet');
  await atTrueSize();
  expect(await widthOf('.sheet')).toBeCloseTo((media.width * 4.5) / 2, 0);
  await page.click('.true-size-button');
  await page.click('.true-size .second');
  await page.keyboard.press('Escape');
  expect(await widthOf('.sheet')).toBeCloseTo((media.width / 25.4) * 96, 0);
  expect(await page.evaluate(() => localStorage.getItem('printcat.screen'))).toBeNull();
});
