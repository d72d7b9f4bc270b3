import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExactColours } from '../../src/colour/exact-colours.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { openBrowser } from '../layout/sheets.ts';
import { heaviestIn, Inker, inksAt } from './inked.ts';

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

/** The plates have 8 bits: a step is 0.39 %. */
const TOLERANCE = 0.5;

type Inks = readonly [number, number, number, number];

/** Forty colours all over the cube of inks, no two alike, many of them not whole steps of 8 bits. */
const CHART: Inks[] = Array.from({ length: 40 }, (_, i) => {
  const ink = (step: number, most: number) => Math.round(((i * step) % 41) * (most / 40) * 10) / 10;
  return [ink(7, 100), ink(11, 100), ink(17, 100), ink(23, 90)];
});

const CELL = { width: 12, height: 12 };
const boxOf = (i: number) => ({ x: 1 + (i % 8) * 12.2, y: 1 + Math.floor(i / 8) * 14, ...CELL });
const at = (i: number) => {
  const { x, y, width, height } = boxOf(i);
  return `left:${x}mm;top:${y}mm;width:${width}mm;height:${height}mm;`;
};
const written = (inks: Inks): string => inks.join(' ');

function expectInks(found: Record<string, number>, wanted: Record<string, number>, what: string): void {
  for (const [ink, value] of Object.entries(found)) {
    expect(Math.abs(value - (wanted[ink] ?? 0)), `${what}: ${ink} ${value}`).toBeLessThanOrEqual(TOLERANCE);
  }
}
const named = ([C, M, Y, K]: Inks) => ({ C, M, Y, K });

/** Ways in which a colour is used; each fills the middle of its cell. */
const USES: Record<string, (colour: string, i: number) => string> = {
  'a background': (c, i) => `<div style="${at(i)}background:${c}"></div>`,
  type: (c, i) => `<div style="${at(i)}overflow:hidden;color:${c};font-size:9mm;line-height:12mm">M</div>`,
  'a border': (c, i) => `<div style="${at(i)}border-left:8mm solid ${c}"></div>`,
  'a border on all sides': (c, i) => `<div style="${at(i)}border:6mm solid ${c}"></div>`,
  'an outline': (c, i) => `<div style="${at(i)}width:0;height:0;margin:6mm;outline:5mm solid ${c}"></div>`,
  'a shadow': (c, i) => `<div style="${at(i)}margin-left:-99mm;box-shadow:99mm 0 0 ${c}"></div>`,
  'an underline': (c, i) =>
    `<div style="${at(i)}font-size:5mm;line-height:10mm;color:transparent;text-decoration:underline 1mm ${c}">mm</div>`,
  'an SVG fill': (c, i) => `<svg style="${at(i)}"><rect width="100%" height="100%" fill="${c}"/></svg>`,
  'an SVG stroke': (c, i) =>
    `<svg style="${at(i)}"><line y1="50%" y2="50%" x2="100%" stroke="${c}" stroke-width="30"/></svg>`,
  'an SVG style': (c, i) =>
    `<svg style="${at(i)}"><rect width="100%" height="100%" style="fill:${c}"/></svg>`,
  'a gradient between two stops of it': (c, i) =>
    `<div style="${at(i)}background:linear-gradient(${c},${c})"></div>`,
  'a hard stop': (c, i) =>
    `<div style="${at(i)}background:linear-gradient(90deg,#fff 30%,${c} 30% 70%,#000 70%)"></div>`,
  'a radial gradient': (c, i) => `<div style="${at(i)}background:radial-gradient(${c} 50%,#fff)"></div>`,
  'a repeated gradient': (c, i) =>
    `<div style="${at(i)}background:repeating-linear-gradient(90deg,${c} 0 5mm,#fff 5mm 5.5mm,${c} 5.5mm 12mm)"></div>`,
  'a gradient to transparent': (c, i) =>
    `<div style="${at(i)}background:linear-gradient(${c} 80%,transparent)"></div>`,
  'an SVG gradient': (c, i) =>
    `<svg style="${at(i)}"><defs><linearGradient id="g${i}"><stop stop-color="${c}"/><stop offset=".8" stop-color="${c}"/><stop offset="1" stop-color="#fff"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g${i})"/></svg>`,
};

/** Uses that do not cover the middle of their cell. */
const FINE = new Set(['type', 'an underline']);

