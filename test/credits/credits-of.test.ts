import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { NO_GENERATION } from '../../src/catalogue/image.ts';
import { type CreditedImage, creditsOf } from '../../src/credits/credits-of.ts';
import { packagePath } from '../../src/paths.ts';

const image = (id: string, generation = {}): CreditedImage => ({
  image: { id, generation: { ...NO_GENERATION, ...generation } },
  path: packagePath('assets', 'demo', `${id}.png`),
});
const prompt = 'a ginger cat by the river, thick paint, '.repeat(20);
const images = [
  image('20220923124418', { title: 'Paper <Cat>' }),
  image('20220829211507', { prompt }),
  image('20220923124418', { title: 'Paper <Cat>' }),
];
const wish = { stem: 'tote', title: 'Sixteen cats', link: 'https://example.com/cats/{id}?from=tote' };
const text = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString('utf8');

test('a page and Markdown, each picture once, with its title, link and the beginning of its prompt', async () => {
  const [html, markdown] = (await creditsOf(images, wish)) as [never, never];
  expect(html).toMatchObject({ name: 'tote-credits.html', role: 'credits' });
  expect(markdown).toMatchObject({ name: 'tote-credits.md', role: 'credits' });
  expect(text(html).match(/<li>/g)).toHaveLength(2);
  expect(text(html)).toContain('Paper &lt;Cat&gt;');
  expect(text(html)).toContain('href="https://example.com/cats/20220829211507?from=tote"');
  const shown = /class="prompt">([^<]*)</.exec(text(html))![1]!;
  expect(shown).toMatch(/^a ginger cat by the river, .*(paint,|cat|the|by|a|ginger|river,|thick)…$/);
  expect(shown.length).toBeLessThan(245);
  expect(text(markdown)).toContain('(<https://example.com/cats/20220923124418?from=tote>)');
});

test('thumbnails are small pictures in the page itself', async () => {
  const [html] = await creditsOf(images, wish);
  const [, data] = /src="data:image\/webp;base64,([^"]+)"/.exec(text(html!))!;
  const bytes = Buffer.from(data!, 'base64');
  expect(await sharp(bytes).metadata()).toMatchObject({
    width: 176,
    height: 176,
    format: 'webp',
    hasAlpha: true,
  });
  expect(bytes.length).toBeLessThan(20_000);
});

test('prompts may be left out; the same pictures give the same bytes', async () => {
  const [html] = await creditsOf(images, { ...wish, prompts: false });
  expect(text(html!)).not.toContain('ginger');
  expect(await creditsOf(images, wish)).toEqual(await creditsOf(images, wish));
});

test('a link that is none, and an original that is gone, are refused', async () => {
  await expect(creditsOf(images, { ...wish, link: 'javascript:alert(1)' })).rejects.toThrow(
    /an https:\/\/ or/,
  );
  const gone = { ...images[0]!, path: join('nowhere', 'cat.png') };
  await expect(creditsOf([gone], wish)).rejects.toThrow(/a readable picture but nowhere/);
});
