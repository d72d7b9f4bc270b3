import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, findTemplate, listTemplates } from '../../src/layout/template.ts';
import { optionFacts } from '../../src/option-facts.ts';
import { orderOptions } from '../../src/order/order-options.ts';
import { RULES } from '../../src/preflight/rules/index.ts';
import { listProducts } from '../../src/products/index.ts';
import { sizesOf } from '../../src/products/parameters.ts';
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
