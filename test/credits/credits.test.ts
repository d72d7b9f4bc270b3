import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Credits, uniqueCredits } from '../../src/credits/credits.ts';
import { creditsHtml } from '../../src/credits/html.ts';
import { creditsMarkdown } from '../../src/credits/markdown.ts';
import { openBrowser } from '../layout/sheets.ts';

const EVIL = `<script>alert("1")</script> & 'q' *b* [x](y) \`c\`\n# head`;
const thumbnail = `data:image/png;base64,${(
  await sharp({ create: { width: 4, height: 4, channels: 3, background: '#c33' } })
    .png()
    .toBuffer()
).toString('base64')}`;
const credits: Credits = {
  title: `Cats & ${EVIL}`,
  note: 'Sixteen cats, one bag.',
  language: 'en',
  pictures: [
    {
      id: '20220912034858',
      title: 'Cat in Planes',
      link: 'https://example.com/i/1?a=1&b="2"',
      prompt: `a cat, ${EVIL}`,
      thumbnail,
    },
    { id: '20220829211507', title: null, link: null },
    { id: '20220914163309', title: '猫の<夢>', link: null, prompt: null },
    { id: '20220829211507', title: null, link: null },
  ],
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('the page', () => {
  test('shows what it was given, as text: nothing of it becomes markup, and nothing is fetched', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(0, 11)));
    page.on('console', (message) => said.push(message.text()));
    await page.setContent(creditsHtml(credits), { waitUntil: 'load' });
    const seen = await page.evaluate(() => ({
      title: document.title,
      head: document.querySelector('h1')?.textContent,
      scripts: document.querySelectorAll('script').length,
      entries: [...document.querySelectorAll('li')].map((li) => [
        li.querySelector('h2')?.textContent,
        li.querySelector('.id:not(.link)')?.textContent,
        li.querySelector('a')?.getAttribute('href'),
        li.querySelector('.prompt')?.textContent,
        li.querySelector('img')?.naturalWidth,
      ]),
      wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }));
    expect(seen.head).toBe(credits.title);
    expect(seen.title).toBe(credits.title.replace(/\s+/g, ' '));
    expect(seen.scripts).toBe(0);
    expect(seen.entries).toEqual([
      ['Cat in Planes', '20220912034858', 'https://example.com/i/1?a=1&b=%222%22', `a cat, ${EVIL}`, 4],
      ['20220829211507', null, null, null, null],
      ['猫の<夢>', '20220914163309', null, null, null],
    ]);
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
    expect(said).toEqual([]);
    await page.setViewport({ width: 320, height: 600 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.close();
  });

  test('is light or dark as its reader’s device, and black on white on paper, with the links to be read', async () => {
    const page = await browser.newPage();
    await page.setContent(creditsHtml(credits));
    const look = () =>
      page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.body);
        return [backgroundColor, color, getComputedStyle(document.querySelector('.link')!).display];
      });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    expect(await look()).toEqual(['rgb(250, 248, 243)', 'rgb(34, 37, 43)', 'none']);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    expect(await look()).toEqual(['rgb(21, 23, 27)', 'rgb(233, 230, 223)', 'none']);
    await page.emulateMediaType('print');
    expect(await look()).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'block']);
    await page.close();
  });
});

test('the Markdown shows it as text too', () => {
  expect(
    creditsMarkdown(credits),
  ).toBe(`# Cats \\& \\<script\\>alert\\(\\"1\\"\\)\\</script\\> \\& \\'q\\' \\*b\\* \\[x\\]\\(y\\) \\\`c\\\` \\# head

Sixteen cats, one bag\\.

- [**Cat in Planes**](<https://example.com/i/1?a=1&b=%222%22>) – 20220912034858

  > a cat, \\<script\\>alert\\(\\"1\\"\\)\\</script\\> \\& \\'q\\' \\*b\\* \\[x\\]\\(y\\) \\\`c\\\` \\# head

- **20220829211507**

- **猫の\\<夢\\>** – 20220914163309
`);
});

test('each picture is named once, where it first came', () => {
  expect(uniqueCredits(credits.pictures).map(({ id }) => id)).toEqual([
    '20220912034858',
    '20220829211507',
    '20220914163309',
  ]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'example.com', ''])(
  'the link %j is refused',
  (link) => {
    const one = { title: 'x', pictures: [{ id: '1', title: null, link }] };
    if (link === '') return expect(creditsHtml(one)).not.toContain('href=""');
    expect(() => creditsHtml(one)).toThrow(/an https:\/\/ or http:\/\/ address/);
    return expect(() => creditsMarkdown(one)).toThrow(/an https:\/\/ or http:\/\/ address/);
  },
);

test.each([
  'https://example.com/a.png',
  'data:image/svg+xml;base64,AA==',
  'data:image/png;base64,A" onload="x',
])('the thumbnail %j is refused', (address) => {
  const one = { title: 'x', pictures: [{ id: '1', title: null, link: null, thumbnail: address }] };
  expect(() => creditsHtml(one)).toThrow(/a data:image/);
});
