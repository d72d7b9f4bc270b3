import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExactColours } from '../../src/colour/exact-colours.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { sheetHtml } from '../../src/layout/sheet.ts';
import { SheetPage } from '../../src/layout/sheet-page.ts';
import { TemplateColours } from '../../src/layout/template-colours.ts';
import { refuseMixed } from '../../src/layout/unmixed.ts';
import { pressPictures } from '../../src/press/pictures.ts';
import { press } from '../../src/press/press.ts';
import { standIn } from '../../src/press/stand-ins.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { mmToPt, mmToPx } from '../../src/units.ts';
import { type Plates, pdfBoxes, pdfImages, plates } from '../judges/index.ts';
import { artworkOf } from '../press/pictures-helpers.ts';
import { twoSided } from '../products/flat.ts';
import { openBrowser, PICTURE } from './sheets.ts';
import { BACK, FRONT, type Sides, twoSidedTemplate } from './two-sided.ts';

const PPI = 300;
const DPI = 254;
const FIELDS = { title: 'Cats', note: 'Two sides' };
const PICTURES = [PICTURE, { ...PICTURE, id: '20220917081746', seed: '42' }];

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'printcat-layout-pages-'));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Lays both sides out; gives back what `see` finds. */
async function layOut<T>(
  sides: Sides,
  see: (sheet: SheetPage, html: string) => T | Promise<T>,
  { fields = FIELDS, pictures = PICTURES } = {},
): Promise<T> {
  const { template, remove } = await twoSidedTemplate(sides);
  try {
    const content = { fields, pictures, options: { paper: 'card' }, data: { months: ['May'] } };
    const html = await sheetHtml(template, twoSided, content);
    const sheet = await SheetPage.open(browser, template, twoSided, html, pictures.length);
    try {
      return await see(sheet, html);
    } finally {
      await sheet.close();
    }
  } finally {
    await remove();
  }
}

describe('a template is filled once for each page', () => {
  test('with its page, its panels, the pictures, the options and the data', async () => {
    const line =
      '{{ page.kind }} {{ page.index }} {{ page.number }}/{{ page.count }} {{ sheet.panels.main.width }} ' +
      '{{ pictures[1].id }} {{ pictures[1].seed }} {{ pictures[0].prompt }} {{ pictures[0].model }}{{ pictures.size }} ' +
      '{{ pictures[0].palette.dark }} {{ slots.small.dark }} {{ options.paper }} {{ data.months[0] }}';
    const texts = await layOut(
      { front: `${FRONT}<!--${line}-->`, back: `${BACK}<!--${line}-->` },
      (_, html) => [...html.matchAll(/<!--(.*?)-->/g)].map(([, text]) => text),
    );
    const rest = '20220917081746 42 a cat 2 #1c2430 #1c2430 card May';
    expect(texts).toEqual([`front 0 1/2 80 ${rest}`, `back 0 2/2 50 ${rest}`]);
  });

  test('from template.html, where its kind has no file', async () => {
    const { template, remove } = await twoSidedTemplate();
    try {
      await rm(join(template.folder, 'back.html'));
      await expect(sheetHtml(template, twoSided, { fields: FIELDS })).rejects.toThrow(
        /^Template sides, page 2 \(back\): .*template/,
      );
      await writeFile(join(template.folder, 'template.html'), '<b>{{ page.kind }}</b>');
      expect(await sheetHtml(template, twoSided, { fields: FIELDS })).toContain('<b>back</b>');
    } finally {
      await remove();
    }
  });

  test('all pages together may take no more time than one', async () => {
    const slow = '{% for i in (1..1200000) %}{% assign x = i %}{% endfor %}';
    const { template, remove } = await twoSidedTemplate({ front: slow });
    const many = { ...twoSided, pages: Array(40).fill(twoSided.pages[0]) };
    try {
      await expect(sheetHtml(template, many, { fields: FIELDS })).rejects.toThrow(
        /^Template sides, page \d+ .*limit/,
      );
    } finally {
      await remove();
    }
  });
});

