import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SlotBox } from '../../src/layout/slot-box.ts';
import { fieldsOf, listTemplates, type Template } from '../../src/layout/template.ts';
import type { Order } from '../../src/order/order.ts';
import { sampleOrders } from '../../src/order/sample.ts';
import type { Geometry } from '../../src/products/geometry.ts';
import { foldsOf, geometryOf, panelOf } from '../products/covers.ts';
import { thinned } from '../setup/thinned.ts';
import { type Overlap, overlaps } from './page-text.ts';
import { openBrowser, openSheet, PICTURE } from './sheets.ts';

type Options = Readonly<Record<string, unknown>>;

/** From the smallest book to the largest, from a spine without type to a thick one, and with what else changes the shape. */
const SHAPES: Readonly<Record<string, readonly Options[]>> = {
  'case-wrap': [
    { size: 'a6', spine: 9 },
    { size: 'a6', spine: 3, override: ['spine.clear=1.5mm'] },
    { size: 'a5', spine: 40, binding: 'right' },
    { size: '6x9', spine: 20, pages: 200, printer: 'kdp-hardcover' },
    { size: '5.5x8.5', spine: 60, pages: 550, printer: 'kdp-hardcover', binding: 'right' },
    { size: '6x9', spine: 6.35, pages: 24, printer: 'lulu-hardcover' },
    { size: 'a4', spine: 25 },
  ],
  'dust-jacket': [
    { size: 'a6', spine: 4 },
    { size: 'a6', spine: 12, flap: 65, spineEase: 0 },
    { size: 'shinsho', spine: 9, binding: 'right' },
    { size: 'shiroku', spine: 16, binding: 'left' },
    { size: '6x9', spine: 25, overhang: 3, override: ['safe=5mm'] },
    { size: 'b5', spine: 40 },
  ],
  obi: [
    { size: 'a6', spine: 4, height: 45 },
    { size: 'shiroku', spine: 14 },
    { size: 'a5', spine: 20, height: 60, binding: 'left' },
    { size: 'a5', spine: 20, height: 60, binding: 'right' },
    { size: 'b5', spine: 40, height: 110 },
    { size: 'a6', spine: 11, printer: 'konbini' },
  ],
  'slip-on-cover': [
    { size: 'a6', thickness: 4 },
    { size: 'a6', thickness: 20, height: 157, binding: 'left' },
    { size: 'shinsho', thickness: 9, binding: 'right' },
    { size: 'a5', thickness: 40, printer: 'jp', foldOver: 30 },
    { size: '6x9', thickness: 25, foldOver: 60, flap: 40 },
  ],
};

interface Case {
  readonly name: string;
  readonly product: string;
  readonly template: Template;
  readonly sample: Order;
  readonly shapes: readonly Options[];
}

const cases: Case[] = (
  await Promise.all(
    (
      await listTemplates()
    ).map(async (template) => {
      const samples = await sampleOrders(template);
      return samples.flatMap((sample) => {
        const { product } = sample;
        const shapes = SHAPES[product];
        return shapes ? [{ name: `${product} ${template.name}`, product, template, sample, shapes }] : [];
      });
    }),
  )
).flat();

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const shapeOf = ({ product, template }: Case, options: Options): Geometry =>
  geometryOf(product, { binding: template.binding, ...options });

interface LaidOut {
  readonly slots: readonly SlotBox[];
  readonly overlaps: readonly Overlap[];
  readonly text: string;
}

