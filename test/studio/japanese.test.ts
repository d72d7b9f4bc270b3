import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, findTemplate, listTemplates } from '../../src/layout/template.ts';
import { optionFacts } from '../../src/option-facts.ts';
import { orderOptions } from '../../src/order/order-options.ts';
import { RULES } from '../../src/preflight/rules/index.ts';
import { listProducts } from '../../src/products/index.ts';
import { sizesOf } from '../../src/products/parameters.ts';
import { inJapanese, type Said } from '../../src/studio/page/ja-errors.ts';
import { JA_FINDINGS } from '../../src/studio/page/ja-findings.ts';
import { JA_HELP } from '../../src/studio/page/ja-help.ts';
import { JA_NAMES } from '../../src/studio/page/ja-names.ts';
import { JA_PLACES } from '../../src/studio/page/ja-places.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, type Visit, visitStudio } from './open.ts';

/** Letters that Japanese alone has, or shares with Chinese. */
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const english = (texts: readonly (string | undefined | null)[]) =>
  texts.filter((text) => !JAPANESE.test(text ?? ''));

describe('in Japanese there is', () => {
  it('what every option is for, and nothing that no option says', () => {
    const shown = [orderOptions, ...listProducts().map(({ options }) => options)]
      .flatMap((options) => Object.entries(optionFacts(options)))
      // The page chooses templates from a list, and shows fields as a form.
      .filter(([name]) => name !== 'template' && name !== 'set')
      .map(([, { description }]) => description);
    expect(english(shown.map((said) => JA_HELP[said] ?? said))).toEqual([]);
    expect(Object.keys(JA_HELP).filter((said) => !shown.includes(said))).toEqual([]);
  });

  it('what every rule of preflight asks for, and what to do', () => {
    const own = RULES.flatMap(({ id, title, hint }) => [
      JA_FINDINGS[id]?.title ?? title,
      JA_FINDINGS[id]?.hint ?? hint,
    ]);
    expect(english(own)).toEqual([]);
    expect(Object.keys(JA_FINDINGS).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it('a name of every option, choice and size', () => {
    const all = [orderOptions, ...listProducts().map(({ options }) => options)]
      .flatMap((options) => Object.entries(optionFacts(options)))
      .filter(([name]) => !['template', 'set'].includes(name));
    const words = all.flatMap(([name, facts]) => [name, ...(name === 'printer' ? [] : (facts.enum ?? []))]);
    expect([...new Set(words)].filter((word) => !Object.hasOwn(JA_NAMES, word))).toEqual([]);
    const sizes = listProducts().flatMap(({ declaration }) =>
      Object.values(declaration.parameters).flatMap((own) => (own.kind === 'size' ? sizesOf(own) : [])),
    );
    const titles = sizes.map(({ title }) => JA_NAMES[title] ?? JA_NAMES[title.split(', ')[0]!] ?? title);
    // Formats (B5, JIS), measures and companies are called so there too.
    const plain = /^(?:(?:Printful|Printify), )?(?:[AB]\d|[\d.]+)(?: \(JIS\)| × [\d.]+| mm| in|[() ]|\d)*$/;
    expect(english(titles).filter((title) => !plain.test(title ?? ''))).toEqual([]);
  });

  it('a title of every template, and what each of its fields is for', async () => {
    const said = (await listTemplates()).flatMap((template) => {
      const { ja } = template.translations;
      return [ja?.title, ...fieldsOf(template).map(({ name }) => ja?.fields[name])].map(
        (text) => text ?? template.name,
      );
    });
    expect(english(said)).toEqual([]);
  });

  it('a name of every page and every part of one', () => {
    const named = listProducts().flatMap(({ declaration }) => {
      const { pages = [], ...whole } = declaration;
      return [
        ...pages.map(({ kind }) => kind),
        ...[whole, ...pages].flatMap((page) =>
          [...('panels' in page ? (page.panels ?? []) : []), ...page.folds, ...page.keepClear].map(
            ({ name }) => name,
          ),
        ),
      ];
    });
    expect(named).toContain('front');
    expect(english(named.map((name) => JA_PLACES[name.replace(/-\d+$/, '')] ?? name))).toEqual([]);
  });
});

it('a translation of a field that the template does not have is refused', async () => {
  const { name: _, folder: __, ...manifest } = await findTemplate('quarter');
  const copy = join(studio.workspace, 'templates', 'wrong');
  await mkdir(copy, { recursive: true });
  const translations = { ja: { title: '誤り', fields: { titel: '書名' } } };
  await writeFile(join(copy, 'template.json'), JSON.stringify({ ...manifest, translations }));
  await expect(findTemplate(copy)).rejects.toThrow(/Expected one of title, .* but received titel/);
  await rm(copy, { recursive: true });
});

let visit: Visit;
let studio: OpenStudio;
let page: Page;

beforeAll(async () => {
  // Too few pixels: there is something to find.
  visit = await visitStudio({
    ...{ product: 'postcard', template: 'shop-card', images: [IMAGES[0]!], upscaler: 'lanczos', ppi: 100 },
    fields: { title: 'Night Walks' },
  });
  ({ studio, page } = visit);
  await page.waitForSelector('.tastes select');
  await page.select('.tastes select', 'ja');
});
afterAll(() => visit?.close());

const texts = (selector: string): Promise<string[]> =>
  page.$$eval(selector, (all) => all.map((element) => element.textContent ?? ''));

describe('what is wrong with an order is told in Japanese', () => {
  const cover = { product: 'book-cover', template: 'quarter', pages: 200, fields: { title: 'A' } };
  const sticker = { product: 'sticker', fields: {} };
  it.each([
    ['no pages', { ...cover, pages: undefined }, /^ページ数か背幅を/],
    ['no title', { ...cover, fields: {} }, /^必須の項目です/],
    ['a long title', { ...cover, fields: { title: 'x'.repeat(130) } }, /120 文字以内.*いま 130 文字/],
    ['a wide title', { ...cover, fields: { title: 'W'.repeat(70) } }, /（70 文字）が入りきりません/],
    ['no glyphs', { ...cover, fields: { title: 'نص' } }, /2 文字が、このテンプレートの書体にありません/],
    ['a wrong ISBN', { ...cover, fields: { title: 'A', isbn: '123' } }, /13 桁の ISBN/],
    ['a thick spine', { ...cover, spine: 500 }, /背幅は 100 mm までです（いま 500 mm）/],
    ['no spine', { ...cover, spine: 0 }, /^長さを入力してください.*いま 0/],
    ['words for a number', { ...cover, pages: 'abc' }, /^整数を入力してください（いま abc）/],
    ['few pixels', { ...cover, ppi: 5 }, /^72 以上の値を.*いま 5/],
    ['a size that is none', { ...cover, size: '9x' }, /^次から選んでください：a6、.*いま 9x/],
    ['a way that is none', { ...cover, binding: 'up' }, /^次から選んでください：left、right（いま up）/],
    ['a path', { ...cover, profile: '/etc/passwd' }, /^印刷条件は名前で/],
    [
      'an unknown picture',
      { ...cover, images: ['20990101000000'] },
      /^カタログにない画像です：20990101000000/,
    ],
    ['no thickness', { product: 'slip-on-cover', fields: {} }, /^値を入力してください/],
    ['much of it', { product: 'slip-on-cover', thickness: 900, fields: {} }, /^2 mm から 80 mm まで.*900 mm/],
    ['no year', { product: 'calendar', fields: {} }, /^カレンダーの年を/],
    ['no alpha', { ...sticker, outline: 'alpha' }, /^背景が透明な画像ではありません/],
    ['no ground', { ...sticker, outline: 'ground' }, /^背景が無地ではありません。縁の 70 %/],
  ] as const)('%s', async (_, order, wanted) => {
    const response = await studio.post('/api/view', { order: { images: [IMAGES[0]!], ...order } });
    const { error } = (await response.json()) as { error?: Said };
    const { message, hint } = inJapanese(error!);
    expect(message).toMatch(wanted);
    expect(english([hint ?? 'あ'])).toEqual([]);
  });

  it('a file that preflight does not pass', async () => {
    const order = { product: 'postcard', template: 'shop-card', fields: { title: 'A' }, upscaler: 'lanczos' };
    const response = await studio.post('/api/make', { order: { ...order, images: [IMAGES[0]!], ppi: 72 } });
    const { error } = JSON.parse((await response.text()).trim().split('\n').at(-1)!) as { error: Said };
    expect(inJapanese(error)).toEqual({
      message: `入稿検査に通りません：${JA_FINDINGS.R0031!.title}（R0031）`,
      hint: JA_FINDINGS.R0031!.hint,
    });
  });
});

describe('on the Japanese page', () => {
  it('findings, pages and templates are told in Japanese', async () => {
    const finding = (await page.waitForSelector('button.finding', { timeout: 60_000 }))!;
    const said = await finding.$$eval('span:not([lang])', (all) => all.map((span) => span.textContent));
    expect(await finding.$eval('b', (name) => name.textContent)).toBe('エラー R0031');
    expect(said).toContain('画像の解像度が大きさに対して足りていること');
    expect(english(said)).toEqual([]);
    expect(await texts('.pages .quiet')).toEqual(['表']);
    const titles = await texts('[id="control-template"] option');
    expect(titles.length).toBeGreaterThan(2);
    expect(english(titles)).toEqual([]);
    const facts = await texts('.facts dt');
    expect(facts).toContain('仕上がり寸法');
    expect(english(facts)).toEqual([]);
  });

  it('what is wrong is told beside its control', async () => {
    await page.select('[id="control-product"]', 'slip-on-cover');
    const field = (await page.waitForSelector('[id="control-thickness"]', { timeout: 20_000 }))!;
    await field.click({ count: 3 });
    await field.type('900\n');
    const wrong = (await page.waitForSelector('.field .wrong', { timeout: 20_000 }))!;
    await page.waitForFunction((said) => /80 mm/.test(said.textContent ?? ''), { timeout: 20_000 }, wrong);
    expect(await wrong.evaluate(({ textContent }) => textContent)).toMatch(/^2 mm から 80 mm までの値を/);
  });

  it('no help of any product is left in English', async () => {
    const left: string[] = [];
    let seen = 0;
    for (const { name } of listProducts()) {
      await page.select('[id="control-product"]', name);
      await page.waitForFunction(
        (wanted) => document.querySelector<HTMLSelectElement>('[id="control-product"]')!.value === wanted,
        {},
        name,
      );
      const help = await texts('.field .help');
      seen += help.length;
      left.push(...english(help).map((text) => `${name}: ${text}`));
    }
    expect(left).toEqual([]);
    expect(seen).toBeGreaterThan(400);
  });
});
