import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printMade } from '../../src/commands/print-made.ts';
import { hashFile } from '../../src/files.ts';
import type { Made } from '../../src/make.ts';
import type { Order } from '../../src/order/order.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { processTerminal, type Terminal } from '../../src/terminal.ts';
import { pdfBoxes, pdfImages, plates, render } from '../judges/index.ts';
import { BACK, writeTwoSided } from '../layout/two-sided.ts';
import { twoSided, twoSidedDeclaration } from '../products/flat.ts';
import { coverOrder, IMAGES } from './fixtures.ts';
import { Line } from './making.ts';

const PAIR = IMAGES.slice(0, 2);
let line: Line;
let made: Awaited<ReturnType<Line['made']>>;

const order = (more: Partial<Order> = {}): Order =>
  coverOrder(IMAGES[0]!, {
    ...{ product: 'card', images: PAIR, template: 'sides', options: { override: ['slug=10mm'] } },
    ...{ fields: { title: 'Cats', note: 'Two sides' } },
    ...more,
  });

beforeAll(async () => {
  line = await Line.open();
  await writeTwoSided(join(line.folder, 'templates', 'sides'));
  await mkdir(join(line.folder, 'products'));
  await writeFile(join(line.folder, 'products', 'card.json'), JSON.stringify(twoSidedDeclaration));
  made = await line.made(order(), 'output', { guides: true, gamut: true });
});
afterAll(() => line?.close());

const namesOf = ({ files }: Made) => files.map(({ path }) => basename(path));

const px = (mm: number): number => Math.round((mm / 25.4) * 150);

/** How far a proof is from the trimmed part of a sheet, mean of all channels. */
function difference(
  { data, info }: { data: Buffer; info: { width: number; height: number } },
  sheet: { data: Uint8Array; width: number },
): number {
  let sum = 0;
  for (let y = 0; y < info.height; y++) {
    for (let i = 0; i < info.width * 3; i++) {
      const there = sheet.data[((y + px(13)) * sheet.width + px(13)) * 3 + i]!;
      sum += Math.abs(data[y * info.width * 3 + i]! - there);
    }
  }
  return sum / data.length;
}

describe('a card of two sides and two pictures', () => {
  test('has a press file of two pages, a proof of each, and a manifest that lists them all', async () => {
    const stem = `${PAIR[0]}-and-1-more-card-jp-sides`;
    expect(namesOf(made)).toEqual([
      `${stem}.pdf`,
      ...[`${stem}-01.png`, `${stem}-02.png`, `${stem}-gamut-01.png`, `${stem}-gamut-02.png`],
      ...[`${stem}-preflight.html`, `${stem}.json`],
    ]);
    const manifest = JSON.parse(await readFile(made.files.at(-1)!.path, 'utf8'));
    expect(manifest.files.map(({ path }: { path: string }) => path)).toEqual(namesOf(made).slice(0, -1));
    expect(manifest.images.map(({ id }: { id: string }) => id)).toEqual(PAIR);
    expect(manifest.pictures).toMatchObject([
      { slot: 'art', page: 1, image: PAIR[0] },
      { slot: 'small', page: 2, image: PAIR[1] },
    ]);
    expect(manifest.pages).toMatchObject([
      { number: 1, kind: 'front' },
      { number: 2, kind: 'back' },
    ]);
    const shares = manifest.pages.map(({ gamut }: { gamut: { share: number } }) => gamut.share);
    expect(shares[0]).not.toBe(shares[1]);
    expect(manifest.proof.gamut.share).toBeCloseTo((shares[0] + shares[1]) / 2, 3);
    expect((await pdfBoxes(made.pdf)).pages).toBe(2);
  });

  test('shows on each page its own picture', async () => {
    const images = (await pdfImages(made.pdf)).filter(({ type }) => type === 'image');
    expect(images.map(({ page, color }) => [page, color])).toEqual([
      [1, 'cmyk'],
      [2, 'cmyk'],
    ]);
    expect(images[0]!.width).toBeGreaterThan(1000);
    expect(images[1]!.width).toBeLessThan(300);
  });

  test('its proofs show the pages, the guides those of their page', async () => {
    const { media } = pageBoxes(twoSided);
    const plain = await line.made(order(), 'plain');
    for (const page of [1, 2]) {
      const guided = await sharp(join(line.folder, 'output', namesOf(made)[page]!)).metadata();
      expect([guided.width, guided.height]).toEqual([px(media.width), px(media.height)]);
      const proof = await sharp(join(line.folder, 'plain', namesOf(plain)[page]!))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      // Poppler's own idea of colours is another one, but not as far away as the other page.
      const [own, other] = [await render(plain.pdf, 150, page), await render(plain.pdf, 150, 3 - page)];
      expect(difference(proof, own), `page ${page}`).toBeLessThan(difference(proof, other) / 3);
    }
    // The fold of the back, violet, in the slug above its bleed: not on the front.
    const violet = async (page: number) => {
      const file = join(line.folder, 'output', namesOf(made)[page]!);
      const { data } = await sharp(file)
        .extract({ left: px(43) - 2, top: px(11), width: 5, height: px(1) })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      let count = 0;
      for (let i = 0; i < data.length; i += 3) if (data[i + 2]! > data[i + 1]! + 80) count++;
      return count;
    };
    expect(await violet(2)).toBeGreaterThan(0);
    expect(await violet(1)).toBe(0);
  });

  test('has the inks of each page on its plates', async () => {
    const [front, back] = [await plates(made.pdf, { page: 1 }), await plates(made.pdf, { page: 2 })];
    const at = (found: typeof back, x: number, y: number) => {
      const i = Math.round((y / 25.4) * 150) * found.width + Math.round((x / 25.4) * 150);
      return [found.C[i]!, found.M[i]!, found.Y[i]!, found.K[i]!].map((ink) => Math.round(ink / 2.55));
    };
    expect(at(back, 13 + 15, 13 + 12)).toEqual([0, 80, 100, 0]);
    expect(at(front, 13 + 15, 13 + 12)).not.toEqual([0, 80, 100, 0]);
    expect(back.spots.get('PANTONE 871 C')).toBeDefined();
  });

  test('in sRGB, too, each page has a proof of its own', async () => {
    await writeTwoSided(join(line.folder, 'templates', 'plain'), { colours: {} });
    const rgb = await line.made(order({ template: 'plain', standard: 'rgb' }), 'rgb');
    const proofs = rgb.files.filter(({ role }) => role === 'proof');
    expect(proofs).toHaveLength(2);
    for (const [i, { path }] of proofs.entries()) {
      const proof = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect(difference(proof, await render(rgb.pdf, 150, i + 1)), `page ${i + 1}`).toBeLessThan(4);
    }
  });

  test('made twice it has the same bytes', async () => {
    const again = await line.made(order(), 'again', { guides: true, gamut: true });
    for (const [i, { path }] of made.files.entries()) {
      expect(await hashFile(again.files[i]!.path), basename(path)).toBe(await hashFile(path));
    }
  });

  test('its summary names pages, proofs and what the press cannot reach', () => {
    const lines: string[] = [];
    const print = (text = '') => void lines.push(text);
    const terminal: Terminal = { ...processTerminal(), print, warn: print };
    printMade(made, terminal, line.folder);
    const text = lines.join('\n');
    expect(text).toMatch(/^pages +2: front, back$/m);
    expect(text).toMatch(/^gamut +\S.*% of the pages, .*% of page [12], beyond the press/m);
    expect(text).toMatch(/^proof .*-01\.png.* … .*-02\.png/m);
  });
});

