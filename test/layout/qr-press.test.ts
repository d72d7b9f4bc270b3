import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodedCodes, hasTool } from '../judges/index.ts';
import { Inker } from '../press/inked.ts';
import { openBrowser } from './sheets.ts';

const ADDRESS = 'https://example.com/cats?id=20220912034858';

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

test('the filter prints in black ink alone, and the black plate is read', async () => {
  const inked = await inker.ink(
    `<div style="position:absolute;left:10mm;top:10mm">{{ "${ADDRESS}" | qr: 20, "Q" }}</div>`,
    { size: { width: 40, height: 40 } },
  );
  const { C, M, Y, K, width, height } = await inked.plates();
  expect([C, M, Y].map((plate) => plate.some((ink) => ink > 0))).toEqual([false, false, false]);
  // Ten pixels a millimetre: dark only within the 12 mm … 28 mm that the quiet zone leaves.
  const hasInk = (i: number) => K[i]! > 0;
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) =>
    Array.from({ length: height }, (__, y) => y * width + x).some(hasInk),
  );
  const module = 200 / 41;
  expect(Math.abs(columns[0]! - (100 + 4 * module))).toBeLessThan(2);
  expect(Math.abs(columns.at(-1)! - (300 - 4 * module))).toBeLessThan(2);
  if (!hasTool('zbarimg')) return console.warn('zbarimg is not here: the plate is not decoded.');
  const file = join(inker.folder, 'plate.png');
  await sharp(K, { raw: { width, height, channels: 1 } })
    .negate()
    .png()
    .toFile(file);
  expect(await decodedCodes(file)).toEqual([{ type: 'QR-Code', text: ADDRESS }]);
});
