import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../src/files.ts';
import { findTemplate } from '../../src/layout/template.ts';
import type { Order } from '../../src/order/order.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import { type Box, mmToPt } from '../../src/units.ts';
import {
  colouredSteps,
  mutoolTrace,
  type Plates,
  pdfBoxes,
  pdfFonts,
  pdfImages,
  plates,
  qpdfCheck,
} from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { ourPlates } from '../preview/our-plates.ts';
import { coverOrder, IMAGES } from './fixtures.ts';
import { Line, orderOf } from './making.ts';

const TEMPLATES = ['quarter', 'bungei'];
const DPI = 150;
/** 0.01 mm in pt. */
const BOX_TOLERANCE_PT = 0.0284;

let line: Line;
const made: Line['made'] = (...order) => line.made(...order);

beforeAll(async () => {
  line = await Line.open();
});

afterAll(() => line?.close());

/** A box in mm from the top left as pdfinfo prints it: pt from the bottom left. */
const inPt = (box: Box, height: number): number[] =>
  [box.x, height - box.y - box.height, box.x + box.width, height - box.y].map(mmToPt);

/** Pixels of a plate within the words of a text, as pdftotext finds them on the page. */
async function wordBoxes(pdf: string, wanted: RegExp): Promise<Box[]> {
  const text = await judge('pdftotext', '-bbox', pdf, '-');
  return [...text.matchAll(/<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">([^<]*)</g)]
    .filter((match) => wanted.test(match[5]!))
    .map(([, x0, y0, x1, y1]) => ({
      x: Number(x0),
      y: Number(y0),
      width: Number(x1) - Number(x0),
      height: Number(y1) - Number(y0),
    }));
}

/**
 * Counts the pixels of dark type inside the boxes, those with nearly solid black ink, and those of them that have more of
 * any other ink than the ground around them: small type overprints, so the ground goes on below it. Boxes that are
 * dark for the most part hold light type on a ground and are left out.
 */
function blackPixels(found: Plates, boxes: readonly Box[]): { black: number; tainted: number } {
  let black = 0;
  let tainted = 0;
  const px = (pt: number) => Math.round((pt / 72) * DPI);
  const colour = (i: number) => found.C[i]! + found.M[i]! + found.Y[i]!;
  for (const box of boxes) {
    const pixels: number[] = [];
    for (let y = px(box.y); y < px(box.y + box.height); y++) {
      for (let x = px(box.x); x < px(box.x + box.width); x++) pixels.push(y * found.width + x);
    }
    const dark = pixels.filter((i) => found.K[i]! >= 128);
    if (dark.length > 0.6 * pixels.length) continue;
    const ground = Math.max(...pixels.filter((i) => found.K[i]! < 64).map(colour), 0);
    black += dark.filter((i) => found.K[i]! >= 250).length;
    tainted += dark.filter((i) => colour(i) > ground).length;
  }
  return { black, tainted };
}

describe.each(TEMPLATES)('a cover in %s', (template) => {
  describe.each(IMAGES)('of %s', (image) => {
    let cover: Awaited<ReturnType<typeof made>>;
    let order: Order;

    beforeAll(async () => {
      order = await orderOf(template, image);
      cover = await made(order);
    });

    test('its page boxes are the computed ones to 0.01 mm', async () => {
      const { binding } = await findTemplate(template);
      const geometry = findProduct('book-cover').geometry({ binding, ...order.options });
      const { media, bleed, trim } = pageBoxes(geometry);
      const { pages, boxes } = await pdfBoxes(cover.pdf);
      expect(pages).toBe(1);
      const wanted = { MediaBox: { x: 0, y: 0, ...media }, BleedBox: bleed, TrimBox: trim } as const;
      for (const [name, box] of Object.entries(wanted)) {
        const found = boxes[name as keyof typeof wanted];
        for (const [i, pt] of inPt(box, media.height).entries()) {
          expect(Math.abs(found[i]! - pt), `${name} ${found} for ${inPt(box, media.height)}`).toBeLessThan(
            BOX_TOLERANCE_PT,
          );
        }
      }
    });

    test('its pictures are CMYK at 300 ppi or more', async () => {
      const images = (await pdfImages(cover.pdf)).filter(({ type }) => type === 'image');
      expect(images.length).toBeGreaterThan(0);
      for (const picture of images) {
        expect(picture.color).toBe('cmyk');
        expect(Math.min(picture.xPpi, picture.yPpi)).toBeGreaterThanOrEqual(300);
      }
    });

    test('its fonts are embedded, none is Type 3', async () => {
      const fonts = await pdfFonts(cover.pdf);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) {
        expect(font.embedded, font.name).toBe(true);
        expect(font.type, font.name).not.toMatch(/Type 3/);
      }
    });

    test('black text is on the black plate and adds to no other', async () => {
      const words = await wordBoxes(cover.pdf, template === 'quarter' ? /^[a-z]{3,}/ : /[ぁ-ん]{3,}|[一-龠]/);
      const { black, tainted } = blackPixels(await plates(cover.pdf, { dpi: DPI }), words);
      expect(words.length).toBeGreaterThan(5);
      expect(black).toBeGreaterThan(500);
      expect(tainted).toBe(0);
    });

    test('nothing in it is RGB, and qpdf finds no fault', async () => {
      const steps = colouredSteps(await mutoolTrace(cover.pdf));
      expect(steps.length).toBeGreaterThan(10);
      expect(
        [...new Set(steps.map((step) => step.colorspace ?? ''))].filter((space) => /rgb/i.test(space)),
      ).toEqual([]);
      expect(await qpdfCheck(cover.pdf)).toMatchObject({ ok: true });
    });

    test('made twice it has the same bytes', async () => {
      const again = await made(order, 'again');
      for (const [i, file] of cover.files.entries()) {
        expect(await hashFile(again.files[i]!.path), file.role).toBe(await hashFile(file.path));
      }
    });
  });
});

describe('printers', () => {
  test('Lulu, 6×9 in, 210 pages: the published page of 920 × 666 pt, MediaBox = BleedBox', async () => {
    const options = { printer: 'lulu', size: '6x9', pages: 210, paper: '060UW444' };
    const { pdf } = await made(coverOrder(IMAGES[0]!, { options }), 'lulu');
    const { boxes } = await pdfBoxes(pdf);
    const [, , width, height] = boxes.MediaBox;
    expect(Math.round(width)).toBe(920);
    expect(Math.round(height)).toBe(666);
    expect(boxes.BleedBox).toEqual(boxes.MediaBox);
  });

  test('KDP, 6×9 in, 210 pages on white: 2 × 6 + 210 × 0.002252 + 2 × 0.125 in wide, no marks', async () => {
    const options = { printer: 'kdp', size: '6x9', pages: 210, paper: 'white' };
    const { pdf } = await made(coverOrder(IMAGES[0]!, { options }), 'kdp');
    const { boxes } = await pdfBoxes(pdf);
    const [x0, y0, width, height] = boxes.MediaBox;
    expect([x0, y0]).toEqual([0, 0]);
    expect(width).toBeCloseTo(72 * (12 + 210 * 0.002252 + 0.25), 1);
    expect(height).toBeCloseTo(72 * 9.25, 1);
    expect(boxes.BleedBox).toEqual(boxes.MediaBox);
  });

  test('registration marks are on every plate and outside the bleed', async () => {
    const { pdf } = await made(coverOrder(IMAGES[0]!), 'marks');
    const { boxes } = await pdfBoxes(pdf);
    const found = await plates(pdf, { dpi: DPI });
    const bleedLeft = Math.floor((boxes.BleedBox[0] / 72) * DPI) - 1;
    let marked = 0;
    for (let y = 0; y < found.height; y++) {
      for (let x = 0; x < bleedLeft; x++) {
        const i = y * found.width + x;
        const inks = [found.C[i]!, found.M[i]!, found.Y[i]!, found.K[i]!];
        if (Math.max(...inks) === 0) continue;
        marked++;
        expect(Math.min(...inks)).toBe(Math.max(...inks));
      }
    }
    expect(marked).toBeGreaterThan(100);
  });
});

describe('proof', () => {
  test('shows the plates that Ghostscript separates, within 3 of 255 on the mean of each ink', async () => {
    const { pdf } = await made(
      coverOrder(IMAGES[1]!, { options: { printer: 'kdp', size: '6x9', pages: 120 } }),
      'proof',
    );
    const judged = await plates(pdf, { dpi: 100 });
    const { width, height } = judged;
    const ours = await ourPlates(pdf, { width, height }, 1 / 3);
    for (const [c, ink] of (['C', 'M', 'Y', 'K'] as const).entries()) {
      let difference = 0;
      for (let i = 0; i < width * height; i++) difference += Math.abs(ours[4 * i + c]! - judged[ink][i]!);
      expect(difference / (width * height), ink).toBeLessThan(3);
    }
  });

  test('ends at the trim; with guides it shows the whole sheet', async () => {
    const { trim, media } = pageBoxes(findProduct('book-cover').geometry(coverOrder(IMAGES[0]!).options));
    const px = (mm: number) => (mm / 25.4) * 150;
    const size = async (path: string) => {
      const { width, height, density } = await sharp(path).metadata();
      return { width: width!, height: height!, density };
    };
    const plain = await size((await made(coverOrder(IMAGES[0]!), 'plain')).proof);
    expect(Math.abs(plain.width - px(trim.width))).toBeLessThanOrEqual(1);
    expect(Math.abs(plain.height - px(trim.height))).toBeLessThanOrEqual(1);
    expect(plain.density).toBe(150);
    const guided = await size((await made(coverOrder(IMAGES[0]!), 'guided', { guides: true })).proof);
    expect(Math.abs(guided.width - px(media.width))).toBeLessThanOrEqual(1);
    expect(Math.abs(guided.height - px(media.height))).toBeLessThanOrEqual(1);
  });
});
