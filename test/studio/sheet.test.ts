import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdfBoxes, pdfFonts, pdfImages, pdfWords, render } from '../judges/index.ts';
import type { Raster } from '../judges/poppler.ts';
import { printcat } from '../make/cli.ts';
import { filledWorkspace, IMAGES } from '../make/fixtures.ts';

const WANTED = IMAGES.slice(0, 2);
const LINE = ['-t', 'shop-card', '-s', 'title=Night Walks', '--upscaler', 'lanczos'];
const DPI = 144;

let workspace: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
});
afterAll(() => remove());

/** A part of a picture as 24 × 24 px: what little moves or sharpens it makes no difference. */
const gist = (picture: Sharp): Promise<Buffer> =>
  picture.removeAlpha().toColourspace('srgb').resize(24, 24, { fit: 'fill' }).raw().toBuffer();

const differenceOf = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

/** The picture above the caption that begins with a word. */
async function cellAbove(file: string, page: Raster, caption: string): Promise<Sharp> {
  const word = (await pdfWords(file))[0]!.find(({ text }) => text === caption)!;
  const [image] = await pdfImages(file);
  const px = (pt: number) => Math.round((pt / 72) * DPI);
  const width = Math.round((image!.width / image!.xPpi) * DPI);
  const height = Math.round((image!.height / image!.yPpi) * DPI);
  // It ends 10 CSS px above the line in which the caption stands.
  const bottom = px(word.y - 7.5);
  const { data, width: across, height: down } = page;
  return sharp(data, { raw: { width: across, height: down, channels: 3 } }).extract({
    ...{ left: px(word.x) + 2, top: bottom - height + 2, width: width - 4, height: height - 4 },
  });
}

describe('a sheet of one product with several pictures', () => {
  it('has the proof of each above its ID, as a PDF with live text', async () => {
    const run = await printcat(workspace, [
      'preview',
      'postcard',
      ...WANTED,
      ...LINE,
      '--sheet',
      'cards.pdf',
    ]);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/2 proofs: cards\.pdf/);
    const file = join(workspace, 'cards.pdf');
    expect((await pdfBoxes(file)).pages).toBe(1);
    const words = (await pdfWords(file))[0]!.map(({ text }) => text.replaceAll('\u00a0', ' ')).join(' ');
    expect(words).toBe(`Postcard shop-card, 100 × 148 mm ${WANTED.join(' ')}`);
    expect((await pdfFonts(file)).every(({ embedded, unicode }) => embedded && unicode)).toBe(true);
    expect(await pdfImages(file)).toHaveLength(2);

    const page = await render(file, DPI);
    const cells = await Promise.all(WANTED.map(async (id) => gist(await cellAbove(file, page, id))));
    const proofs = await Promise.all(WANTED.map(proofOf));
    for (const [i, cell] of cells.entries()) {
      expect(differenceOf(cell, proofs[i]!)).toBeLessThan(6);
      expect(differenceOf(cell, proofs[1 - i]!)).toBeGreaterThan(15);
    }
  });

  it('is the same sheet as a PNG, and the same bytes again', async () => {
    const [width, height] = (await pdfBoxes(join(workspace, 'cards.pdf'))).boxes.MediaBox.slice(2) as [
      number,
      number,
    ];
    for (const name of ['cards.png', 'again.pdf']) {
      const run = await printcat(workspace, ['preview', 'postcard', ...WANTED, ...LINE, '--sheet', name]);
      expect(run.code).toBe(0);
    }
    const [first, again] = await Promise.all(
      ['cards.pdf', 'again.pdf'].map((name) => readFile(join(workspace, name))),
    );
    expect(again!.equals(first!)).toBe(true);
    const png = await sharp(join(workspace, 'cards.png')).metadata();
    expect(png.format).toBe('png');
    // A sheet of 420 mm is 2000 px wide.
    const pxPerPt = 2000 / ((420 / 25.4) * 72);
    expect(Math.abs(png.width - width * pxPerPt)).toBeLessThan(3);
    expect(Math.abs(png.height - height * pxPerPt)).toBeLessThan(3);
  });

  it('is a PNG or a PDF, and nothing is written where nothing can be made', async () => {
    const wrong = [
      [
        ['postcard', WANTED[0]!, ...LINE, '--sheet', 'cards.gif'],
        2,
        /Expected a file \.png or \.pdf for --sheet/,
      ],
      [['postcard', '20000101000000', ...LINE, '--sheet', 'none.png'], 2, /there is no sheet/],
    ] as const;
    for (const [args, status, message] of wrong) {
      const { code, stderr } = await printcat(workspace, ['preview', ...args]);
      expect(stderr).toMatch(message);
      expect(code).toBe(status);
    }
    expect((await readdir(workspace)).filter((name) => /^(none|cards\.gif)/.test(name))).toEqual([]);
  });
});

/** The proof that `make` delivers of a picture's card: its front. */
async function proofOf(id: string): Promise<Buffer> {
  const out = join(workspace, `made-${id}`);
  const run = await printcat(workspace, ['make', 'postcard', id, ...LINE, '--out', out]);
  expect(run.code, run.stderr).toBe(0);
  const [proof] = (await readdir(out, { recursive: true })).filter((name) => /\.png$/.test(name)).sort();
  return gist(sharp(join(out, proof!)));
}