test('slots have the boxes of their page’s panels, their page and their picture', async () => {
  const slots = await layOut({}, ({ slots }) => slots);
  const [art, small] = slots;
  expect(slots).toHaveLength(2);
  expect(art).toMatchObject({ slot: 'art', page: 0, picture: 0 });
  expect(small).toMatchObject({ slot: 'small', page: 1, picture: 1 });
  for (const [key, wanted] of Object.entries({ x: -3, y: -3, width: 86, height: 56 })) {
    expect(art!.box[key as 'x'], key).toBeCloseTo(wanted, 1);
  }
  for (const side of ['top', 'right', 'bottom', 'left'] as const) {
    expect(art!.bleed[side], side).toBeCloseTo(3, 1);
    expect(small!.bleed[side], side).toBe(0);
  }
  // Right of the fold at 30 mm, 8 mm from it.
  for (const [key, wanted] of Object.entries({ x: 38, y: 8, width: 20, height: 15 })) {
    expect(small!.box[key as 'x'], key).toBeCloseTo(wanted, 1);
  }
});

const onBack = (html: string, css = ''): Sides => ({ back: BACK + html, css });
const inMain = (html: string) => `<div data-panel="main"><div data-safe>${html}</div></div>`;

describe('what is refused on the second page names it', () => {
  test.each<[what: string, sides: Sides, message: string | RegExp]>([
    [
      'type outside the safe area that this page has',
      onBack('<div data-panel="main"><b style="position:absolute;left:5mm;top:30mm">edge</b></div>'),
      'page 2 (back): "edge" stands 3.0 mm outside the safe area of the main (PR-SAFE)',
    ],
    [
      'type outside every panel',
      onBack('<b style="position:absolute;left:2mm;top:1mm">corner</b>'),
      /^Template sides, page 2 \(back\): "corner" stands \d\.\d mm outside the safe area of the back/,
    ],
    [
      'what goes over the edge',
      onBack('<i class="wide" style="position:absolute;left:0;top:20mm;width:130mm;height:5mm"></i>'),
      /^Template sides, page 2 \(back\): i.wide reaches 3\d\.\d mm over the edge/,
    ],
    ['a character without a glyph', onBack(inMain('<br><br>猫')), 'page 2 (back): its fonts lack 1 of'],
    [
      'a style that cannot be printed',
      onBack('<i class="soft" style="filter:blur(2px)">'),
      'page 2 (back): i.soft has filter: blur(2px)',
    ],
    [
      'what is fixed',
      onBack('<i class="top" style="position:fixed;top:0">'),
      'page 2 (back): i.top has position: fixed, which the browser prints on every page',
    ],
    ['an element closed too often', onBack('</div><p>late</p>'), 'page 2 (back): its HTML closes an element'],
    [
      'an ID for another thing',
      {
        front: `${FRONT}<svg><linearGradient id="sky"><stop stop-color="#fff"/></linearGradient></svg>`,
        back: `${BACK}<svg><linearGradient id="sky"><stop stop-color="#000"/></linearGradient><rect width="9" height="9" fill="url(#sky)"/></svg>`,
      },
      'page 2 (back): #sky stands on an earlier page with another content',
    ],
    [
      'a slot that is not declared',
      onBack('<img data-slot="big" style="width:9mm;height:9mm">'),
      'page 2 (back): data-slot="big" is not among its slots',
    ],
    [
      'a slot without a size',
      onBack('<img data-slot="art" style="width:0;height:9mm">'),
      'The picture place "art" on page 2 (back) has no size',
    ],
    [
      'a picture that was not ordered',
      onBack('<img data-slot="art" data-picture="2" style="width:9mm;height:9mm">'),
      'Expected 0…1 for Template sides, page 2 (back): data-picture of the slot art but received 2',
    ],
    [
      'a picture that is no number',
      onBack('<img data-slot="art" data-picture="two" style="width:9mm;height:9mm">'),
      'Expected a whole number from 0 for Template sides, page 2 (back): data-picture of the slot art but received two',
    ],
    ['what Liquid refuses', onBack('{{ nothing }}'), /^Template sides, page 2 \(back\): undefined variable/],
  ])('%s', async (_, sides, message) => {
    await expect(layOut(sides, () => undefined)).rejects.toThrow(message);
  });

  test('text that does not fit', async () => {
    const css = '[data-fit=note]{height:5mm;width:20mm}';
    const fields = { ...FIELDS, note: 'Far too many words for a note. '.repeat(9) };
    await expect(layOut({ css }, () => undefined, { fields })).rejects.toThrow(
      'The note on page 2 (back) does not fit: "Far too',
    );
  });

  test('the same type is at home on the front, whose panel is larger', async () => {
    const css = 'b{position:absolute;left:5mm;top:30mm}';
    const front = `${FRONT}<div data-panel="main"><b>edge</b></div>`;
    expect(await layOut({ front, css }, ({ slots }) => slots.length)).toBe(2);
  });

  test('what lets something show through', async () => {
    const sides = onBack(
      '<i class="veil" style="opacity:.5">x</i>',
      '.veil{position:absolute;left:50mm;top:35mm}',
    );
    const found = await layOut(sides, (sheet) => sheet.seeThrough());
    expect(found).toEqual([{ element: 'i.veil on page 2 (back)', cause: 'opacity: 0.5' }]);
  });
});

