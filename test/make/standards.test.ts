import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packagePath } from '../../src/paths.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import { mmToPt } from '../../src/units.ts';
import { transicc } from '../colour/transicc.ts';
import {
  colouredSteps,
  mutoolTrace,
  pdfBoxes,
  pdfFonts,
  pdfImages,
  plates,
  qpdfCheck,
  render,
  seeThroughObjects,
} from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { coverOrder, IMAGES } from './fixtures.ts';
import { Line, orderOf } from './making.ts';

const FOGRA39 = packagePath('assets', 'icc', 'FOGRA39L.icc');
const CUTOUT = '20220923124418';

let line: Line;
beforeAll(async () => {
  line = await Line.open();
});
afterAll(() => line?.close());

/** A template of the workspace's own with a text and a square of its picture on the front. */
async function ownTemplate(name: string, html: string, css: string, colours = {}): Promise<void> {
  const folder = join(line.folder, 'templates', name);
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ title: name, description: 'Of a test', products: ['book-cover'], language: 'en' },
    slots: { art: { description: 'The picture' } },
    fonts: ['@fontsource/jost/latin-400.css'],
    fields: { type: 'object', properties: { title: { type: 'string' } } },
    colours,
  };
  await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'template.html'),
    `<div data-panel="front"><div data-safe>${html}</div></div>`,
  );
  await writeFile(join(folder, 'style.css'), `body{font:12pt Jost}${css}`);
}

