import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { make } from '../../src/make.ts';
import { readOrder } from '../../src/order/read-order.ts';
import type { WrittenOrder } from '../../src/studio/protocol.ts';
import type { Box } from '../../src/units.ts';
import { render } from '../judges/index.ts';
import type { Raster } from '../judges/poppler.ts';
import { openBrowser } from '../layout/sheets.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, openStudio } from './open.ts';
import { userBrowser, violations } from './visitor.ts';

const ORDER: WrittenOrder = {
  ...{ product: 'book-cover', images: [IMAGES[0]!], template: 'quarter', upscaler: 'lanczos' },
  ...{ size: 'a6', pages: 200, ppi: 150, fields: { title: 'Night Walks' } },
};

let printing: Browser;
let user: Browser;
let studio: OpenStudio;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [printing, user] = await Promise.all([openBrowser(), userBrowser()]);
  studio = await openStudio(printing, ORDER, async (workspace) => {
    const catalogue = openCatalogue(workspace);
    catalogue.tag([IMAGES[2]!], { add: ['harbour series'] });
    catalogue.close();
    await writeHostile(workspace);
  });
  page = await user.newPage();
  await page.setViewport({ width: 1400, height: 900 });
  page.on('console', (message) => void complaints.push(message.text()));
  page.on('pageerror', (error) => void complaints.push(String(error)));
  await page.goto(studio.server.url);
  await seen(page);
});
afterAll(async () => {
  await Promise.all([printing?.close(), user?.close()]);
  await studio?.close();
});

/** Waits until the layout of the order as it is now stands on the page. */
async function seen(of: Page): Promise<void> {
  await of.waitForFunction(
    () => {
      const frames = [...document.querySelectorAll('.frames iframe')];
      return frames.length === 1 && frames[0]!.classList.contains('there');
    },
    { timeout: 60_000 },
  );
}

const address = (): Promise<string> => page.$eval('.frames iframe', (frame) => frame.src);

/** Does something and waits for the layout that comes of it. */
async function afterwards(work: () => Promise<unknown>): Promise<void> {
  const before = await address();
  await work();
  await page.waitForFunction(
    (old) =>
      ![...document.querySelectorAll<HTMLIFrameElement>('.frames iframe')].some(({ src }) => src === old),
    { timeout: 60_000 },
    before,
  );
  await seen(page);
}

/** The text of the layout, read in its frame by the debugger: the page itself has no way in. */
async function layoutText(): Promise<string> {
  const frame = await (await page.$('.frames iframe'))!.contentFrame();
  return frame.evaluate(() => document.body.innerText);
}

async function type(selector: string, text: string): Promise<void> {
  await page.focus(selector);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type(text);
}

