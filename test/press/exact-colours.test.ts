import type { Browser } from 'puppeteer';
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
  type: (c, i) => `<div style="${at(i)}overflow:hidden;color:${c};font-size:40mm;line-height:12mm">|</div>`,
  'a border': (c, i) => `<div style="${at(i)}border-left:8mm solid ${c}"></div>`,
  'a border on all sides': (c, i) => `<div style="${at(i)}border:5.9mm solid ${c}"></div>`,
  'an outline': (c, i) => `<div style="${at(i)}width:0;height:0;margin:6mm;outline:5mm solid ${c}"></div>`,
  'a shadow': (c, i) => `<div style="${at(i)}margin-left:-99mm;box-shadow:99mm 0 0 ${c}"></div>`,
  'an underline': (c, i) =>
    `<div style="${at(i)}color:transparent;font-size:20mm;line-height:1;overflow:hidden;text-decoration:underline 9mm ${c};text-underline-offset:-9mm;text-decoration-skip-ink:none">mm</div>`,
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
    `<div style="${at(i)}background:repeating-linear-gradient(90deg,${c} 0 5mm,#fff 5mm 7mm, ${c} 7mm 12mm);margin-left:3mm"></div>`,
  'a gradient to transparent': (c, i) =>
    `<div style="${at(i)}background:linear-gradient(${c} 80%,transparent)"></div>`,
  'an SVG gradient': (c, i) =>
    `<svg style="${at(i)}"><defs><linearGradient id="g${i}"><stop stop-color="${c}"/><stop offset=".8" stop-color="${c}"/><stop offset="1" stop-color="#fff"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g${i})"/></svg>`,
};

describe('forty exact colours are on the plates as they were written', () => {
  test.each(Object.keys(USES))('as %s', async (use) => {
    const html = CHART.map((inks, i) => USES[use]!(`{{ "${written(inks)}" | cmyk }}`, i)).join('\n');
    const inked = await inker.ink(html);
    const found = await inked.plates();
    for (const [i, inks] of CHART.entries()) {
      expectInks(inksAt(found, boxOf(i)), named(inks), `${use}, ${written(inks)}`);
    }
  });
});