/** What a PDF says of its output intent, by qpdf. */
async function outputIntent(pdf: string): Promise<string> {
  const objects = await judge(
    'qpdf',
    '--qdf',
    '--object-streams=disable',
    '--no-original-object-ids',
    pdf,
    '-',
  );
  return /\/OutputIntents \[\s*(<<[\s\S]*?>>)/.exec(objects)?.[1] ?? '';
}

describe.each([
  ['x1a', 'PDF/X-1a:2001', '1.3', 'PDF/X-1:2001'],
  ['x1a-2003', 'PDF/X-1a:2003', '1.4', 'PDF/X-1a:2003'],
] as const)('--standard %s', (standard, title, version, subtype) => {
  test.each(['quarter', 'bungei'])('%s is written without transparency', async (template) => {
    const options = { printer: 'ingram', size: '6x9', pages: 210, spine: 12.7 };
    const order = { ...(await orderOf(template, IMAGES[0]!)), options, standard };
    const { pdf, manifest } = await line.made(order, `${standard}-${template}`);
    expect(manifest.standard).toBe(title);
    const info = await judge('pdfinfo', pdf);
    expect(info).toMatch(new RegExp(`PDF version:\\s+${version}`));
    expect(info).toMatch(new RegExp(`PDF subtype:\\s+${subtype}`));
    expect(await seeThroughObjects(pdf)).toEqual([]);
    expect(await qpdfCheck(pdf)).toMatchObject({ ok: true });
    // Ghostscript and MuPDF draw the same page.
    const judged = await plates(pdf, { dpi: 72 });
    expect(judged.K.includes(255)).toBe(true);
    const png = join(line.folder, `${standard}-${template}.png`);
    await judge('mutool', 'draw', '-q', '-r', '72', '-o', png, pdf);
    expect((await sharp(png).stats()).entropy).toBeGreaterThan(1);
  });
});

describe('what PDF/X-1a cannot hold is refused by its element', () => {
  test('a picture with transparent parts, by its slot', async () => {
    const order = coverOrder(CUTOUT, { standard: 'x1a' });
    await expect(line.made(order, 'refused')).rejects.toThrow(
      'Template quarter: PDF/X-1a:2001 allows no transparency, but img[data-slot="art"] has a picture with transparent parts',
    );
  });

  test('a see-through panel, by its class and property', async () => {
    await ownTemplate('veiled', '<p class="veil">Veil</p>', '.veil{opacity:.8}p{color:#0008}');
    const order = coverOrder(IMAGES[0]!, { standard: 'x1a-2003', template: 'veiled' });
    await expect(line.made(order, 'refused')).rejects.toMatchObject({
      message:
        'Template veiled: PDF/X-1a:2003 allows no transparency, but p.veil has opacity: 0.8, p.veil has color: rgba(0, 0, 0, 0.533)',
      hint: expect.stringContaining('--standard x4'),
      exitCode: 2,
    });
    expect((await line.made({ ...order, standard: 'x4' }, 'live')).manifest.standard).toBe('PDF/X-4');
  });
});

describe('--standard rgb', () => {
  let cover: Awaited<ReturnType<Line['made']>>;
  const options = { printer: 'kdp', size: '6x9', pages: 120 };
  beforeAll(async () => {
    await ownTemplate(
      'bright',
      '<img data-slot="art"><p>{{ title }}</p><b></b>',
      'img{width:50mm;height:50mm;display:block}p{opacity:.5}b{position:absolute;left:20mm;top:100mm;width:40mm;height:20mm;background:linear-gradient(#0f0 50%,#00f 50%)}',
    );
    cover = await line.made(coverOrder(IMAGES[0]!, { standard: 'rgb', options, template: 'bright' }), 'rgb');
  });

  test('no ink is anywhere in it, and it does not claim to be PDF/X', async () => {
    const steps = colouredSteps(await mutoolTrace(cover.pdf));
    expect(steps.length).toBeGreaterThan(2);
    expect(
      [...new Set(steps.map(({ colorspace }) => colorspace))].filter((s) => !/RGB|Gray/.test(s!)),
    ).toEqual([]);
    for (const { type, color } of await pdfImages(cover.pdf)) {
      expect(color).toBe(type === 'image' ? 'rgb' : 'gray');
    }
    const info = await judge('pdfinfo', cover.pdf);
    expect(info).toMatch(/PDF version:\s+1\.7/);
    expect(info).not.toMatch(/PDF subtype/);
    expect(await outputIntent(cover.pdf)).toMatch(
      /\/OutputConditionIdentifier \(sRGB IEC61966-2\.1\)[\s\S]*\/S \/GTS_PDFA1/,
    );
    expect(await qpdfCheck(cover.pdf)).toMatchObject({ ok: true });
    for (const font of await pdfFonts(cover.pdf)) expect(font.embedded, font.name).toBe(true);
    expect(cover.manifest).toMatchObject({
      standard: 'PDF 1.7 in sRGB',
      colours: { space: 'rgb', intent: null, mostInk: null },
    });
  });

  test('its boxes are the computed ones, its pictures at full resolution', async () => {
    const { media, bleed, trim } = pageBoxes(findProduct('book-cover').geometry(options));
    const { boxes } = await pdfBoxes(cover.pdf);
    expect(boxes.MediaBox[2]).toBeCloseTo(mmToPt(media.width), 1);
    expect(boxes.BleedBox[3] - boxes.BleedBox[1]).toBeCloseTo(mmToPt(bleed.height), 1);
    expect(boxes.TrimBox[0]).toBeCloseTo(mmToPt(trim.x), 1);
    const [picture] = (await pdfImages(cover.pdf)).filter(({ type }) => type === 'image');
    expect(Math.min(picture!.xPpi, picture!.yPpi)).toBeGreaterThanOrEqual(299);
  });

  test('poppler shows the colours of the style sheet, the proof what poppler shows', async () => {
    const shown = await render(cover.pdf, 150);
    const proof = await sharp(cover.proof).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { media, trim } = pageBoxes(findProduct('book-cover').geometry(options));
    const px = (mm: number) => Math.round((mm / 25.4) * 150);
    expect(Math.abs(shown.width - px(media.width))).toBeLessThanOrEqual(1);
    const pixel = (data: Uint8Array, width: number, x: number, y: number) => [
      ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
    ];
    let difference = 0;
    const { width, height } = proof.info;
    for (let y = 0; y < height; y += 3) {
      for (let x = 0; x < width; x += 3) {
        const ours = pixel(proof.data, width, x, y);
        const theirs = pixel(shown.data, shown.width, x + px(trim.x), y + px(trim.y));
        for (let c = 0; c < 3; c++) difference += Math.abs(ours[c]! - theirs[c]!);
      }
    }
    expect(difference / ((width * height) / 9) / 3).toBeLessThan(2);
    // The gradient changes from green to blue 110 mm below the safe area's top, within 0.4 mm.
    const { safe } = findProduct('book-cover')
      .geometry(options)
      .pages[0]!.panels.find(({ name }) => name === 'front')!;
    const at = (y: number) =>
      pixel(shown.data, shown.width, px(trim.x + safe.x + 40), px(trim.y + safe.y + y));
    expect(at(109.6)).toEqual([0, 255, 0]);
    expect(at(110.4)).toEqual([0, 0, 255]);
  });

  test('a picture with alpha keeps it, and its colours', async () => {
    const order = coverOrder(CUTOUT, { standard: 'rgb', options, template: 'bright', lossless: true });
    const { pdf } = await line.made(order, 'rgb-alpha');
    const images = await pdfImages(pdf);
    expect(images.map(({ type, color, enc }) => `${type} ${color} ${enc}`)).toEqual([
      'image rgb image',
      'smask gray image',
    ]);
  });

  test('a press has no place in it', async () => {
    const order = coverOrder(IMAGES[0]!, { standard: 'rgb' });
    await expect(line.made({ ...order, profile: 'FOGRA39' })).rejects.toThrow(/--standard rgb.*FOGRA39/);
    await expect(line.made({ ...order, condition: 'FOGRA51' })).rejects.toThrow(/for --condition.*FOGRA51/);
    await expect(line.made(order, 'output', { gamut: true })).rejects.toThrow(/in inks for --gamut/);
  });
});

describe('--profile with --condition', () => {
  test.each([
    ['FOGRA51', /\/OutputConditionIdentifier \(FOGRA51\)[\s\S]*\/RegistryName \(http:\/\/www.color.org\)/],
    ['Press 3', /\/OutputConditionIdentifier \(Press 3\)(?![\s\S]*RegistryName)/],
    ['Müllers (Bogen)', /\/OutputConditionIdentifier (?:<feff004d00fc|\(.*M)(?![\s\S]*RegistryName)/],
  ])('%s', async (condition, wanted) => {
    const own = join(line.folder, 'own.icc');
    await cp(FOGRA39, own);
    const { pdf, manifest } = await line.made(coverOrder(IMAGES[0]!, { profile: own, condition }), 'own');
    const intent = await outputIntent(pdf);
    expect(intent).toMatch(wanted);
    expect(intent).toMatch(/\/DestOutputProfile \d+ 0 R/);
    expect(manifest.colours).toMatchObject({ condition, registered: condition === 'FOGRA51' });
    expect(await qpdfCheck(pdf)).toMatchObject({ ok: true });
  });
});

describe('the proof', () => {
  const options = { printer: 'kdp', size: '6x9', pages: 120 };
  const PATCHES = {
    green: ['#00ff00', true],
    blue: ['#0000ff', true],
    cyan: ['#00ffff', true],
    olive: ['#787850', false],
    brown: ['#785038', false],
    cream: ['#f4efe4', false],
    grey: ['#808080', false],
    black: ['#000000', false],
    // What is written in inks is what the press prints.
    solid: ['var(--colour-solid)', false],
    pop: ['var(--colour-pop)', false],
  } as const;
  const names = Object.keys(PATCHES) as (keyof typeof PATCHES)[];
  const size = async (path: string) => {
    const { width, height, density } = await sharp(path).metadata();
    return { width, height, density };
  };

  test('marks what is out of gamut, and nothing else, at the size of the proof', async () => {
    const css = names
      .map(
        (name, i) =>
          `.${name}{position:absolute;left:20mm;top:${20 * i}mm;width:60mm;height:20mm;background:${PATCHES[name][0]}}`,
      )
      .join('');
    const html = names.map((name) => `<i class="${name}"></i>`).join('');
    await ownTemplate('patches', html, css, {
      solid: { cmyk: [100, 0, 0, 0] },
      pop: { spot: 'Pop Green', cmyk: [90, 0, 100, 0] },
    });
    const order = coverOrder(IMAGES[0]!, { options, template: 'patches' });
    const plain = await line.made(order, 'plain');
    const { files, manifest, proof, pdf } = await line.made(order, 'gamut', { gamut: true });
    const path = files.find(({ role }) => role === 'gamut')!.path;
    expect(await size(path)).toEqual(await size(proof));
    expect(await readFile(proof)).toEqual(await readFile(plain.proof));
    expect(await readFile(pdf)).toEqual(await readFile(plain.pdf));
    expect(plain.manifest.proof.gamut).toBeNull();
    const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const geometry = findProduct('book-cover').geometry(options);
    const front = geometry.pages[0]!.panels.find(({ name }) => name === 'front')!;
    const px = (mm: number) => Math.round((mm / 25.4) * 150);
    for (const [i, name] of names.entries()) {
      const [x, y] = [px(front.safe.x + 50), px(front.safe.y + 10 + 20 * i)];
      const at = (y * info.width + x) * 3;
      const [r, g, b] = data.subarray(at, at + 3) as unknown as [number, number, number];
      expect(r - g > 40, `${name}: ${r}, ${g}, ${b}`).toBe(PATCHES[name][1]);
      if (!PATCHES[name][1]) expect(Math.max(r, g, b) - Math.min(r, g, b), name).toBeLessThanOrEqual(1);
    }
    // Three patches of 60 × 20 mm.
    const { trim } = pageBoxes(geometry);
    const share = (3 * 60 * 20) / (trim.width * trim.height);
    expect(manifest.proof.gamut!.share).toBeCloseTo(share, 2);
    expect(manifest.proof.gamut!.threshold).toBe(3);
    expect(manifest.proof.gamut!.most).toBeGreaterThan(12);
  });

  test("shows the paper's own colour on request, as transicc converts it", async () => {
    const order = coverOrder(IMAGES[0]!, { options, template: 'patches', profile: 'FOGRA39' });
    const [plain, paper] = [
      await line.made(order, 'plain'),
      await line.made(order, 'paper', { paperWhite: true }),
    ];
    const corner = async (path: string) => [
      ...(await sharp(path).extract({ left: 9, top: 9, width: 1, height: 1 }).removeAlpha().raw().toBuffer()),
    ];
    expect(await corner(plain.proof)).toEqual([255, 255, 255]);
    const [wanted] = transicc(FOGRA39, '*sRGB', [[0, 0, 0, 0]], '-t3');
    const shown = await corner(paper.proof);
    expect(Math.max(...shown)).toBeLessThan(255);
    for (const [i, value] of wanted!.entries()) expect(Math.abs(value - shown[i]!)).toBeLessThanOrEqual(1.5);
    expect(await size(paper.proof)).toEqual(await size(plain.proof));
    expect(paper.manifest.proof.paperWhite).toBe(true);
  });
});