describe('the page', () => {
  it('shows the layout that make prints, in a frame without an origin', async () => {
    expect(await layoutText()).toContain('Night Walks');
    const sandbox = await page.$eval('.frames iframe', (frame) => frame.getAttribute('sandbox'));
    expect(sandbox).toBe('');
    const isInside = await page.$eval('.frames iframe', (frame) => frame.contentDocument !== null);
    expect(isInside).toBe(false);
  });

  it('shows a changed title, and the press file as printed', async () => {
    await afterwards(() => type('[id="control-fields.title"]', 'Morning Tides'));
    expect(await layoutText()).toContain('Morning Tides');
    await page.waitForSelector('.printed.there', { timeout: 60_000 });
    const size = await page.$eval('.printed', (image) => [
      (image as HTMLImageElement).naturalWidth,
      (image as HTMLImageElement).naturalHeight,
    ]);
    // 2 × 105 mm, the spine and 3 mm of bleed around them, with tombo marks, at 150 ppi.
    const { media } = await viewOf(studio);
    expect(size).toEqual([media.width, media.height].map((mm) => Math.round((mm / 25.4) * 150)));
  });

  it('says what is wrong beside its control, and keeps the last good view', async () => {
    const before = await address();
    await type('[id="control-pages"]', 'many');
    await page.keyboard.press('Tab');
    await page.waitForSelector('[id="control-pages"][aria-invalid="true"]');
    expect(await page.$eval('.problem', (element) => element.textContent)).toMatch(
      /^Expected a whole number/,
    );
    expect(await address()).toBe(before);
    await afterwards(async () => {
      await type('[id="control-pages"]', '240');
      await page.keyboard.press('Tab');
    });
    expect(await page.$('.problem')).toBeNull();
  });

  it('shows where text does not fit, over the last good view', async () => {
    const before = await address();
    const { fields } = await orderNow();
    const long = 'W'.repeat(100);
    await type('[id="control-fields.title"]', long);
    const mark = (await page.waitForSelector('.misplaced .area'))!;
    expect(await page.$eval('.problem', (element) => element.textContent)).toMatch(/^The title does not fit/);
    expect(await address()).toBe(before);
    // The title's own box: on the front, which is right of the spine.
    const sheet = (await (await page.$('.sheet'))!.boundingBox())!;
    const { x, width, height } = (await mark.boundingBox())!;
    expect(x).toBeGreaterThan(sheet.x + sheet.width / 2);
    expect(x + width).toBeLessThan(sheet.x + sheet.width);
    expect(height).toBeGreaterThan(10);
    await afterwards(() => type('[id="control-fields.title"]', fields.title!));
    expect(await page.$('.misplaced')).toBeNull();
  });

  it('lets a picture be found by its tag and chosen by keys', async () => {
    await page.click('.picture');
    await page.waitForSelector('.cell button[data-at="0"] img');
    const offered = await page.$$eval('.picker datalist option', (all) => all.map(({ value }) => value));
    expect(offered).toEqual(['harbour series']);
    await page.type('.picker input', 'Harbour');
    await page.waitForFunction(() => document.querySelectorAll('.cell button').length === 1);
    expect(await violations(page)).toEqual([]);
    await afterwards(async () => {
      await page.focus('.cell button');
      await page.keyboard.press('Enter');
    });
    expect(await page.$eval('.picture', (element) => element.textContent)).toBe(IMAGES[2]);
    expect((await viewOf(studio)).slots[0]!.image).toBe(IMAGES[2]);
  });

  it('keeps a crop that was dragged, for this picture on this product', async () => {
    const place = (await page.$('.place'))!;
    const { x, y, width, height } = (await place.boundingBox())!;
    // Closer first: a picture that just fills its place cannot be moved both ways.
    await place.focus();
    await afterwards(() => page.keyboard.press('+'));
    await afterwards(async () => {
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 40, y + height / 2 + 30, { steps: 4 });
      await page.mouse.up();
    });
    const catalogue = openCatalogue(studio.workspace);
    const crop = catalogue.crop(IMAGES[2]!, 'book-cover');
    catalogue.close();
    expect(crop?.zoom).toBeCloseTo(1.1, 2);
    const [slot] = (await viewOf(studio)).slots;
    expect(slot!.chosen).toBe('kept');
    expect(slot!.focus.x).toBeCloseTo(crop!.x, 2);
    expect(crop!.x).toBeLessThan(0.5);
  });

  it('keeps how the bleed is filled, for this picture on this product', async () => {
    const before = (await viewOf(studio)).slots[0]!;
    expect([before.bleedFill, before.bleedFillChosen]).toEqual(['scale', null]);
    await afterwards(() => page.select('[id="control-bleedFill"]', 'mirror'));
    const catalogue = openCatalogue(studio.workspace);
    expect(catalogue.bleedFill(IMAGES[2]!, 'book-cover')).toBe('mirror');
    expect(catalogue.bleedFill(IMAGES[2]!, 'postcard')).toBeNull();
    catalogue.close();
    const after = (await viewOf(studio)).slots[0]!;
    expect([after.bleedFill, after.bleedFillChosen]).toEqual(['mirror', 'kept']);
    expect(
      await page.$eval('[id="control-bleedFill"]', (select) => (select as HTMLSelectElement).value),
    ).toBe('mirror');
    // Without the bleed there is less to fill: the picture is seen smaller, its own pixels closer.
    expect(after.ppi).toBeGreaterThan(before.ppi * 1.01);
  });

  it('gives an order that makes the same bytes as its own button', async () => {
    await page.click('.out .first');
    await page.waitForSelector('.files a', { timeout: 90_000 });
    const links = await page.$$eval('.files a', (all) =>
      all.map((link) => ({ name: link.textContent, path: link.getAttribute('href')! })),
    );
    const pdf = links.find(({ name }) => name.endsWith('.pdf'))!;
    const downloaded = Buffer.from(await (await studio.get(pdf.path)).arrayBuffer());
    const { yaml } = (await (await studio.post('/api/order', { order: await orderNow() })).json()) as {
      yaml: string;
    };
    expect(yaml).toMatch(/^focal: .*\nzoom: 1.1/m);
    expect(yaml).toMatch(/^bleedFill: mirror$/m);
    const order = readOrder(parse(yaml), 'order.yaml', studio.workspace);
    const catalogue = openCatalogue(studio.workspace);
    // The file says all: what is kept in the catalogue is not asked.
    catalogue.keepCrop(IMAGES[2]!, 'book-cover', null);
    catalogue.keepBleedFill(IMAGES[2]!, 'book-cover', null);
    try {
      const made = await make(order, {
        ...{ catalogue, workspace: studio.workspace, templateDirs: [], browser: async () => printing },
        cacheDir: join(studio.workspace, '.printcat', 'cache'),
        outputDir: join(studio.workspace, 'again'),
        ...{ signal: new AbortController().signal, onStage: () => undefined },
      });
      const again = await readFile(made.files.find(({ role }) => role === 'print')!.path);
      expect(downloaded.subarray(0, 8).toString()).toBe('%PDF-1.6');
      expect(again.equals(downloaded)).toBe(true);
    } finally {
      catalogue.close();
    }
  });

  it('shows plates', async () => {
    await page.waitForFunction(
      () => !document.querySelectorAll<HTMLInputElement>('[name=look]')[2]!.disabled,
      {
        timeout: 60_000,
      },
    );
    await page.evaluate(() => document.querySelectorAll<HTMLInputElement>('[name=look]')[2]!.click());
    await page.select('.bar select', 'Magenta');
    const plate = (await page.waitForSelector('.printed.there[src*="Magenta"]', { timeout: 60_000 }))!;
    // A plate is what lies within the bleed, and stands there: not over the marks around it.
    const { bleed, media } = await viewOf(studio);
    const sheet = (await (await page.$('.sheet'))!.boundingBox())!;
    const scale = sheet.width / media.width;
    const { x, y, width, height } = (await plate.boundingBox())!;
    expect((x - sheet.x) / scale).toBeCloseTo(bleed.x, 1);
    expect((y - sheet.y) / scale).toBeCloseTo(bleed.y, 1);
    expect([width / scale, height / scale]).toEqual([
      expect.closeTo(bleed.width, 1),
      expect.closeTo(bleed.height, 1),
    ]);
    const pixels = await plate.evaluate((image) => {
      const { naturalWidth, naturalHeight } = image as HTMLImageElement;
      return naturalWidth / naturalHeight;
    });
    expect(pixels).toBeCloseTo(bleed.width / bleed.height, 2);
    await page.evaluate(() => document.querySelectorAll<HTMLInputElement>('[name=look]')[0]!.click());
  });

  it.each([
    ['light', 'en', 1400],
    ['dark', 'ja', 1400],
    ['light', 'ja', 390],
    ['dark', 'en', 390],
  ] as const)('has no violation that axe knows: %s, %s, %i px', async (theme, language, width) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 844 });
    await page.select('.tastes select', language);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await violations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });

  it('had nothing to complain of', () => {
    const unexpected = complaints.filter((text) => !/status of 422/.test(text));
    expect(unexpected).toEqual([]);
    expect(studio.mistakes).toEqual([]);
  });
});

