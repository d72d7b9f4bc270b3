import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { listTemplates } from '../../src/layout/template.ts';
import { sampleOrders } from '../../src/order/sample.ts';
import { writtenForm } from '../../src/order/write-order.ts';
import { listProducts } from '../../src/products/index.ts';
import type { MadeFiles, View, WrittenOrder } from '../../src/studio/protocol.ts';
import { openBrowser } from '../layout/sheets.ts';
import { printcat } from '../make/cli.ts';
import { type OpenStudio, openStudio } from '../studio/open.ts';
import { userBrowser } from '../studio/visitor.ts';

const PPI = 150;
/** The page that is compared: of a calendar its January, of a card its front. */
const pageOf = (pages: number): number => (pages > 4 ? 2 : 1);

/** Each product's first sample, as files write it. */
async function samples(): Promise<[product: string, order: WrittenOrder][]> {
  const all = (await Promise.all((await listTemplates()).map(sampleOrders))).flat();
  return listProducts().map(({ name }) => {
    const sample = all.find(({ product }) => product === name)!;
    const {
      image,
      images = [image],
      fields = {},
      ...options
    } = writtenForm(sample) as unknown as WrittenOrder & {
      image: string;
    };
    // A sheet of twelve that is nested well takes minutes: here the page is looked at, not the nesting.
    const quick = name === 'gang-sheet' ? { effort: 10 } : {};
    return [name, { ...options, ...quick, images, fields, product: name, upscaler: 'lanczos' }];
  });
}

const CASES = await samples();
const FILE = 'order.yaml';

let printing: Browser;
let user: Browser;
let studio: OpenStudio;
beforeAll(async () => {
  [printing, user] = await Promise.all([openBrowser(), userBrowser()]);
  const first = (workspace: string) => writeFile(join(workspace, FILE), stringify(CASES[0]![1]));
  studio = await openStudio(printing, null, first, FILE);
});
afterAll(async () => {
  await Promise.all([printing?.close(), user?.close()]);
  await studio?.close();
});

/** What a long answer ends with. */
async function ended<T>(response: Response): Promise<T> {
  const last = JSON.parse((await response.text()).trim().split('\n').at(-1)!) as { done?: T; error?: object };
  if (!last.done) throw new Error(JSON.stringify(last.error));
  return last.done;
}

/** A page of the order as the studio lays it out on its page, at 150 ppi. */
async function layoutShot(visitor: Page, view: View, page: number): Promise<Uint8Array> {
  const { width, height } = view.media;
  const px = (mm: number) => Math.ceil((mm / 25.4) * PPI);
  await visitor.setViewport({ width: px(width) + 900, height: px(height) + 400 });
  await visitor.goto(studio.server.url);
  await visitor.waitForSelector('.frames iframe.there', { timeout: 60_000 });
  await visitor.evaluate(() => {
    const press = (name: string, at: number) =>
      document.querySelectorAll<HTMLInputElement>(`[name=${name}]`)[at]!.click();
    press('look', 0);
    // One pixel of the screen for one of the proof.
    press('zoom', 2);
    for (const box of document.querySelectorAll<HTMLInputElement>('.toggles input:checked')) box.click();
  });
  for (let turned = 1; turned < page; turned++) {
    await visitor.evaluate(() => document.querySelector<HTMLElement>('.pages button:last-child')!.click());
  }
  await visitor.waitForFunction(
    (wanted) => {
      const frames = [...document.querySelectorAll<HTMLIFrameElement>('.frames iframe')];
      return frames.length === 1 && frames[0]!.matches(`.there[src$="?page=${wanted}"]`);
    },
    { timeout: 60_000 },
    page,
  );
  return stillShot(visitor);
}

/** The sheet when it stands still: what the order's file has just become may be laid out once more. */
async function stillShot(visitor: Page): Promise<Uint8Array> {
  let before = Buffer.alloc(0);
  for (let attempt = 0; attempt < 30; attempt++) {
    const shot = Buffer.from(await (await visitor.$('.sheet'))!.screenshot({ type: 'png' }));
    if (shot.equals(before)) return shot;
    before = shot;
    await wait(300);
  }
  throw new Error('The sheet does not stand still');
}

