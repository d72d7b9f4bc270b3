import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExifReader from 'exifreader';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Artwork } from '../../src/artwork/artwork.ts';
import { screenColours } from '../../src/colour/screen-colours.ts';
import { drawImage, type ImageForm } from '../../src/images/draw.ts';
import { judgeImage, requireSoundImage } from '../../src/images/soundness.ts';
import { whiteLayer } from '../../src/images/white-layer.ts';
import { pending } from '../../src/press/pictures.ts';
import { press } from '../../src/press/press.ts';
import { rgbPicture } from '../../src/press/rgb-pictures.ts';
import { standIn } from '../../src/press/stand-ins.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { inchToMm } from '../../src/units.ts';
import { hasTool } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { openBrowser } from '../layout/sheets.ts';
import { artworkOf } from '../press/pictures-helpers.ts';
import { flatCard } from '../products/flat.ts';

const PPI = 150;
const SIZE = { width: 360, height: 240 };
const FORM: ImageForm = { size: SIZE, ppi: PPI, transparent: true };
const CARD = flatCard({ width: inchToMm(360 / PPI), height: inchToMm(240 / PPI) });
const FACTS = { title: 'goods', author: '', date: new Date(0), producer: 'test', digitalSourceType: null };

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-goods-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A checkerboard of single pixels in changing colours; inside a disc with a soft edge where it has alpha. */
function checkers(width: number, height: number, channels: 3 | 4) {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * channels;
      data[i] = (x ^ y) & 1 ? 230 : 20;
      data[i + 1] = (x * 7 + y * 13) & 255;
      data[i + 2] = (x * y) & 1 ? 0 : 255;
      const inside = Math.min(width, height) * 0.45 - Math.hypot(x - width / 2, y - height / 2);
      if (channels === 4) data[i + 3] = Math.max(0, Math.min(255, inside * 90));
    }
  }
  return { width, height, channels, data };
}

/** Prints HTML on the card with pictures as stand-ins, and presses it in sRGB; `{0}` is the first picture's address. */
async function pressed(html: string, artworks: readonly Artwork[] = []): Promise<Uint8Array> {
  const jpegs = await Promise.all(artworks.map((artwork, i) => standIn(artwork, i, join(folder, 'cache'))));
  const filled = jpegs.reduce(
    (text, jpeg, i) => text.replaceAll(`{${i}}`, `data:image/jpeg;base64,${jpeg.toString('base64')}`),
    html,
  );
  const { media } = pageBoxes(CARD);
  const page = await browser.newPage();
  try {
    await page.setContent(`<style>@page{size:${media.width + 1}mm ${media.height + 1}mm;margin:0}
      html{zoom:10} body{margin:0;width:${media.width}mm;height:${media.height}mm;position:relative;overflow:hidden}
      body>*{position:absolute;display:block}</style>${filled}`);
    const printed = await page.pdf({
      ...{ scale: 0.1, preferCSSPageSize: true, printBackground: true, tagged: false, outline: false },
    });
    const { pdf } = await press({
      ...{ printed, geometry: CARD, colours: await screenColours(), facts: FACTS, standard: 'rgb' },
      pictures: pending(artworks, (artwork) => rgbPicture(artwork, { lossless: true })),
    });
    return pdf;
  } finally {
    await page.close();
  }
}

const rawOf = (png: Buffer): Promise<Buffer> => sharp(png).raw().toBuffer();
const px = (count: number) => `${inchToMm(count / PPI)}mm`;

/** Mean and most of the differences in colour where the picture is opaque, and most of those in alpha. */
function differences(found: Buffer, art: ReturnType<typeof checkers>, left: number, top: number) {
  const { width, height, channels, data } = art;
  let [sum, count, most, alpha] = [0, 0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const from = (y * width + x) * channels;
      const to = ((y + top) * SIZE.width + x + left) * 4;
      const opacity = channels === 4 ? data[from + 3]! : 255;
      alpha = Math.max(alpha, Math.abs(found[to + 3]! - opacity));
      if (opacity < 255) continue;
      for (let k = 0; k < 3; k++) {
        const difference = Math.abs(found[to + k]! - data[from + k]!);
        sum += difference;
        count++;
        most = Math.max(most, difference);
      }
    }
  }
  return { mean: sum / count, most, alpha };
}

