import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOrder } from '../../src/order/read-order.ts';
import { decodedCodes, hasTool, pdfBoxes, plates, qpdfCheck } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { IMAGES } from './fixtures.ts';
import { Line } from './making.ts';

/** The demo cat with clear ground. */
const CUT_OUT = '20220923124418';
const LINKS = ['https://example.com/cats', 'https://example.com/credits'];

let line: Line;
beforeAll(async () => {
  line = await Line.open();
});
afterAll(() => line?.close());

const make = (json: object, out: string) =>
  line.made(readOrder({ upscaler: 'lanczos', fields: {}, ...json }, out), out);

/** Red, green, blue and alpha of a pixel, 0…255. */
async function pixel(file: string, left: number, top: number): Promise<number[]> {
  const { data } = await sharp(file, { limitInputPixels: false })
    .extract({ left, top, width: 1, height: 1 })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data];
}

describe('the tote: 17 × 33 in at 150 ppi', () => {
  let png: string;
  let credits: string[];
  let notes: string[];
  beforeAll(async () => {
    const made = await make(
      { product: 'tote', images: IMAGES.slice(0, 8), dark: '25%', link: LINKS, credits: true },
      'tote',
    );
    png = made.pdf;
    credits = made.files.filter(({ role }) => role === 'credits').map(({ path }) => path);
    notes = made.manifest.notes.map(({ text }) => text);
  });

  test('has exactly its pixels, sRGB and its ppi', async () => {
    const { width, height, hasAlpha, density, icc, format, depth } = await sharp(png).metadata();
    expect({ width, height, hasAlpha, density, format, depth }).toEqual({
      ...{ width: 2550, height: 4950, hasAlpha: false, density: 150, format: 'png', depth: 'uchar' },
    });
    expect(icc!.toString('latin1').replaceAll('\0', '')).toContain('sRGB');
  });

  test.skipIf(!hasTool('identify'))('ImageMagick reads the same', async () => {
    const said = await judge(
      'identify',
      '-units',
      'PixelsPerInch',
      '-format',
      '%w %h %x %[profile:icc]',
      png,
    );
    expect(said).toMatch(/^2550 4950 150\.0\d* .*sRGB/);
  });

  test('comes with its credits, every picture named once', async () => {
    expect(credits.map((path) => path.split('.').at(-1))).toEqual(['html', 'md']);
    const markdown = await readFile(credits[1]!, 'utf8');
    for (const id of IMAGES.slice(0, 8)) expect(markdown.split(id).length, id).toBe(2);
    expect(notes.filter((text) => text.includes('no place for'))).toEqual([]);
  });

  test('is a grid of 512 px tiles above a black quarter', async () => {
    const black = [0, 0, 0, 255];
    const edge = Math.round(4950 * 0.75);
    for (const x of [3, 1275, 2546]) expect(await pixel(png, x, edge + 3)).toEqual(black);
    expect(await pixel(png, 1275, edge - 3)).not.toEqual(black);
    expect(await pixel(png, 4, 4946)).toEqual(black);
  });

  test.skipIf(!hasTool('zbarimg'))('its codes are read', async () => {
    expect((await decodedCodes(png)).map(({ text }) => text).sort()).toEqual([...LINKS].sort());
  });
});

test('a phone case shows a square picture whole below the camera, and a pattern all over', async () => {
  const made = await make({ product: 'phone-case', image: CUT_OUT, fields: {} }, 'case');
  const band = [await pixel(made.pdf, 30, 30), await pixel(made.pdf, 1000, 600)];
  // One dark colour around the camera and behind the cat; the whole of its tail, which a narrow crop loses.
  expect(band[0]).toEqual(band[1]);
  expect(Math.max(...band[0]!.slice(0, 3))).toBeLessThan(90);
  expect((await pixel(made.pdf, 965, 1490))[0]).toBeGreaterThan(180);
  const pattern = await make(
    { product: 'phone-case', image: IMAGES[0], fields: {}, repeat: 'grid', tile: '30mm' },
    'pattern',
  );
  // Two tiles apart, the second of them in what was the band.
  const [one, other] = [await pixel(pattern.pdf, 500, 1500), await pixel(pattern.pdf, 500, 1500 - 3 * 354)];
  for (const c of [0, 1, 2]) expect(Math.abs(one![c]! - other![c]!)).toBeLessThan(40);
});