/** Lays out, which refuses what leaves a safe area or does not fit, prints, and returns what the page shows. */
async function layOut(
  template: Template,
  geometry: Geometry,
  fields: Readonly<Record<string, string>>,
): Promise<LaidOut> {
  const sheet = await openSheet(browser, template, geometry, { ...fields });
  try {
    const page = (await browser.pages()).at(-1)!;
    const text = await page.evaluate(() => document.body.textContent ?? '');
    const found = await page.evaluate(overlaps);
    // A label lies on the picture that the whole cover is.
    const isWrapped = geometry.product === 'slip-on-cover';
    return {
      ...{ slots: sheet.slots, text: plain(text) },
      overlaps: isWrapped ? found.filter(({ b }) => b !== 'a picture') : found,
    };
  } finally {
    await sheet.close();
  }
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');
const longest = ({ template }: Case, name: string): string => {
  const limit = fieldsOf(template).find((field) => field.name === name)!.maxLength!;
  const words =
    template.language === 'ja' ? '月曜日の青を、猫は知らない。' : 'The painter’s cat and the sea ';
  return words.repeat(80).slice(0, limit).trim();
};

/** Fields that are set as type; codes and prices have their forms. */
const proseOf = ({ template }: Case): string[] =>
  fieldsOf(template)
    .filter(({ name, format }) => format === null && !['price', 'cCode'].includes(name))
    .map(({ name }) => name);

test('each of the four has two templates', () => {
  const templatesOf = (product: string) =>
    cases.filter((one) => one.product === product).map((c) => c.template.name);
  expect(Object.fromEntries(Object.keys(SHAPES).map((product) => [product, templatesOf(product)]))).toEqual({
    'case-wrap': ['clothbound', 'quarter'],
    'dust-jacket': ['bungei', 'plakat'],
    obi: ['banderole', 'kotoba'],
    'slip-on-cover': ['komon', 'wrapper'],
  });
});

describe.each(cases)('$name', (one) => {
  const { template, sample, shapes } = one;
  const usual = () => shapeOf(one, sample.options);

  test.each(thinned(shapes, 5).map((options) => [JSON.stringify(options), options] as const))(
    'lays its sample out: %s',
    async (_, options) => {
      const geometry = shapeOf(one, options);
      const laid = await layOut(template, geometry, sample.fields);
      expect(laid.overlaps).toEqual([]);
      expect(laid.text).toContain(plain(sample.fields.title!));
      expect(laid.slots.length).toBeGreaterThan(0);
      expect(laid.slots[0]!.slot).toBe('art');
      requirePlace(one.product, template.name, laid.slots[0]!, geometry);
    },
  );

  test.each(thinned(proseOf(one), 6))('sets the longest %s smaller, but whole', async (name) => {
    const value = longest(one, name);
    const laid = await layOut(template, usual(), { ...sample.fields, [name]: value });
    expect(laid.text).toContain(plain(value).slice(0, 40));
    expect(laid.overlaps).toEqual([]);
  });

  test.each([0, 1])('can do without every other field that it need not have (%d)', async (half) => {
    const free = Object.keys(sample.fields).filter((name) => !template.fields.required.includes(name));
    const fields = Object.fromEntries(
      Object.entries(sample.fields).filter(
        ([name]) => !free.includes(name) || free.indexOf(name) % 2 === half,
      ),
    );
    const laid = await layOut(template, usual(), fields);
    expect(laid.overlaps).toEqual([]);
  });

  test('is whole with what it needs alone', async () => {
    const { required } = template.fields;
    const fields = Object.fromEntries(required.map((name) => [name, sample.fields[name]!]));
    const laid = await layOut(template, usual(), fields);
    expect(laid.overlaps).toEqual([]);
    for (const name of required) expect(laid.text).toContain(plain(fields[name]!));
    if (required.length === 0) expect(laid.text).toBe('');
  });
});

describe('a picture on the wrapper', () => {
  const one = cases.find(({ template }) => template.name === 'wrapper')!;
  const geometry = geometryOf('slip-on-cover', { size: 'a6', thickness: 12, flap: 70, foldOver: 0 });
  const { front, spine, back } = Object.fromEntries(
    geometry.pages[0]!.panels.map(({ name, box }) => [name, box]),
  );

  // A6: front and back 105 mm, the spine 12 mm and 1 mm of room, the flaps 70 mm; around the fore edge 4 mm.
  test.each([
    ['wide, goes around all', 1408, 768, 'fitting', 0, 363],
    ['square, stands whole, around the spine', 512, 512, 'fitting', 293 - 148, 148 + 4],
    [
      'a little tall, covers front and spine and a little more',
      480,
      512,
      'fitting',
      293 - 138.75,
      138.75 + 4,
    ],
    ['tall, covers the front', 512, 768, 'fitting', 293 - 105, 105 + 4],
    ['square, goes around all where that is wished', 512, 512, 'around', 0, 363],
  ] as const)('that is %s', async (_, width, height, reach, x, wide) => {
    expect([front!.x, spine!.x, back!.x]).toEqual([188, 175, 70]);
    const facts = { ...PICTURE, width, height };
    const sheet = await openSheet(browser, one.template, geometry, { reach }, facts);
    try {
      const { box } = sheet.slots[0]!;
      expect([box.x, box.y, box.width, box.height]).toEqual(
        [x, 0, wide, 148].map((mm) => expect.closeTo(mm, 1)),
      );
    } finally {
      await sheet.close();
    }
  });
});

/** What printers ask of jackets: art goes on past the fold for so much at least, mm. */
const PAST_FOLD = 3;

/** The picture lies where the design wants it, and runs off or past whatever it must. */
function requirePlace(product: string, template: string, { box, bleed }: SlotBox, geometry: Geometry): void {
  const right = geometry.binding === 'right';
  const front = panelOf(geometry, 'front').box;
  const folds = foldsOf(geometry);
  const ends = { left: box.x, right: box.x + box.width };
  if (product === 'dust-jacket' || product === 'obi') {
    const fold = folds['flap-front']!;
    expect(right ? fold - ends.left : ends.right - fold).toBeGreaterThan(PAST_FOLD);
    expect(right ? ends.right - fold : fold - ends.left).toBeGreaterThan(PAST_FOLD);
  } else if (product === 'slip-on-cover') {
    if (template === 'komon') expect(box.width).toBeCloseTo(geometry.trim.width + 2 * geometry.bleed.left, 1);
    else {
      const fold = folds['flap-front']!;
      expect(right ? fold - ends.left : ends.right - fold).toBeGreaterThan(PAST_FOLD);
    }
    expect(box.height).toBeCloseTo(geometry.trim.height + 2 * geometry.bleed.top, 1);
    expect(bleed.top).toBeCloseTo(geometry.bleed.top, 1);
  } else if (template === 'quarter') {
    // Off the fore edge with the whole wrap, and not into the groove.
    expect(bleed[right ? 'left' : 'right']).toBeCloseTo(geometry.bleed.left, 1);
    const hinge = folds['front-hinge']!;
    expect(right ? hinge - ends.right : ends.left - hinge).toBeGreaterThan(0);
  } else {
    // In the middle of the board beside the groove, square.
    const hinge = folds['front-hinge']!;
    const board = right ? [front.x, hinge] : [hinge, front.x + front.width];
    expect((ends.left + ends.right) / 2).toBeCloseTo((board[0]! + board[1]!) / 2, 0);
    expect(box.width / box.height).toBeCloseTo(1, 2);
  }
}