describe('a picture that fills the page', () => {
  const art = checkers(SIZE.width, SIZE.height, 4);
  const html = '<img src="{0}" style="left:0;top:0;width:100%;height:100%;object-fit:cover">';
  let png: Buffer;
  beforeAll(async () => {
    png = await drawImage(await pressed(html, [await artworkOf(folder, art)]), FORM);
    if (process.env.PRINTCAT_KEEP) await writeFile(`${process.env.PRINTCAT_KEEP}-goods.png`, png);
  });

  test('comes through pixel for pixel, with its alpha, to the last row and column', async () => {
    const found = await rawOf(png);
    expect(found.length).toBe(SIZE.width * SIZE.height * 4);
    expect(differences(found, art, 0, 0)).toEqual({ mean: 0, most: 0, alpha: 0 });
  });

  test('on black it is what the artwork is on black: no fringe', async () => {
    const onBlack = (input: Buffer, channels: 4) =>
      sharp(input, { raw: { ...SIZE, channels } })
        .flatten({ background: '#000' })
        .raw()
        .toBuffer();
    const [found, wanted] = await Promise.all([
      onBlack(await rawOf(png), 4),
      onBlack(Buffer.from(art.data), 4),
    ]);
    const most = found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - wanted[i]!)), 0);
    expect(most).toBeLessThanOrEqual(2);
  });

  test('others read its size, depth, alpha, profile and resolution as asked', async () => {
    const tags = await ExifReader.load(png, { async: true });
    expect(tags['Image Width']?.value).toBe(360);
    expect(tags['Image Height']?.value).toBe(240);
    expect(tags['Bit Depth']?.value).toBe(8);
    expect(tags['Color Type']?.description).toMatch(/RGB with Alpha/i);
    expect(tags['Pixels Per Unit X']?.value).toBe(Math.round(150 / 0.0254));
    expect(tags['Pixel Units']?.description).toBe('meters');
    expect(tags['ICC Description']?.description).toMatch(/sRGB/);
    expect(await judgeImage(png, FORM)).toEqual([]);
  });

  test.skipIf(!hasTool('identify'))('ImageMagick reads the same (skipped without identify)', async () => {
    const path = join(folder, 'goods.png');
    await writeFile(path, png);
    const format = '%w %h %z %x %[profile:icc]';
    const read = await judge('identify', '-units', 'PixelsPerInch', '-format', format, path);
    const [width, height, depth, ppi] = read.split(' ').map(Number.parseFloat);
    expect([width, height, depth]).toEqual([360, 240, 8]);
    expect(ppi).toBeCloseTo(150, 0);
    expect(read).toMatch(/sRGB/);
  });

  test('the same page gives the same bytes', async () => {
    const pdf = await pressed(html, [await artworkOf(folder, art)]);
    expect(Buffer.compare(await drawImage(pdf, FORM), png)).toBe(0);
  });
});

test('a picture between the pixels is put on them', async () => {
  const art = checkers(101, 83, 3);
  const artwork = await artworkOf(folder, art);
  // Two thirds of a pixel aside, in a box that is not quite 101 × 83 pixels.
  const html = `<img src="{0}" style="left:${px(40.66)};top:${px(30.4)};width:${px(100.6)};height:${px(82.5)}">`;
  const found = await rawOf(await drawImage(await pressed(html, [artwork]), FORM));
  const fits = [40, 41].flatMap((left) => [30, 31].map((top) => differences(found, art, left, top).mean));
  expect(Math.min(...fits)).toBeLessThan(2);
});

test('shapes and type are drawn on clear ground with clean edges, without a fringe of another colour', async () => {
  const pdf = await pressed(
    `<i style="left:${px(20)};top:${px(20)};width:${px(100)};height:${px(100)};border-radius:50%;background:#f00"></i>
     <b style="left:${px(150)};top:${px(60)};font:bold 9mm sans-serif;color:#000">Cats</b>`,
  );
  const png = await drawImage(pdf, FORM);
  if (process.env.PRINTCAT_KEEP) await writeFile(`${process.env.PRINTCAT_KEEP}-shapes.png`, png);
  const data = await rawOf(png);
  let [clear, soft, covered] = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b, alpha] = data.subarray(i, i + 4) as unknown as [number, number, number, number];
    const isLeft = (i / 4) % SIZE.width < 140;
    if (alpha === 0) clear++;
    else expect([r > (isLeft ? 250 : 0), g, b]).toEqual([isLeft, 0, 0]);
    if (alpha > 0 && alpha < 255) soft++;
    if (isLeft) covered += alpha / 255;
  }
  expect(data[3]).toBe(0);
  expect(clear).toBeGreaterThan(70_000);
  expect(soft).toBeGreaterThan(200);
  // The disc's area by its coverage.
  expect(covered / (Math.PI * 50 ** 2)).toBeCloseTo(1, 2);
});

test('an opaque picture stands on white and has no alpha', async () => {
  const pdf = await pressed(
    `<i style="left:0;top:0;width:${px(100)};height:${px(240)};background:#00f"></i>`,
  );
  const png = await drawImage(pdf, { ...FORM, transparent: false });
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  expect([...data.subarray(0, 3)]).toEqual([0, 0, 255]);
  expect([...data.subarray(359 * 3, 360 * 3)]).toEqual([255, 255, 255]);
  expect(await judgeImage(png, { ...FORM, transparent: false })).toEqual([]);
});