describe('forty exact colours are on the plates as they were written', () => {
  test.each(Object.keys(USES))('as %s', async (use) => {
    const html = CHART.map((inks, i) => USES[use]!(`{{ "${written(inks)}" | cmyk }}`, i)).join('\n');
    const inked = await inker.ink(html);
    const found = await inked.plates();
    for (const [i, inks] of CHART.entries()) {
      const read = FINE.has(use) ? heaviestIn : inksAt;
      expectInks(read(found, boxOf(i)), named(inks), `${use}, ${written(inks)}`);
    }
  });
});

const swatch = (x: number, y: number, style: string, inner = '') =>
  `<div style="left:${x}mm;top:${y}mm;width:20mm;height:20mm;${style}">${inner}</div>`;
const square = (x: number, y: number) => ({ x, y, width: 20, height: 20 });

describe('what is made of an exact colour', () => {
  test('a declared one is a custom property and gives tints', async () => {
    const inked = await inker.ink(
      swatch(0, 0, 'background:var(--colour-brand)') +
        swatch(30, 0, 'background:{{ "brand" | colour: 40 }}') +
        swatch(60, 0, 'color:var(--colour-brand);background:currentColor') +
        '<p class="rule" style="left:0;top:30mm;width:20mm;height:20mm"></p>',
      { colours: { brand: { cmyk: [0, 80, 100, 0] } }, css: '.rule{background:var(--colour-brand)}' },
    );
    const found = await inked.plates();
    expectInks(inksAt(found, square(0, 0)), { M: 80, Y: 100 }, 'property');
    expectInks(inksAt(found, square(30, 0)), { M: 32, Y: 40 }, 'tint');
    expectInks(inksAt(found, square(60, 0)), { M: 80, Y: 100 }, 'currentColor');
    expectInks(inksAt(found, square(0, 30)), { M: 80, Y: 100 }, 'style sheet');
    expect(inked.coverage).toBe(180);
  });

  test('opacity thins its inks and nothing else, alone, in a group, and beside other colours', async () => {
    const inked = await inker.ink(
      swatch(0, 0, 'background:{{ "60 0 80 20" | cmyk }};opacity:.5') +
        swatch(
          30,
          0,
          'opacity:.5',
          '<div style="background:{{ "60 0 80 20" | cmyk }};height:10mm"></div><div style="background:#00f;height:5mm"></div>',
        ) +
        swatch(60, 0, 'background:rgb(from {{ "60 0 80 20" | cmyk }} r g b / 50%)'),
    );
    const found = await inked.plates();
    const half = { C: 30, Y: 40, K: 10 };
    expectInks(inksAt(found, square(0, 0)), half, 'opacity');
    expectInks(inksAt(found, { ...square(30, 0), height: 10 }), half, 'group');
    expectInks(inksAt(found, square(60, 0)), half, 'relative colour');
  });

  test('gradients run straight from ink to ink', async () => {
    const [a, b] = ['{{ "100 0 20 0" | cmyk }}', '{{ "0 90 0 40" | cmyk }}'];
    const inked = await inker.ink(
      [
        `linear-gradient(90deg,${a},${b})`,
        `linear-gradient(90deg,${a},#fff)`,
        `linear-gradient(90deg,${a},transparent)`,
        `repeating-linear-gradient(90deg,${a},${b} 20mm)`,
        `conic-gradient(at 0 50%,${a},${b} 180deg)`,
        `linear-gradient(90deg in srgb,rgb(from ${a} r g b / 50%),${b})`,
      ]
        .map((gradient, i) => swatch(0, i * 16, `height:15mm;background:${gradient}`))
        .join(''),
    );
    const found = await inked.plates();
    const middle = (i: number) => inksAt(found, { x: 0, y: i * 16, width: 20, height: 15 });
    const near = (i: number, wanted: Record<string, number>, what: string) => {
      for (const [ink, value] of Object.entries(middle(i))) {
        expect(Math.abs(value - (wanted[ink] ?? 0)), `${what}: ${ink} ${value}`).toBeLessThan(1.5);
      }
    };
    near(0, { C: 50, M: 45, Y: 10, K: 20 }, 'linear');
    near(1, { C: 50, Y: 10 }, 'to white');
    near(2, { C: 50, Y: 10 }, 'to transparent');
    near(3, { C: 50, M: 45, Y: 10, K: 20 }, 'repeating');
    near(4, { C: 50, M: 45, Y: 10, K: 20 }, 'conic');
    // Half of the opacities' weight: ¼ of the first, ½ of the second.
    near(5, { C: 25, M: 45, Y: 5, K: 20 }, 'of two opacities');
  });

  test('a soft mask and a clip leave it as it is; so does multiplication', async () => {
    const inked = await inker.ink(
      swatch(0, 0, 'border-radius:50%;background:{{ "0 80 100 0" | cmyk }}') +
        swatch(30, 0, 'background:{{ "50 0 0 0" | cmyk }}') +
        swatch(30, 0, 'mix-blend-mode:multiply;background:{{ "0 40 0 0" | cmyk }}') +
        swatch(60, 0, 'box-shadow:0 0 3mm {{ "0 100 0 0" | cmyk }}'),
    );
    const found = await inked.plates();
    expectInks(inksAt(found, square(0, 0)), { M: 80, Y: 100 }, 'clip');
    expectInks(inksAt(found, square(30, 0)), { C: 50, M: 40 }, 'multiply');
    const shadow = inksAt(found, { x: 59, y: 9, width: 1, height: 1 });
    expect(shadow.M).toBeGreaterThan(10);
    expect(Math.max(shadow.C!, shadow.Y!, shadow.K!)).toBe(0);
  });
});

