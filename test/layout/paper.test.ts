import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, findTemplate, type Template } from '../../src/layout/template.ts';
import { sampleOrder } from '../../src/order/sample.ts';
import type { ProductOrder } from '../../src/products/product.ts';
import { thinned } from '../setup/thinned.ts';
import { overlaps } from './page-text.ts';
import { type Goods, openGoods } from './paper-goods.ts';
import { openBrowser } from './sheets.ts';

const TURNS = ['portrait', 'landscape'] as const;
const each = <T>(sizes: readonly string[], more: (size: string) => readonly T[]): T[] => sizes.flatMap(more);
const turned = (sizes: readonly string[]): ProductOrder[] =>
  each(sizes, (size) => TURNS.map((orientation) => ({ size, orientation })));

/** The shapes that each template is laid out in; the first two also with other texts. */
const SHAPES: Readonly<Record<string, readonly ProductOrder[]>> = {
  'shop-card': [...turned(['jp', 'a6', '4x6']), { size: 'jp', plain: true }, { size: 'a6', plain: true }],
  nenga: [...turned(['jp', '4x6']), { size: 'jp', plain: true }],
  'calling-card': turned(['jp', 'eu', 'us']),
  flyleaf: [
    { hole: true },
    { size: 'us' },
    { size: '40x160' },
    { size: '60x180', hole: true, holeFromTop: 12 },
  ],
  museum: [...turned(['a4', 'a0', 'b1']), { size: '400x400' }],
  window: [
    ...each(['a6', '5x7'], (size) =>
      TURNS.flatMap((orientation) => ['side', 'top'].map((fold) => ({ size, orientation, fold }))),
    ),
    { size: '150x150' },
  ],
  almanac: [
    ...turned(['a4', 'desk', 'a5']),
    { size: 'square' },
    { size: 'a4', hang: 'hole' },
    { size: 'desk', orientation: 'landscape', hang: 'rings' },
  ],
  koyomi: [
    ...turned(['a4', 'desk', 'a5']),
    { size: 'square' },
    { size: 'a4', hang: 'hole' },
    { size: 'desk', orientation: 'landscape', hang: 'rings' },
  ],
  raisonne: [{ size: 'a5' }, { size: 'square' }, { size: 'b5', perIndex: 40 }, { size: '200x150' }],
};

const LATIN = 'The painter’s cat and the sea, the moon and a good deal of blue, ';
const JAPANESE = '月曜日の青を、だれも知らない。猫だけが見ている港町の屋根裏で、';
/** Fields whose words are set by rule: short ones stay as they are. */
const CHOSEN = ['link', 'saturdays', 'prompts', 'zodiac'];

const templates = await Promise.all(
  Object.keys(SHAPES).map(async (name) => {
    const template = await findTemplate(name);
    const { product, options, fields } = await sampleOrder(template);
    // The months with most holidays stand for all.
    const usual =
      product === 'calendar' ? { year: options.year, holidays: 'jp', firstMonth: 4, months: 2 } : {};
    return { name, template, product, usual, fields, shapes: SHAPES[name]! };
  }),
);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Lays out and says what stands where. */
async function layOut(template: Template, goods: Goods) {
  const { sheet, geometry } = await openGoods(browser, template, goods);
  try {
    const page = (await browser.pages()).at(-1)!;
    const text = await page.evaluate(() => document.body.textContent ?? '');
    return { slots: sheet.slots, geometry, overlaps: await page.evaluate(overlaps), text: plain(text) };
  } finally {
    await sheet.close();
  }
}

