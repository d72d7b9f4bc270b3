import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overprints, richBlackWithin } from '../../src/press/black.ts';
import { openBrowser } from '../layout/sheets.ts';
import { ourPlates } from '../preview/our-plates.ts';
import { heaviestIn, Inker, type InksFound, inksAt, inksIn } from './inked.ts';

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

const GROUND = 'background:{{ "60 0 20 0" | cmyk }}';
const box = (x: number, y: number, width = 20, height = 20) => ({ x, y, width, height });
const at = ({ x, y, width, height }: ReturnType<typeof box>) =>
  `left:${x}mm;top:${y}mm;width:${width}mm;height:${height}mm;`;
/** Something on a coloured ground. */
const onGround = (x: number, y: number, inner: string, style = '') =>
  `<div style="${at(box(x, y))}${GROUND};${style}">${inner}</div>`;

/** The pixels with full black ink. */
const black = (pixels: readonly InksFound[]) => pixels.filter(({ K }) => K! > 99);
const isOver = (pixels: readonly InksFound[]) => {
  expect(pixels.length).toBeGreaterThan(3);
  for (const { C, M, Y } of pixels) {
    expect(Math.abs(C! - 60)).toBeLessThan(0.5);
    expect(M).toBe(0);
    expect(Math.abs(Y! - 20)).toBeLessThan(0.5);
  }
};
const knocksOut = (pixels: readonly InksFound[]) => {
  expect(pixels.length).toBeGreaterThan(3);
  for (const inks of pixels) expect(inks).toMatchObject({ C: 0, M: 0, Y: 0 });
};

describe('black type and lines', () => {
  const OVER: Record<string, string> = {
    'type of 11.9 pt': '<p style="margin:0;font-size:11.9pt">mmm</p>',
    'large type made small': '<p style="margin:0;font-size:30pt;zoom:.3">mmm</p>',
    'large type scaled down': '<p style="margin:0;font-size:30pt;transform:scale(.3)">mmm</p>',
    'a border of 1 pt': '<p style="border-top:1pt solid #000;margin:4mm"></p>',
    'a frame of 1 pt': '<p style="border:1pt solid #000;margin:4mm;height:5mm"></p>',
    'an SVG line of 1.9 pt':
      '<svg width="20mm" height="20mm"><line x2="40" y1="9" y2="9" stroke="#000" stroke-width="1.9pt"/></svg>',
    'type in an SVG': '<svg width="20mm" height="20mm"><text y="20" font-size="9pt">mmm</text></svg>',
    'type in a group': '<div style="isolation:isolate"><p style="margin:0">mmm</p></div>',
    'exact black of 9 pt': '<p style="margin:0;font-size:9pt;color:{{ "0 0 0 100" | cmyk }}">mmm</p>',
  };
  const OUT: Record<string, string> = {
    'type of 12 pt': '<p style="margin:0;font-size:12pt">mmm</p>',
    'small type scaled up': '<p style="margin:0 9mm;font-size:6pt;transform:scale(2.1)">mmm</p>',
    'a border of 2.1 pt': '<p style="border-top:2.1pt solid #000;margin:4mm"></p>',
    'a line of 2.1 pt':
      '<svg width="20mm" height="20mm"><line x2="40" y1="9" y2="9" stroke="#000" stroke-width="2.1pt"/></svg>',
    'a square': '<p style="margin:4mm;width:5mm;height:5mm;background:#000"></p>',
  };
  let pixels: Map<string, InksFound[]>;
  beforeAll(async () => {
    const all = Object.entries({ ...OVER, ...OUT });
    const place = (i: number) => [(i % 4) * 25, Math.floor(i / 4) * 25] as const;
    const html = all.map(([, inner], i) => onGround(...place(i), inner)).join('');
    const found = await (await inker.ink(html)).plates();
    pixels = new Map(all.map(([name], i) => [name, black(inksIn(found, box(...place(i))))]));
  });

  test.each(Object.keys(OVER))('%s leaves the colour below', (name) => isOver(pixels.get(name)!));
  test.each(Object.keys(OUT))('%s knocks it out', (name) => knocksOut(pixels.get(name)!));

  test('the proof shows what shines through, and what does not', async () => {
    const inked = await inker.ink(
      onGround(0, 0, '<p style="margin:0;font-size:9pt">mmm</p>') +
        onGround(25, 0, '<p style="margin:0;font-size:14pt">mm</p>'),
    );
    const size = { width: 1000, height: 1000 };
    const cmyk = await ourPlates(inked.pdf, size);
    const blackIn = (left: number) => {
      const pixels: number[][] = [];
      for (let y = 0; y < 200; y++) {
        for (let x = left; x < left + 200; x++) {
          const at = 4 * (y * size.width + x);
          if (cmyk[at + 3]! > 252) pixels.push([...cmyk.subarray(at, at + 3)]);
        }
      }
      expect(pixels.length).toBeGreaterThan(100);
      return pixels;
    };
    for (const [c, m, y] of blackIn(0)) {
      expect(Math.abs(c! - 153)).toBeLessThan(3);
      expect(m).toBe(0);
      expect(Math.abs(y! - 51)).toBeLessThan(3);
    }
    for (const inks of blackIn(250)) expect(Math.max(...inks)).toBeLessThan(4);
  });

  test('what is not black, or not simply painted, knocks out', async () => {
    const inked = await inker.ink(
      onGround(0, 0, '<p style="margin:0;font-size:9pt;color:#555">mmm</p>') +
        onGround(25, 0, '<p style="margin:0;font-size:9pt;color:#fff">mmm</p>') +
        onGround(50, 0, '<p style="margin:0;font-size:9pt;color:{{ "0 100 0 0" | cmyk }}">mmm</p>'),
    );
    const found = await inked.plates();
    const grey = inksIn(found, box(0, 0)).filter(({ K }) => K! > 0);
    knocksOut(grey);
    const paper = inksIn(found, box(25, 0)).filter(({ C }) => C === 0);
    expect(paper.length).toBeGreaterThan(100);
    const magenta = inksIn(found, box(50, 0)).filter(({ M }) => M! > 99);
    expect(magenta.length).toBeGreaterThan(100);
    for (const { C } of magenta) expect(C).toBe(0);
  });

  test('exact black knocks out where its author says so', async () => {
    const style = 'margin:0;font-size:9pt;color:var(--colour-ink)';
    const inked = await inker.ink(onGround(0, 0, `<p style="${style}">mmm</p>`), {
      colours: { ink: { cmyk: [0, 0, 0, 100], overprint: false } },
    });
    knocksOut(black(inksIn(await inked.plates(), box(0, 0))));
  });

  test('the share of black from which it overprints', () => {
    const type = { isType: true, size: 9 };
    expect(overprints([0, 0, 0, 1], type)).toBe(true);
    expect(overprints([0, 0, 0, 0.95], type)).toBe(true);
    expect(overprints([0, 0, 0, 0.94], type)).toBe(false);
    expect(overprints([0, 0, 0.01, 1], type)).toBe(false);
  });
});

