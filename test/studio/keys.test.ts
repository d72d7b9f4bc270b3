import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenOrder } from '../../src/studio/protocol.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, type Visit, visitStudio } from './open.ts';
import { violations } from './visitor.ts';

const ORDER: WrittenOrder = {
  ...{ product: 'postcard', images: [IMAGES[0]!], template: 'shop-card', upscaler: 'lanczos' },
  ...{ ppi: 150, fields: { title: 'Night Walks' } },
};

let visit: Visit;
let studio: OpenStudio;
let page: Page;

beforeAll(async () => {
  visit = await visitStudio(ORDER);
  ({ studio, page } = visit);
  await page.waitForSelector('.printed.there', { timeout: 60_000 });
});
afterAll(() => visit?.close());

const lookNow = (): Promise<string> =>
  page.$eval('[name=look]:checked', (radio) => radio.nextElementSibling!.textContent!);
const spoken = (): Promise<string> => page.$eval('[aria-live]', (element) => element.textContent!);

/** Presses a key and waits until the page is drawn anew. */
async function press(key: string): Promise<void> {
  await page.keyboard.type(key);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

describe('keys', () => {
  it('switch between the views, and say so', async () => {
    const seen: [string, string][] = [];
    for (const key of ['1', '3', '4', '5', '2']) {
      await press(key);
      seen.push([await lookNow(), await spoken()]);
    }
    const names = ['Layout', 'Plates', 'In the hand', 'Compare', 'As printed'];
    expect(seen).toEqual(names.map((name) => [name, name]));
  });

  it('turn pages, and no further than there are', async () => {
    const at = () => page.$eval('.pages span', (element) => element.textContent);
    expect(await at()).toBe('Page 1 / 2 front');
    await press('n');
    expect(await at()).toBe('Page 2 / 2 address');
    expect(await spoken()).toBe('Page 2 / 2');
    await press('n');
    expect(await at()).toBe('Page 2 / 2 address');
    await press('p');
    expect(await at()).toBe('Page 1 / 2 front');
  });

  it('zoom to fit, to true size, to pixels, and by steps', async () => {
    const { media } = (await (await studio.post('/api/view', { order: ORDER })).json()) as {
      media: { width: number };
    };
    const width = () => page.$eval('.sheet', (sheet) => sheet.getBoundingClientRect().width);
    const fit = await width();
    await press('0');
    // CSS: 96 px to an inch.
    expect(await width()).toBeCloseTo((media.width / 25.4) * 96, 1);
    await press('x');
    expect(await width()).toBeCloseTo((media.width / 25.4) * 150, 1);
    await press('-');
    expect(await width()).toBeCloseTo((media.width / 25.4) * 120, 1);
    await press('+');
    expect(await width()).toBeCloseTo((media.width / 25.4) * 150, 1);
    await press('f');
    expect(await width()).toBeCloseTo(fit, 1);
  });

  it('are letters where somebody types', async () => {
    const title = '[id="control-fields.title"]';
    await page.focus(title);
    await press('1x5');
    expect(await lookNow()).toBe('As printed');
    expect(await page.$eval(title, (field) => (field as HTMLInputElement).value)).toContain('1x5');
    await page.$eval(title, (field) => (field as HTMLElement).blur());
  });

  it('are listed by a key, with a way to keep them to the product', async () => {
    await page.focus('.out .second');
    await press('?');
    await page.waitForSelector('.keys[open]');
    const listed = await page.$$eval('.keys dl > div', (rows) =>
      rows.map((row) => [
        [...row.querySelectorAll('kbd')].map((key) => key.textContent).join(' '),
        row.querySelector('dd')!.textContent,
      ]),
    );
    expect(listed).toEqual(
      expect.arrayContaining([
        ['1', 'Layout'],
        ['5', 'Compare'],
        ['N', 'Next page'],
        ['P', 'Previous page'],
        ['F', 'Fit'],
        ['0', '100 %'],
        ['X', '1:1'],
        ['?', 'This list'],
      ]),
    );
    expect(await violations(page)).toEqual([]);
    // Behind the list nothing happens.
    await press('1');
    await page.click('.keys [type=checkbox]');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('.keys'));
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Save the order');
    expect(await lookNow()).toBe('As printed');
    await press('1');
    expect(await lookNow()).toBe('As printed');
    await page.focus('.desk');
    await press('1');
    expect(await lookNow()).toBe('Layout');
    await page.click('.tastes button');
    await page.click('.keys [type=checkbox]');
    await page.keyboard.press('Escape');
  });
});

describe('Tab', () => {
  it.each([
    ['1', 1400],
    ['3', 1400],
    ['4', 1400],
    ['5', 1400],
    ['2', 390],
  ] as const)('reaches every control of view %s at %i px, and each shows its focus', async (view, width) => {
    await page.setViewport({ width, height: 900 });
    // Findings that come later are controls, too.
    await page.waitForSelector('.state:not(.busy)', { timeout: 60_000 });
    await page.evaluate(() => {
      // The next Tab goes to the page's first control.
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await press(view);
    const { all, missed, unseen } = await walked();
    expect({ missed, unseen }).toEqual({ missed: [], unseen: [] });
    // The panels alone have forty of them.
    expect(all.length).toBeGreaterThan(40);
  });
});

/** Walks over the page by Tab, from its first control to its last. */
async function walked() {
  const all = await page.evaluate(() => {
    const wanted = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const found = [...document.querySelectorAll<HTMLInputElement>(wanted)].filter(
      (element) =>
        !element.disabled &&
        element.checkVisibility({ visibilityProperty: true }) &&
        // Of radio buttons the one that is chosen; arrow keys go to the others.
        (element.type !== 'radio' || element.checked),
    );
    return found.map((element, i) => {
      element.dataset.tab = `${i} ${element.outerHTML.slice(0, 80)}`;
      return element.dataset.tab;
    });
  });
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element.dataset.tab === undefined) return null;
      // A radio button looks like the words beside it.
      const drawn = element.matches('.choice input') ? (element.nextElementSibling as HTMLElement) : element;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      const { x, y, width, height } = drawn.getBoundingClientRect();
      const top = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
      return {
        name: element.dataset.tab,
        hasRing: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        isFree: top !== null && (element.contains(top) || element.parentElement!.contains(top)),
      };
    });
    if (!stop || reached.has(stop.name)) break;
    reached.add(stop.name);
    if (!stop.hasRing) unseen.push(`without a ring: ${stop.name}`);
    if (!stop.isFree) unseen.push(`covered: ${stop.name}`);
  }
  await page.$$eval('[data-tab]', (elements) => {
    for (const element of elements) element.removeAttribute('data-tab');
  });
  return { unseen, all, missed: all.filter((name) => !reached.has(name)) };
}
