import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, listTemplates, type Template } from '../../src/layout/template.ts';
import { sampleOrder } from '../../src/order/sample.ts';
import type { Geometry } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import { bookSizes } from '../../src/products/sizes.ts';
import { hasTool, pdfFonts } from '../judges/index.ts';
import { inTemporaryFolder } from '../judges/tool.ts';
import { bookCoverGeometry } from '../products/covers.ts';
import { thinned } from '../setup/thinned.ts';
import { overlaps } from './page-text.ts';
import { openBrowser, openSheet } from './sheets.ts';

/** From the thinnest spine that can be glued to a thick one; type appears between the first two. */
const SPINES = [4, 6, 11, 40];

const templates = await Promise.all(
  (await listTemplates())
    .filter(({ products }) => products.includes('book-cover'))
    .map(async (template) => ({ name: template.name, template, sample: await sampleOrder(template) })),
);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const cover = (template: Template, size: string, spine: number): Geometry =>
  bookCoverGeometry({ printer: 'jp', size, spine, binding: template.binding });

/** Lays out and returns what the page shows. */
async function layOut(template: Template, geometry: Geometry, fields: Record<string, string>) {
  const sheet = await openSheet(browser, template, geometry, fields);
  try {
    const page = (await browser.pages()).at(-1)!;
    const text = await page.evaluate(() => document.body.textContent ?? '');
    const onSpine = await page.$eval('[data-panel="spine"]', (e) => e.textContent?.trim() ?? '');
    return { slots: sheet.slots, overlaps: await page.evaluate(overlaps), text, onSpine };
  } finally {
    await sheet.close();
  }
}

describe.each(templates)('$name', ({ template, sample }) => {
  test.each(thinned(bookSizes(), 5).map(({ name }) => name))(
    'lays its sample out at size %s, whatever the spine',
    async (size) => {
      for (const spine of SPINES) {
        const geometry = cover(template, size, spine);
        const { slots, overlaps, text, onSpine } = await layOut(template, geometry, sample.fields);
        expect(overlaps, `spine ${spine}`).toEqual([]);
        expect(text).toContain(sample.fields.publisher);
        expect(onSpine !== '', `type on a spine of ${spine} mm`).toBe(spine > 4);
        // The picture runs off the fore edge with the whole bleed, and off no fold.
        const edge = template.binding === 'right' ? 'left' : 'right';
        const front = geometry.pages[0]!.panels.find(({ name }) => name === 'front')!;
        expect(slots.map(({ slot }) => slot)).toEqual(['art']);
        expect(slots[0]!.bleed[edge]).toBeCloseTo(3, 1);
        expect(slots[0]!.box.x).toBeGreaterThanOrEqual(front.box.x - front.bleed.left - 0.02);
        expect(slots[0]!.box.x + slots[0]!.box.width).toBeLessThanOrEqual(
          front.box.x + front.box.width + front.bleed.right + 0.02,
        );
        // Nearly square, as generated pictures are: little of them is lost.
        const ratio = slots[0]!.box.width / slots[0]!.box.height;
        expect(ratio).toBeGreaterThan(0.8);
        expect(ratio).toBeLessThan(1.25);
      }
    },
  );

  test.each(['kdp', 'lulu', 'ingram', 'jp'] as const)(
    'stays inside the safe areas of %s',
    async (printer) => {
      const geometry = bookCoverGeometry({ printer, size: 'a5', spine: 14, binding: template.binding });
      const { overlaps } = await layOut(template, geometry, sample.fields);
      expect(overlaps).toEqual([]);
    },
  );

  test('turns round for the other binding', async () => {
    const binding = template.binding === 'right' ? 'left' : 'right';
    const geometry = bookCoverGeometry({ printer: 'jp', size: 'a6', spine: 12, binding });
    const { slots, overlaps } = await layOut(template, geometry, sample.fields);
    expect(slots[0]!.bleed[binding === 'right' ? 'left' : 'right']).toBeCloseTo(3, 1);
    expect(overlaps).toEqual([]);
  });

  test('is whole with a title only: nothing else is printed, the back shows the picture', async () => {
    const title = sample.fields.title!;
    const { text, slots, overlaps } = await layOut(template, cover(template, 'a6', 12), { title });
    const plain = (value: string) => value.replace(/\s/g, '');
    expect(plain(text)).toBe(plain(title).repeat(2));
    expect(slots).toHaveLength(2);
    expect(overlaps).toEqual([]);
  });

  test.each(
    fieldsOf(template)
      .filter(({ required, name }) => !required && sample.fields[name])
      .map(({ name }) => name),
  )('can do without %s', async (name) => {
    const fields = { ...sample.fields, [name]: '' };
    const { overlaps } = await layOut(template, cover(template, 'a6', 12), fields);
    expect(overlaps).toEqual([]);
  });

  test('sets a title as long as can be smaller, but whole', async () => {
    const words =
      template.language === 'ja' ? '月曜日の青を、猫は知らない。' : 'The painter’s cat and the sea ';
    const limit = fieldsOf(template).find(({ name }) => name === 'title')!.maxLength!;
    const title = words.repeat(10).slice(0, limit).trim();
    for (const size of ['a6', '6x9']) {
      const { text, overlaps } = await layOut(template, cover(template, size, 14), {
        ...sample.fields,
        title,
      });
      const plain = (value: string) => value.replace(/\s/g, '');
      expect(plain(text).split(plain(title))).toHaveLength(3);
      expect(overlaps).toEqual([]);
    }
  });

  test('refuses a title that fits nowhere, with what to do', async () => {
    const limit = fieldsOf(template).find(({ name }) => name === 'title')!.maxLength!;
    // One word cannot be broken.
    const fields = { title: 'W'.repeat(limit) };
    await expect(layOut(template, cover(template, 'a6', 12), fields)).rejects.toMatchObject({
      message: expect.stringMatching(/^The title does not fit: "WWW.* overflows at the smallest size/),
      hint: expect.stringContaining('Shorten it'),
      exitCode: 2,
    });
  });

  test.skipIf(!hasTool('pdffonts'))('prints its sample with its own fonts, all embedded', async () => {
    const product = findProduct(sample.product);
    expect(template.products).toContain(sample.product);
    const geometry = product.geometry({ binding: template.binding, ...sample.options } as never);
    const sheet = await openSheet(browser, template, geometry, sample.fields);
    const grey = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer();
    await sheet.place(sheet.slots.map(() => grey));
    const pdf = await sheet.pdf();
    await sheet.close();
    const fonts = await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'sample.pdf');
      await writeFile(file, pdf);
      return pdfFonts(file);
    });
    const families = new Set(template.fonts.map((font) => font.split('/')[1]!.replaceAll('-', '')));
    expect(fonts.length).toBeGreaterThan(2);
    for (const { name, type, embedded } of fonts) {
      expect({ name, type, embedded }).toEqual({ name, type: 'CID TrueType', embedded: true });
      const family = name.replace(/^[A-Z]{6}\+/, '').toLowerCase();
      expect(
        [...families].some((own) => family.startsWith(own)),
        name,
      ).toBe(true);
    }
  });
});