describe('refused by name', () => {
  test.each([
    ['color-mix', 'background:color-mix(in srgb, var(--colour-brand), blue)'],
    ['a relative colour', 'background:oklch(from var(--colour-brand) calc(l * .8) c h)'],
    ['a border that darkens', 'border:3mm groove var(--colour-brand)'],
    [
      'mixing in a gradient',
      'background:linear-gradient(in srgb, color-mix(in srgb, var(--colour-brand), white), blue)',
    ],
  ])('%s', async (_, style) => {
    const html = swatch(0, 0, 'background:var(--colour-other)') + swatch(30, 0, style);
    const made = inker.ink(html, {
      colours: { other: { cmyk: [10, 10, 10, 0] }, brand: { cmyk: [0, 80, 100, 0] } },
    });
    await expect(made).rejects.toThrow(/the exact colour brand does not reach the page as it is/);
  });

  test('a colour of the style sheet that happens to be a sentinel', async () => {
    const colours = await PressColours.open('FOGRA39');
    const exact = new ExactColours((inks) => colours.look(inks));
    const css = exact.css({ kind: 'process', label: '', cmyk: [0, 0.8, 1, 0], overprint: null });
    const [r, g, b] = css.match(/[\d.]+(?=%)/g)!.map((percent) => Number(percent) / 100);
    const html =
      swatch(0, 0, 'background:{{ "0 80 100 0" | cmyk }}') +
      swatch(30, 0, `background:color(srgb ${r} ${g} ${b})`);
    await expect(inker.ink(html)).rejects.toThrow(/exact colour 0 80 100 0 does not reach the page/);
  });

  test('a blend mode that mixes plates', async () => {
    const html = swatch(0, 0, 'mix-blend-mode:hue;background:{{ "0 80 100 0" | cmyk }}');
    await expect(inker.ink(html)).rejects.toThrow(/exact colour 0 80 100 0 is blended/);
  });

  test('more ink than the printer allows, with its sum', async () => {
    const wish = { colours: { deep: { cmyk: [80, 70, 60, 90] } }, inkLimit: 280 };
    await expect(inker.ink('', wish)).rejects.toThrow(/The colour deep has 300 % of ink, .* limit of 280 %/);
    const filtered = swatch(0, 0, 'background:{{ "80 70 60 90" | cmyk }}');
    await expect(inker.ink(filtered, { inkLimit: 280 })).rejects.toThrow(/80 70 60 90 has 300 % of ink/);
  });

  test.each([
    ['{{ "0 80 100" | cmyk }}', /Expected four inks from 0 to 100 .* but received 0 80 100/],
    ['{{ "0 80 100 120" | cmyk }}', /Expected four inks/],
    ['{{ "brand" | colour }}', /Expected a colour of template.json for the filter colour but received brand/],
  ])('%s', async (colour, message) => {
    await expect(inker.ink(swatch(0, 0, `background:${colour}`))).rejects.toThrow(message);
  });
});