describe('the layout', () => {
  it('is what is printed, pixel by pixel', async () => {
    // A file in sRGB: the colours of a press are the other view's.
    const order = {
      ...ORDER,
      standard: 'rgb',
      fields: { title: 'Night Walks', author: 'Mei Hayashi', blurb: BLURB },
    };
    const wide = await openStudio(printing, order);
    const visitor = await user.newPage();
    try {
      await visitor.setViewport({ width: 2400, height: 1500 });
      await visitor.goto(wide.server.url);
      await seen(visitor);
      await visitor.evaluate(() => {
        const press = (name: string, at: number) =>
          document.querySelectorAll<HTMLInputElement>(`[name=${name}]`)[at]!.click();
        press('look', 0);
        press('zoom', 2);
        for (const box of document.querySelectorAll<HTMLInputElement>('.toggles input:checked')) box.click();
      });
      const view = (await (await wide.post('/api/view', { order })).json()) as { bleed: Box };
      const shot = await (await visitor.$('.sheet'))!.screenshot({ type: 'png' });
      const catalogue = openCatalogue(wide.workspace);
      const made = await make(readOrder(order, 'order', wide.workspace), {
        ...{ catalogue, workspace: wide.workspace, templateDirs: [], browser: async () => printing },
        cacheDir: join(wide.workspace, '.printcat', 'cache'),
        outputDir: join(wide.workspace, 'output'),
        ...{ signal: new AbortController().signal, onStage: () => undefined },
      }).finally(() => catalogue.close());
      const printed = await render(made.files.find(({ role }) => role === 'print')!.path, PPI);
      const difference = await differenceIn(shot, printed, view.bleed);
      // Two renderers smooth the edges of type and pictures each in its own way: measured 1.2 and 0.3 %.
      expect(difference.mean).toBeLessThan(1.8);
      expect(difference.share).toBeLessThan(0.006);
    } finally {
      await visitor.close();
      await wide.close();
    }
  });
});