/** Vertical lines have full-width digits and capitals. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

describe.each(templates)('$name', ({ template, product, usual, fields, shapes }) => {
  const pictures = product === 'lookbook' ? 3 : 1;

  test.each(thinned(shapes, 5))('lays its sample out as %j', async (shape) => {
    const { slots, geometry, overlaps, text } = await layOut(template, {
      ...{ product, fields, pictures },
      options: { ...usual, ...shape },
    });
    expect(overlaps).toEqual([]);
    for (const [name, value] of Object.entries(fields)) {
      if (!CHOSEN.includes(name)) expect(text).toContain(plain(value));
    }
    for (const { box } of slots) {
      expect(box.x).toBeGreaterThanOrEqual(-geometry.bleed.left - 0.02);
      expect(box.y).toBeGreaterThanOrEqual(-geometry.bleed.top - 0.02);
      expect(box.x + box.width).toBeLessThanOrEqual(geometry.trim.width + geometry.bleed.right + 0.02);
      expect(box.y + box.height).toBeLessThanOrEqual(geometry.trim.height + geometry.bleed.bottom + 0.02);
    }
    // Whichever picture runs off an edge takes the whole bleed with it.
    for (const { bleed } of slots)
      for (const mm of Object.values(bleed)) expect(mm === 0 || Math.abs(mm - 3) < 0.1).toBe(true);
  });

  test.each(shapes.slice(0, 1))('is whole with what it needs only, as %j', async (shape) => {
    const needed = Object.fromEntries(template.fields.required.map((name) => [name, fields[name]!]));
    const found = await layOut(template, {
      product,
      fields: needed,
      pictures,
      options: { ...usual, ...shape },
    });
    expect(found.overlaps).toEqual([]);
  });

  const words = fieldsOf(template).filter(({ name }) => !CHOSEN.includes(name));
  test.each(
    thinned(
      words.flatMap(({ name, maxLength }) => [
        [name, maxLength!, LATIN, shapes[0]!] as const,
        [name, maxLength!, JAPANESE, shapes[1]!] as const,
      ]),
      8,
    ),
  )('sets a %s of %i letters whole: %s', async (name, limit, text, shape) => {
    const long = text.repeat(12).slice(0, limit).trim();
    const found = await layOut(template, {
      ...{ product, pictures, options: { ...usual, ...shape } },
      fields: { ...fields, [name]: long },
    });
    expect(found.overlaps).toEqual([]);
    expect(found.text).toContain(plain(long));
  });
});

test('a lookbook tells of each picture what its file says, however much that is', async () => {
  const template = await findTemplate('raisonne');
  const prompt = 'a portrait of a cat as a seventeenth century admiral, oil on canvas, chiaroscuro, '.repeat(
    9,
  );
  for (const size of ['a5', 'square']) {
    const goods = { product: 'lookbook', options: { size }, pictures: 2, fields: { title: 'Cats' } };
    const facts = { title: JAPANESE.repeat(2), prompt, seed: '4294967295', model: 'a'.repeat(80) };
    const long = await layOut(template, { ...goods, facts });
    expect(long.overlaps).toEqual([]);
    expect(long.text).toContain(plain(prompt).slice(0, 200));
    expect(long.text).toContain('Seed4294967295');
    const hidden = await layOut(template, { ...goods, facts, fields: { title: 'Cats', prompts: 'hidden' } });
    expect(hidden.text).not.toContain('admiral');
    const bare = await layOut(template, {
      ...goods,
      facts: { title: null, prompt: null, seed: null, model: null },
    });
    expect(bare.text).toContain('ID20220912034858');
    expect(bare.text).not.toMatch(/Seed|Model|null/);
  }
});

test('a lookbook of 200 pictures shows each once on its page and once in the index', async () => {
  const template = await findTemplate('raisonne');
  const goods = {
    product: 'lookbook',
    options: { saddleStitch: true },
    pictures: 200,
    fields: { title: 'Cats' },
  };
  const { slots, geometry } = await layOut(template, goods);
  expect(geometry.pages.length % 4).toBe(0);
  const shown = (name: string) => slots.filter(({ slot }) => slot === name).map(({ picture }) => picture);
  expect(shown('art')).toEqual([0, ...Array.from({ length: 200 }, (_, i) => i)]);
  expect(shown('thumbnail')).toEqual(Array.from({ length: 200 }, (_, i) => i));
  for (const { box } of slots.filter(({ slot }) => slot === 'thumbnail')) expect(box.width).toBeLessThan(35);
});