/** The proof of the press file that the page swaps in. */
async function proofShown(visitor: Page): Promise<Buffer> {
  await visitor.evaluate(() => document.querySelectorAll<HTMLInputElement>('[name=look]')[1]!.click());
  const image = (await visitor.waitForSelector('.printed.there', { timeout: 120_000 }))!;
  const address = await image.evaluate((element) => element.getAttribute('src')!);
  return Buffer.from(await (await studio.get(address)).arrayBuffer());
}

/** How far two pictures of a sheet differ within its trim: the mean of 255, and the share of values that differ by 64. */
async function differenceIn(
  a: Sharp,
  b: Sharp,
  { trim, media }: View,
): Promise<{ mean: number; share: number }> {
  const px = (mm: number) => Math.round((mm / 25.4) * PPI);
  const size = { width: px(media.width), height: px(media.height) };
  const inside = {
    ...{ left: px(trim.x) + 2, top: px(trim.y) + 2 },
    ...{ width: px(trim.width) - 6, height: px(trim.height) - 6 },
  };
  // Both smoothed by a pixel: two renderers smooth the edges of type each in its own way.
  const of = async (image: Sharp) => {
    const whole = await image
      .flatten({ background: '#fff' })
      .resize({ ...size, fit: 'fill' })
      .png()
      .toBuffer();
    return sharp(whole).extract(inside).toColourspace('srgb').blur(1).raw().toBuffer();
  };
  const [one, other] = await Promise.all([of(a), of(b)]);
  let [sum, far] = [0, 0];
  for (let i = 0; i < one.length; i++) {
    const by = Math.abs(one[i]! - other[i]!);
    sum += by;
    if (by >= 64) far++;
  }
  return { mean: sum / one.length, share: far / one.length };
}

describe('the layout on the page is what is printed', () => {
  it.each(CASES)('%s', { timeout: 180_000 }, async (_, order) => {
    await writeFile(join(studio.workspace, FILE), stringify(order));
    const response = await studio.post('/api/view', { order });
    expect(response.status, await response.clone().text()).toBe(200);
    const view = (await response.json()) as View;
    const page = pageOf(view.pages.length);
    const visitor = await user.newPage();
    try {
      const shot = await layoutShot(visitor, view, page);
      const proof = await proofShown(visitor);
      const difference = await differenceIn(sharp(shot), sharp(proof), view);
      console.log(
        `${order.product}: mean ${difference.mean.toFixed(2)}, ${(difference.share * 100).toFixed(2)} %`,
      );
      // The press file is in inks: its colours are those of the profile, its edges the layout's.
      expect(difference.mean).toBeLessThan(12);
      expect(difference.share).toBeLessThan(0.02);
    } finally {
      await visitor.close();
    }
  });
});

describe('the order that the page saves', () => {
  it.each(['postcard', 'mug', 'sticker-sheet'])(
    'makes a %s of the same bytes on the command line',
    {
      timeout: 180_000,
    },
    async (product) => {
      const [, order] = CASES.find(([name]) => name === product)!;
      const made = await ended<MadeFiles>(await studio.post('/api/make', { order }));
      const { yaml } = (await (await studio.post('/api/order', { order })).json()) as { yaml: string };
      const folder = join(studio.workspace, `again-${product}`);
      await mkdir(folder);
      await writeFile(join(folder, 'saved.yaml'), yaml);
      const run = await printcat(studio.workspace, [
        ...['make', '--order', join(folder, 'saved.yaml'), '--out', join(folder, 'out')],
      ]);
      expect(run.stderr).not.toContain('error:');
      const goods = made.files.flatMap(({ role, name }, at) => (role === 'print' ? [{ name, at }] : []));
      expect(goods.length).toBeGreaterThan(0);
      for (const { name, at } of goods) {
        const ours = Buffer.from(await (await studio.get(`/api/made/${made.id}/${at}`)).arrayBuffer());
        const again = await readFile(join(folder, 'out', name));
        expect(again.equals(ours)).toBe(true);
      }
    },
  );
});