describe("a picture's resolution", () => {
  // 512 px on a badge of 32 mm with its rim and bleed, 48 mm: 271 ppi, for a printer who asks for 350.
  const badge = { product: 'can-badge', size: '32', images: [IMAGES[0]!], upscaler: 'lanczos', fields: {} };

  it.each([
    ['poor', 'error', 'art 100 / 350 ppi', { ppi: 100 }],
    ['soft', 'warning', 'art 200 / 350 ppi', { ppi: 200 }],
    ['good', null, 'art 250 / 250 ppi', { override: ['file.ppi=250'] }],
  ] as const)('is %s where preflight says %s', async (grade, severity, text, options) => {
    const small = await openStudio(printing, { ...badge, ...options });
    const visitor = await user.newPage();
    try {
      await visitor.goto(small.server.url);
      await visitor.waitForSelector('.printed.there', { timeout: 60_000 });
      await visitor.click('.toggle.ppi input');
      const shown = await visitor.$$eval('.guides .ppi', (all) =>
        all.map((mark) => [mark.getAttribute('class'), mark.textContent]),
      );
      expect(shown).toEqual([[`ppi ${grade}`, expect.stringContaining(text)]]);
      const findings = await visitor.$$eval('button.finding', (all) =>
        all.map((finding) => [finding.className, finding.textContent] as const),
      );
      const said = findings.find(([, words]) => words?.includes('R0031'))?.[0] ?? null;
      expect(said).toBe(severity && `finding ${severity}`);
    } finally {
      await visitor.close();
      await small.close();
    }
  });
});

