import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { pdfImages, plates, seeThroughObjects } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { openBrowser } from '../layout/sheets.ts';
import { filledIn, Workbench } from './css/harness.ts';

let browsers: Browser[];
let bench: Workbench;
beforeAll(async () => {
  browsers = await Promise.all([openBrowser(), openBrowser()]);
  bench = await Workbench.open(browsers[0]!, browsers[1]!, await PressColours.open('FOGRA39'));
});
afterAll(async () => {
  await bench?.remove();
  await Promise.all(browsers.map((browser) => browser.close()));
});

async function pressed(name: string, snippet: string): Promise<string> {
  const { file } = await bench.press(filledIn(snippet), { look: false });
  const pdf = join(bench.folder, `${name}.pdf`);
  await writeFile(pdf, file.pdf);
  return pdf;
}

test.each([0, 60, 128, 200])('a grey picture of %d is as black as a grey shape beside it', async (level) => {
  const ground = { r: level, g: level, b: level };
  const jpeg = await sharp({ create: { width: 320, height: 320, channels: 3, background: ground } })
    .toColourspace('b-w')
    .jpeg({ quality: 95 })
    .toBuffer();
  const address = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  const size = 'position:absolute;top:0;width:80px;height:80px';
  const pdf = await pressed(
    `grey-${level}`,
    `<img src="${address}" style="${size};left:0"><div style="${size};left:80px;background:rgb(${level},${level},${level})"></div>`,
  );
  expect((await pdfImages(pdf)).map(({ color }) => color)).toEqual(['gray']);
  const { width, C, M, Y, K } = await plates(pdf, { dpi: 72 });
  // 80 px are 60 pt; the page begins at 2 mm, 1 mm.
  const [picture, shape] = [35, 95].map((x) => 33 * width + x);
  expect(Math.abs(K[picture!]! - K[shape!]!)).toBeLessThanOrEqual(2);
  expect(K[shape!]! > 0).toBe(true);
  for (const plate of [C, M, Y]) expect(Math.max(...plate)).toBe(0);
});

test('the same picture in two places is in the file once, with alpha too', async () => {
  for (const slot of ['photo', 'cutout']) {
    const image = `<img data-slot="${slot}" style="width:100px;height:66px;display:block">`;
    const pdf = await pressed(`twice-${slot}`, image + image);
    const shown = (await judge('pdfimages', '-list', pdf)).split('\n').slice(2).filter(Boolean);
    const objects = shown.map((row) => row.trim().split(/\s+/)[10]);
    expect(objects).toHaveLength(slot === 'photo' ? 2 : 4);
    // poppler names a mask by its picture's object.
    expect(new Set(objects).size).toBe(1);
    const masks = (await seeThroughObjects(pdf)).filter((entry) => entry === '/SMask');
    expect(masks).toHaveLength(slot === 'photo' ? 0 : 1);
  }
});