describe('white ink', () => {
  /** A square of 40 × 40 px with an upright slit of 2 px, on clear ground; its left side is half clear. */
  const picture = () => {
    const data = Buffer.alloc(60 * 50 * 4);
    for (let y = 5; y < 45; y++) {
      for (let x = 10; x < 50; x++) {
        if (x === 30 || x === 31) continue;
        data.set([200, 30, 30, x < 20 ? 40 : 255], (y * 60 + x) * 4);
      }
    }
    return sharp(data, { raw: { width: 60, height: 50, channels: 4 } })
      .png()
      .toBuffer();
  };

  test.each([
    ['without choke', 0, 0],
    ['0.2 mm at 254 ppi', 0.2, 2],
    ['0.5 mm at 254 ppi', 0.5, 5],
  ])('lies under all that is not clear, that much inside its edges: %s', async (_, choke, inside) => {
    const layer = await whiteLayer(await picture(), { choke, ppi: 254 });
    const { data, info } = await sharp(layer)
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 60, height: 50, channels: 1 });
    const columns = (y: number) =>
      [...data.subarray(y * 60, y * 60 + 60).entries()].filter(([, v]) => v === 0);
    const ink = columns(25).map(([x]) => x);
    const span = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    expect(ink).toEqual([...span(10 + inside, 30 - inside), ...span(32 + inside, 50 - inside)]);
    const rows = span(0, 50).filter((y) => data[y * 60 + 15 + (inside > 4 ? 5 : 0)] === 0);
    expect(rows).toEqual(span(5 + inside, 45 - inside));
    expect(new Set(data)).toEqual(new Set([0, 255]));
  });

  test('is a grey PNG of the same pixels and resolution', async () => {
    const tags = ExifReader.load(await whiteLayer(await picture(), { choke: 0.1, ppi: 254 }));
    expect(tags['Color Type']?.description).toBe('Grayscale');
    expect([tags['Image Width']?.value, tags['Image Height']?.value]).toEqual([60, 50]);
    expect(tags['Pixels Per Unit X']?.value).toBe(10_000);
  });

  test('an edge that runs along the picture is not choked', async () => {
    const full = await sharp({ create: { width: 9, height: 9, channels: 4, background: '#000' } })
      .png()
      .toBuffer();
    const data = await sharp(await whiteLayer(full, { choke: 0.3, ppi: 254 }))
      .raw()
      .toBuffer();
    expect(data.every((value) => value === 0)).toBe(true);
  });
});

describe('the last gate', () => {
  const pixels = (channels: 3 | 4, background = '#00f') =>
    sharp({ create: { ...SIZE, channels, background } });
  const sound = () => pixels(4).withIccProfile('srgb').withDensity(PPI).png();

  test.each<[string, () => Promise<Buffer>, string, RegExp]>([
    ['a JPEG', () => pixels(3).jpeg().toBuffer(), 'format', /Expected a PNG but found jpeg/],
    ['text', async () => Buffer.from('cat'), 'format', /no picture/],
    [
      'one row less',
      () => sound().extract({ left: 0, top: 0, width: 360, height: 239 }).toBuffer(),
      'size',
      /360 × 240 px but found 360 × 239 px/,
    ],
    [
      '16 bits',
      () => pixels(4).toColourspace('rgb16').withIccProfile('srgb').withDensity(PPI).png().toBuffer(),
      'depth',
      /8 bits/,
    ],
    ['no profile', () => pixels(4).withDensity(PPI).png().toBuffer(), 'profile', /no profile/],
    [
      'another profile',
      () => pixels(4).withIccProfile('p3').withDensity(PPI).png().toBuffer(),
      'profile',
      /another profile/,
    ],
    [
      'greys',
      async () =>
        sharp(new Uint8Array(360 * 240 * 2).fill(99), { raw: { ...SIZE, channels: 2 } })
          .toColourspace('b-w')
          .withDensity(PPI)
          .png()
          .toBuffer(),
      'profile',
      /found greys/,
    ],
    ['no resolution', () => pixels(4).withIccProfile('srgb').png().toBuffer(), 'ppi', /150 ppi but found/],
    ['another resolution', () => sound().withDensity(72).toBuffer(), 'ppi', /150 ppi but found 72 ppi/],
    [
      'no alpha',
      () => pixels(3).withIccProfile('srgb').withDensity(PPI).png().toBuffer(),
      'alpha',
      /an alpha channel but found none/,
    ],
    [
      'nothing on it',
      () => pixels(4, '#0000').withIccProfile('srgb').withDensity(PPI).png().toBuffer(),
      'empty',
      /nothing but clear ground/,
    ],
  ])('%s', async (_, make, rule, message) => {
    const found = await judgeImage(await make(), FORM);
    expect(found.map((finding) => finding.rule)).toEqual([rule]);
    expect(found.map((finding) => finding.message).join()).toMatch(message);
  });

  test('what is sound passes; too many bytes and coarse pictures do not', async () => {
    const png = await sound().toBuffer();
    const pictures = [{ name: 'front', ppi: 149.2 }];
    await expect(
      requireSoundImage('a.png', png, { ...FORM, maxBytes: 1e6, pictures }),
    ).resolves.toBeUndefined();
    await expect(requireSoundImage('a.png', png, { ...FORM, transparent: false })).rejects.toThrow(
      'a.png is not what its provider takes: Expected no alpha channel but found one',
    );
    const coarse = { ...FORM, maxBytes: 100, pictures: [{ name: 'front', ppi: 99.6 }] };
    await expect(requireSoundImage('a.png', png, coarse)).rejects.toThrow(
      /at most 100 bytes but found \d+; Expected pictures of 150 ppi but found 99 ppi for front/,
    );
  });
});