test('a T-shirt keeps its clear ground, and its white ink lies inside the art', async () => {
  const made = await make(
    { product: 't-shirt', image: CUT_OUT, white: true, fields: { title: 'Cat' } },
    'shirt',
  );
  expect(await sharp(made.pdf).metadata()).toMatchObject({
    width: 1800,
    height: 2400,
    density: 150,
    hasAlpha: true,
  });
  expect((await pixel(made.pdf, 5, 5))[3]).toBe(0);
  const white = made.files.find(({ role }) => role === 'white')!.path;
  const [ink, art] = await Promise.all(
    [sharp(white).toColourspace('b-w'), sharp(made.pdf).extractChannel('alpha')].map((picture) =>
      picture.raw().toBuffer(),
    ),
  );
  let outside = 0;
  let inside = 0;
  for (const [i, value] of ink!.entries()) {
    if (value > 127) continue;
    if (art![i]! === 0) outside++;
    else inside++;
  }
  expect(outside).toBe(0);
  expect(inside).toBeGreaterThan(200_000);
});

test.each([
  ['printful', 2700, 1050],
  ['printify', 2475, 1155],
])('a mug for %s has %d × %d px', async (size, width, height) => {
  const made = await make({ product: 'mug', image: IMAGES[0], size, printer: size }, `mug-${size}`);
  expect(await sharp(made.pdf).metadata()).toMatchObject({ width, height, density: 300, hasAlpha: false });
});

test('a badge of 57 mm is cut at 66.7 mm', async () => {
  const made = await make(
    { product: 'can-badge', image: IMAGES[0], size: '57', printer: 'pixivfactory' },
    'badge',
  );
  const [left, , right] = (await pdfBoxes(made.pdf)).boxes.TrimBox;
  expect(((right - left) / 72) * 25.4).toBeCloseTo(66.7, 1);
  const { spots, width } = await plates(made.pdf, { dpi: 300 });
  const rows = [...spots.get('CutContour')!.keys()].filter((i) => spots.get('CutContour')![i]! > 60);
  const ys = rows.map((i) => Math.floor(i / width));
  expect(((Math.max(...ys) - Math.min(...ys)) / 300) * 25.4).toBeCloseTo(66.7, 0);
});

test('a keychain has its cut, a hole in its tab, and white under the art', async () => {
  const made = await make({ product: 'keychain', image: CUT_OUT, longest: 50 }, 'keychain');
  expect(await qpdfCheck(made.pdf)).toMatchObject({ ok: true });
  expect(made.manifest.preflight.findings).toEqual([]);
  const found = await plates(made.pdf, { dpi: 300 });
  expect([...found.spots.keys()].sort()).toEqual(['CutContour', 'White']);
  const white = found.spots.get('White')!;
  const inked = white.filter((value) => value > 127).length;
  // The white of art that is 50 mm long at most, and no tab has any.
  const mm2 = (inked * 25.4 ** 2) / 300 ** 2;
  expect(mm2).toBeGreaterThan(400);
  expect(mm2).toBeLessThan(50 * 50);
  const art = found.C.map((c, i) => Math.max(c, found.M[i]!, found.Y[i]!, found.K[i]!));
  const bare = white.filter((value, i) => value > 127 && art[i]! < 3).length;
  expect(bare / inked).toBeLessThan(0.02);
});

test('an order for a provider of PNG takes neither sheets nor a standard of the press', async () => {
  const mug = { product: 'mug', image: IMAGES[0] };
  await expect(make({ ...mug, sheet: 'a4' }, 'no')).rejects.toThrow(
    'Expected nothing for this product, which is a PNG, for --sheet but received a4',
  );
  await expect(make({ ...mug, standard: 'x4' }, 'no')).rejects.toThrow('for --standard but received x4');
});

test('the manifest of a PNG says what it is', async () => {
  const made = await make({ product: 'mug', image: IMAGES[0] }, 'said');
  const manifest = JSON.parse(
    await readFile(made.files.find(({ role }) => role === 'manifest')!.path, 'utf8'),
  );
  expect(manifest).toMatchObject({ standard: 'PNG in sRGB', colours: { space: 'rgb', spots: [] } });
  expect(manifest.files.map(({ role }: { role: string }) => role)).toEqual(['print', 'proof']);
});