test('without proofs the press file comes alone with its manifest, the same byte by byte', async () => {
  const alone = await line.made(order(), 'alone', { proof: false });
  const stem = `${PAIR[0]}-and-1-more-card-jp-sides`;
  expect(namesOf(alone)).toEqual([`${stem}.pdf`, `${stem}.json`]);
  expect(await hashFile(alone.pdf)).toBe(await hashFile(made.files[0]!.path));
  expect(alone.manifest.preflight).toEqual(made.manifest.preflight);
  expect(alone.manifest.files).toMatchObject([{ role: 'print', pages: 2 }]);
  expect(alone.manifest.filesKey).not.toBe(made.manifest.filesKey);
});

describe('what is wrong on one page', () => {
  const sides = (name: string, back: string, css = '') =>
    writeTwoSided(join(line.folder, 'templates', name), { back: BACK + back, css });

  test('type near the trim of the second is refused with its page', async () => {
    await sides(
      'edge',
      '<div data-panel="main"><b class="edge">edge</b></div>',
      '.edge{position:absolute;left:5mm;top:30mm}',
    );
    await expect(line.made(order({ template: 'edge' }), 'edge')).rejects.toThrow(
      'Template edge, page 2 (back): "edge" stands 3.0 mm outside the safe area of the main (PR-SAFE)',
    );
  });

  test('type where the second keeps clear is refused by preflight, and its report shows the second', async () => {
    await sides(
      'stamp',
      '<div data-panel="main"><b class="stamp">stamp</b></div>',
      '.stamp{position:absolute;left:31mm;top:36mm}',
    );
    // Also where no proof is wanted.
    for (const proof of [true, false]) {
      const refused = line.made(order({ template: 'stamp' }), `stamp-${proof}`, { proof });
      await expect(refused).rejects.toThrow(/PR-CLEAR, Type stands in the area of the stamp on page 2$/);
      const hint = await refused.catch(({ hint }: { hint: string }) => hint);
      const report = await readFile(/(\S+-preflight\.html)/.exec(String(hint))![1]!, 'utf8');
      expect(report.match(/<h2>Page \d/g)).toEqual(['<h2>Page 2']);
      expect(report).toContain('data:image/jpeg;base64,');
    }
  });

  test('a picture fewer than the layout shows', async () => {
    await expect(line.made(order({ images: [IMAGES[0]!] }), 'one')).rejects.toMatchObject({
      message: 'Expected 0 for Template sides, page 2 (back): data-picture of the slot small but received 1',
      hint: expect.stringContaining('The order has one picture'),
      exitCode: 2,
    });
  });

  test('a picture more than the layout shows is a warning', async () => {
    const { manifest } = await line.made(order({ images: IMAGES.slice(0, 3) }), 'three');
    expect(manifest.notes).toContainEqual({
      level: 'warning',
      text: `The layout has no place for ${IMAGES[2]}.`,
    });
  });

  test('all unknown IDs are named at once', async () => {
    const images = ['20990101000000', IMAGES[0]!, '20990101000001'];
    await expect(line.made(order({ images }), 'unknown')).rejects.toThrow(
      'Expected IDs of the catalogue but received 20990101000000, 20990101000001',
    );
  });
});