/** The inks at a point of a plate, percent, mm from the sheet's top left corner. */
function inksAt(found: Plates, x: number, y: number): Record<string, number> {
  const at = Math.floor(y * 10) * found.width + Math.floor(x * 10);
  const inks = { ...{ C: found.C, M: found.M, Y: found.Y, K: found.K }, ...Object.fromEntries(found.spots) };
  return Object.fromEntries(Object.entries(inks).map(([ink, plate]) => [ink, Math.round(plate[at]! / 2.55)]));
}

describe('in the press file', () => {
  let path: string;
  const made: Buffer[] = [];

  /** As `make` does it: with exact colours, which the second print proves, and pictures of each slot's size. */
  async function made2(sides: Sides = {}): Promise<Uint8Array> {
    const { template, remove } = await twoSidedTemplate(sides);
    try {
      const colours = await PressColours.open('FOGRA39');
      const exact = new ExactColours((inks) => colours.look(inks), colours.inkLimit);
      const own = new TemplateColours(template.colours, exact);
      const html = await sheetHtml(template, twoSided, { fields: FIELDS, pictures: PICTURES }, own);
      const sheet = await SheetPage.open(browser, template, twoSided, html, 2);
      const artworks = await Promise.all(
        sheet.slots.map(({ box }, i) => {
          const [width, height] = [mmToPx(box.width, PPI), mmToPx(box.height, PPI)];
          const data = new Uint8Array(width * height * 3).map((_, j) => (j * (i + 3) + (j >> 9)) & 0xff);
          return artworkOf(folder, { width, height, channels: 3, data });
        }),
      );
      const cache = join(folder, 'cache');
      await sheet.place(await Promise.all(artworks.map((artwork, i) => standIn(artwork, i, cache))));
      const printed = await sheet.pdf();
      await refuseMixed(sheet, template, exact, printed);
      const resolution = { ppi: PPI, drawn: await sheet.drawnPictures() };
      await sheet.close();
      const facts = {
        title: 'sides',
        author: '',
        date: new Date(0),
        producer: 'test',
        digitalSourceType: null,
      };
      const pictures = pressPictures(artworks, colours, cache);
      const job = { printed, geometry: twoSided, pictures, colours, exact, facts, resolution };
      return (await press(job)).pdf;
    } finally {
      await remove();
    }
  }

  beforeAll(async () => {
    for (let i = 0; i < 2; i++) made.push(Buffer.from(await made2()));
    path = join(folder, 'sides.pdf');
    await writeFile(path, made[0]!);
    if (process.env.PRINTCAT_KEEP) await writeFile(`${process.env.PRINTCAT_KEEP}.pdf`, made[0]!);
  });

  test('each page has the boxes of the product', async () => {
    const { media, bleed, trim } = pageBoxes(twoSided);
    for (const page of [1, 2]) {
      const { pages, boxes } = await pdfBoxes(path, page);
      expect(pages).toBe(2);
      for (const [name, box] of Object.entries({
        MediaBox: { x: 0, y: 0, ...media },
        BleedBox: bleed,
        TrimBox: trim,
      })) {
        const wanted = [box.x, media.height - box.y - box.height, box.x + box.width, media.height - box.y];
        for (const [i, mm] of wanted.entries()) {
          expect(boxes[name as 'TrimBox'][i], `${name} of page ${page}`).toBeCloseTo(mmToPt(mm), 1);
        }
      }
    }
  });

  test('each page has its own picture, as large as its place', async () => {
    const images = (await pdfImages(path)).filter(({ type }) => type === 'image');
    const wanted = [
      [1, 86, 56],
      [2, 20, 15],
    ] as const;
    expect(images.map(({ page, color }) => [page, color])).toEqual(wanted.map(([page]) => [page, 'cmyk']));
    for (const [i, [, width, height]] of wanted.entries()) {
      expect(Math.abs(images[i]!.width - mmToPx(width, PPI))).toBeLessThan(3);
      expect(Math.abs(images[i]!.height - mmToPx(height, PPI))).toBeLessThan(3);
      expect(Math.min(images[i]!.xPpi, images[i]!.yPpi)).toBeGreaterThanOrEqual(PPI);
    }
  });

  test('exact colours are on the plates of their page as written, marks have its own folds', async () => {
    const [front, back] = [
      await plates(path, { dpi: DPI, page: 1 }),
      await plates(path, { dpi: DPI, page: 2 }),
    ];
    // The trim lies 13 mm from the sheet's edges.
    expect(inksAt(back, 13 + 15, 13 + 12)).toMatchObject({ C: 0, M: 80, Y: 100, K: 0 });
    expect(inksAt(back, 13 + 15, 13 + 32)).toMatchObject({ C: 0, M: 0, Y: 0, K: 0, 'PANTONE 871 C': 100 });
    expect([...front.spots.keys()]).not.toContain('PANTONE 871 C');
    const fold = (found: Plates) =>
      Math.max(...[-1, 0, 1].map((near) => inksAt(found, 13 + 30 + near / 10, 8).K!));
    expect(fold(back)).toBe(100);
    expect(fold(front)).toBe(0);
    // The front's picture covers its bleed and nothing beyond it.
    const inked = (x: number, y: number) =>
      Object.values(inksAt(front, x, y)).reduce((sum, ink) => sum + ink, 0);
    expect(inked(10.3, 30)).toBeGreaterThan(0);
    expect(inked(9.6, 30)).toBe(0);
  });

  test('made twice it has the same bytes', () => {
    expect(Buffer.compare(made[0]!, made[1]!)).toBe(0);
  });

  test('a colour that is mixed on the second page is found', async () => {
    const css = '.brand{background:color-mix(in srgb,var(--colour-brand),#fff)}';
    await expect(made2({ css })).rejects.toThrow(
      'Template sides, page 2 (back): the exact colour brand does not reach the page as it is',
    );
  });

  test('a coarse picture of the template’s own is told with its page', async () => {
    const html =
      '<img class="dot" src="/template/dot.png" style="position:absolute;left:40mm;top:30mm;width:9mm;height:9mm">';
    await expect(made2(onBack(html))).rejects.toThrow(
      /^img.dot \(dot.png\) at 53, 43 mm of page 2 \(back\) is printed at 5 ppi/,
    );
  });
});