describe('rich black', () => {
  const html =
    `<div style="${at(box(0, 0, 30, 30))}background:#000"></div>` +
    `<div style="${at(box(35, 0, 30, 9))}background:#000"></div>` +
    `<div style="${at(box(0, 35, 30, 30))}color:#000;font-size:60pt;line-height:1">M</div>` +
    `<div style="${at(box(35, 35, 30, 30))}background:#333"></div>` +
    `<div style="${at(box(70, 35, 25, 25))}background:rgb(0 0 0 / 50%)"></div>` +
    `<svg style="${at(box(70, 0, 25, 25))}"><circle cx="50%" cy="50%" r="50%"/></svg>`;

  test('is in large areas alone: type, bars, greys and shadows stay black ink', async () => {
    const found = await (await inker.ink(html, { black: 'rich' })).plates();
    const rich = { C: 60, M: 40, Y: 40, K: 100 };
    for (const area of [box(0, 0, 30, 30), box(70, 0, 25, 25)]) {
      for (const [ink, value] of Object.entries(rich)) {
        expect(Math.abs(inksAt(found, area)[ink]! - value)).toBeLessThan(0.5);
      }
    }
    const others = [box(35, 0, 30, 9), box(0, 35, 30, 30), box(35, 35, 30, 30), box(70, 35, 25, 25)];
    for (const area of others) {
      const inks = heaviestIn(found, area);
      expect(inks).toMatchObject({ C: 0, M: 0, Y: 0 });
      expect(inks.K).toBeGreaterThan(40);
    }
  });

  test('is within the ink limit and counted', async () => {
    const inked = await inker.ink(html, { black: 'rich', inkLimit: 220 });
    const { C, M, Y, K } = inksAt(await inked.plates(), box(0, 0, 30, 30));
    expect(K).toBe(100);
    expect(C! + M! + Y! + K!).toBeLessThanOrEqual(220.5);
    expect(C! + M! + Y! + K!).toBeGreaterThan(218);
    expect(inked.coverage).toBeLessThanOrEqual(220);
    expect(richBlackWithin([60, 40, 40, 100], 300)).toEqual([0.6, 0.4, 0.4, 1]);
  });

  test('is left away where nobody asks for it', async () => {
    const found = await (await inker.ink(html)).plates();
    expect(inksAt(found, box(0, 0, 30, 30))).toMatchObject({ C: 0, M: 0, Y: 0, K: 100 });
  });
});

describe('neutrals through the profile', () => {
  test('are four inks, paper stays free, nothing overprints', async () => {
    const html =
      onGround(0, 0, '<p style="margin:0;font-size:9pt">mmm</p>') +
      `<div style="${at(box(25, 0))}background:#000"></div>` +
      `<div style="${at(box(50, 0))}background:#888"></div>` +
      `<div style="${at(box(75, 0))}background:#fff"></div>` +
      `<div style="${at(box(0, 25))}background:linear-gradient(#000,#fff)"></div>`;
    const found = await (await inker.ink(html, { black: 'profile' })).plates();
    const solid = inksAt(found, box(25, 0));
    for (const ink of ['C', 'M', 'Y', 'K']) expect(solid[ink]).toBeGreaterThan(40);
    const grey = inksAt(found, box(50, 0));
    for (const ink of ['C', 'M', 'Y']) expect(grey[ink]).toBeGreaterThan(10);
    expect(inksAt(found, box(75, 0))).toMatchObject({ C: 0, M: 0, Y: 0, K: 0 });
    expect(inksAt(found, box(0, 25)).C).toBeGreaterThan(10);
    const type = inksIn(found, box(0, 0)).filter(({ K }) => K! > 50);
    expect(type.length).toBeGreaterThan(100);
    for (const { M } of type) expect(M).toBeGreaterThan(40);
  });
});
