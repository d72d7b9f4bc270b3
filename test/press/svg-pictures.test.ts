import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../layout/sheets.ts';
import { Inker, inksAt } from './inked.ts';

let browser: Browser;
let inker: Inker;

beforeAll(async () => {
  browser = await openBrowser();
  inker = await Inker.open(browser);
});
afterAll(async () => {
  await inker?.remove();
  await browser?.close();
});

const colours = {
  brand: { cmyk: [0, 80, 100, 0] },
  gold: { spot: 'Gold', cmyk: [0, 20, 60, 20] },
};
const BOX = { x: 0, y: 0, width: 20, height: 20 };
const AT = 'left:0;top:0;width:20mm;height:20mm';
/** A square of a colour, as wide as can be said with a percent sign that escapes nothing. */
const svg = (fill: string, style = '') =>
  `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10' width='100' height='100'>${style}<rect width='100%' height='10' fill='${fill}'/></svg>`;
const data = (fill: string, style = '') => `data:image/svg+xml,${svg(fill, style)}`;
const WAYS: Readonly<Record<string, (address: string) => string>> = {
  'an <img>': (address) => `<img style="${AT}" src="${address}">`,
  'a background': (address) =>
    `<div style="${AT};background:url(&quot;${address}&quot;) 0 0/100% 100%"></div>`,
};

describe.each(Object.entries(WAYS))('an SVG picture shown by %s', (_, shown) => {
  test.each([
    ['an exact colour', '{{ "brand" | colour }}', { C: 0, M: 80, Y: 100, K: 0 }],
    ['a tint of a spot', '{{ "gold" | colour: 40 }}', { C: 0, M: 0, Y: 0, K: 0, Gold: 40 }],
  ])('has %s that Liquid wrote into its address', async (_, fill, wanted) => {
    const inked = await inker.ink(shown(data(fill)), { colours });
    const found = inksAt(await inked.plates(), BOX);
    for (const [ink, percent] of Object.entries(wanted))
      expect(Math.abs(found[ink]! - percent), ink).toBeLessThanOrEqual(0.5);
  });

  test.each(['var(--colour-brand)', 'var(--colour-brand, red)', 'device-cmyk(0 .8 1 0)'])(
    'is refused where it asks for %s',
    async (fill) => {
      await expect(inker.ink(shown(data(fill)), { colours })).rejects.toThrow(
        /the SVG picture of (?:img|div) asks for (?:var\(--colour-brand\)|device-cmyk\(), which a picture cannot have/,
      );
    },
  );

  test('is refused where its file asks for a colour', async () => {
    const files = { 'logo.svg': svg('{{ &quot;brand&quot; | colour }}'), 'plain.svg': svg('black') };
    await expect(inker.ink(shown('/template/logo.svg'), { colours, files })).rejects.toThrow(
      /asks for \{\{ &quot;brand&quot; \| colour \}\}/,
    );
    const inked = await inker.ink(shown('/template/plain.svg'), { colours, files });
    expect(inksAt(await inked.plates(), BOX)).toEqual({ C: 0, M: 0, Y: 0, K: 100 });
  });

  test('has properties that it declares itself', async () => {
    const own = '<style>:root{--colour-own:black}</style>';
    const inked = await inker.ink(shown(data('var(--colour-own)', own)), { colours });
    expect(inksAt(await inked.plates(), BOX)).toEqual({ C: 0, M: 0, Y: 0, K: 100 });
  });
});