describe('a template', () => {
  it('of somebody else runs nothing, and reaches nothing', async () => {
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    const order = {
      ...ORDER,
      template: 'quarter',
      fields: { title: '<img src=x onerror="top.done=1"><script>top.done=1</script>' },
    };
    const response = await studio.post('/api/view', { order });
    const { address: path } = (await response.json()) as { address: string };
    await page.goto(studio.origin + path);
    // Markup in a field is text.
    expect(await page.$eval('h1', (title) => title.textContent)).toContain('<script>');
    expect(await page.evaluate(() => document.querySelectorAll('script, img[src="x"]').length)).toBe(0);
    for (const up of ['../', '..%2f', '%2e%2e/']) {
      for (const place of ['', 'template/', 'fonts/@fontsource/jost/', 'art/']) {
        const found = await studio.get(`${path}${place}${up.repeat(6)}package.json`);
        expect(found.status).toBe(404);
      }
    }
    // Fonts are those that the template names, whatever else is installed.
    expect((await studio.get(`${path}fonts/@fontsource/jost/400.css`)).status).toBe(200);
    expect((await studio.get(`${path}fonts/@fontsource/shippori-mincho/400.css`)).status).toBe(404);
    expect((await studio.get(`${path}fonts/@fontsource/jost/package.json`)).status).toBe(404);
    const policy = (await studio.get(path)).headers.get('content-security-policy')!;
    expect(policy).toMatch(/^sandbox; default-src 'none'/);
    expect(policy).not.toContain('script-src');
    expect(asked.filter((url) => !url.startsWith(studio.origin) && !url.startsWith('data:font/'))).toEqual(
      [],
    );
  });

  it.each(['script', 'frame', 'fetch'] as const)('with a %s is refused, or stays dead', async (name) => {
    const order = { ...ORDER, template: `hostile-${name}` };
    const response = await studio.post('/api/view', { order });
    const answer = (await response.json()) as { address?: string; error?: { message: string } };
    const refused = {
      frame: /a <iframe>, which cannot be printed/,
      fetch: /asks for https:\/\/evil\.example/,
    };
    if (name !== 'script') {
      expect(answer.error?.message).toMatch(refused[name]);
      return;
    }
    const hits: string[] = [];
    const visitor = await user.newPage();
    visitor.on('request', (request) => void hits.push(request.url()));
    await visitor.goto(studio.origin + answer.address!);
    expect(await visitor.evaluate(() => document.title)).not.toBe('hit');
    expect(await visitor.evaluate(() => document.cookie === '' || 'read').catch(() => 'refused')).toBe(
      'refused',
    );
    expect(
      hits.filter((url) => !/^data:font\//.test(url) && !url.startsWith(`${studio.origin}/render/`)),
    ).toEqual([]);
    await visitor.close();
  });

  it('that is changed on disk is seen anew; an error is told with file and line', async () => {
    await page.goto(studio.origin);
    await seen(page);
    await afterwards(() => page.select('[id="control-template"]', 'own'));
    expect(await layoutText()).toContain('before');
    const file = join(studio.workspace, 'templates', 'own', 'template.html');
    await afterwards(() => writeFile(file, front('after {{ title }}')));
    expect(await layoutText()).toContain('after');
    await writeFile(file, front('\n{{ nobody }}'));
    await page.waitForSelector('.problem');
    expect(await page.$eval('.problem b', (element) => element.textContent)).toMatch(
      /nobody.*template\.html.*line:2/,
    );
    expect(await layoutText()).toContain('after');
  });
});

/** Something on the front, where type may stand. */
function front(html: string): string {
  return `<section data-panel="front"><div data-safe>x ${html}</div></section>`;
}

const HOSTILE: Readonly<Record<string, string>> = {
  own: front('before {{ title }}'),
  'hostile-script': front('<script>document.title = "hit"; fetch("/api/choices")</script>'),
  'hostile-frame': front('<iframe src="file:///etc/passwd"></iframe>'),
  'hostile-fetch': front('<img src="https://evil.example/x.png" onerror="document.title = 1">'),
};

/** Templates of the workspace's own. */
async function writeHostile(workspace: string): Promise<void> {
  for (const [name, html] of Object.entries(HOSTILE)) {
    const folder = join(workspace, 'templates', name);
    await mkdir(folder, { recursive: true });
    const manifest = {
      ...{ title: name, description: name, products: ['book-cover'], language: 'en', slots: {} },
      fonts: ['@fontsource/jost/latin-400.css'],
      fields: { type: 'object', properties: { title: { type: 'string' } } },
    };
    await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'template.html'), html);
    await writeFile(join(folder, 'style.css'), 'body{font-family:Jost}');
  }
}

const PPI = 150;
const BLURB =
  'When the painter vanishes from his attic above the fish market, he leaves behind eleven canvases.';

/** How far a screenshot and a page differ within a box in mm: the mean of 255, and the share of pixels that differ by 64. */
async function differenceIn(
  shot: Uint8Array,
  printed: Raster,
  box: Box,
): Promise<{ mean: number; share: number }> {
  const px = (mm: number) => Math.round((mm / 25.4) * PPI);
  const inside = {
    left: px(box.x) + 2,
    top: px(box.y) + 2,
    width: px(box.width) - 4,
    height: px(box.height) - 4,
  };
  const of = (image: Sharp) => image.extract(inside).removeAlpha().raw().toBuffer();
  const { width, height, data } = printed;
  const [a, b] = await Promise.all([
    of(sharp(shot)),
    of(sharp(data, { raw: { width, height, channels: 3 } })),
  ]);
  let [sum, far] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const by = Math.abs(a[i]! - b[i]!);
    sum += by;
    if (by >= 64) far++;
  }
  return { mean: sum / a.length, share: far / a.length };
}

/** The order as the page now has it, from its last request. */
let lastOrder: WrittenOrder = ORDER;
async function orderNow(): Promise<WrittenOrder> {
  const waiting = page.waitForRequest((request) => request.url().endsWith('/api/order'));
  await page.click('.out .second');
  lastOrder = (JSON.parse((await waiting).postData()!) as { order: WrittenOrder }).order;
  return lastOrder;
}

async function viewOf(of: OpenStudio) {
  const response = await of.post('/api/view', { order: await orderNow() });
  return (await response.json()) as {
    media: { width: number; height: number };
    bleed: Box;
    slots: {
      image: string;
      ppi: number;
      chosen: string | null;
      bleedFill: string;
      bleedFillChosen: string | null;
      focus: { x: number; y: number };
    }[];
  };
}
