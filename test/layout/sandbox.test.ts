import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bookCoverGeometry } from '../products/covers.ts';
import { openBrowser, openSheet, writtenTemplate } from './sheets.ts';

const geometry = bookCoverGeometry({ printer: 'jp', size: 'a6', spine: 12 });
const front = (html: string) => `<div data-panel="front"><div data-safe>${html}</div></div>`;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Lays a template of these lines out; gives back what `see` finds in its page. */
async function layOut<T>(
  html: string,
  css = '',
  see: () => T | Promise<T> = () => undefined as T,
): Promise<T> {
  const { template, remove } = await writtenTemplate(html, css);
  try {
    const sheet = await openSheet(browser, template, geometry, { title: 'Cats' });
    const page = (await browser.pages()).at(-1)!;
    const seen = (await page.evaluate(see)) as T;
    await sheet.close();
    return seen;
  } finally {
    await remove();
  }
}

test('a file of its own folder is shown', async () => {
  const width = await layOut(
    front('<img src="/template/inside.svg">'),
    '',
    () => document.querySelector('img')!.naturalWidth,
  );
  expect(width).toBe(9);
});

test.each([
  ['a picture from the network', '<img src="https://example.com/pixel.png">', ''],
  ['a picture of another scheme', '<img src="//example.com/pixel.png">', ''],
  ['a style sheet from the network', '<link rel="stylesheet" href="https://example.com/a.css">', ''],
  ['an import', 'text', '@import "https://example.com/a.css";'],
  ['a background', '<i class="x">text</i>', '.x{background:url(//example.com/a.png)}'],
  ['a font', 'text', '@font-face{font-family:Jost;src:url(https://example.com/a.woff2)}'],
  ['a file above its folder', '<img src="/template/../secret.svg">', ''],
  ['one hidden in escapes', '<img src="/template/%2e%2e%2fsecret.svg">', ''],
  ['a link out of its folder', '<img src="/template/link.svg">', ''],
  ['a file that is not there', '<img src="/template/none.svg">', ''],
  ['a file of the machine', '<img src="file:///etc/hostname">', ''],
  ['a font package that it does not name', '<img src="/fonts/@fontsource/eb-garamond/package.json">', ''],
])('%s is refused by its address', async (_, html, css) => {
  await expect(layOut(front(html), css)).rejects.toThrow(
    /^Template own (asks for (https|file):\/\/.*, which it may not load|has no file \/.*)$/,
  );
});

test('a file beside its folder is refused by its address', async () => {
  const { template, secret, remove } = await writtenTemplate(front('<img src="{{ title }}">'));
  const title = pathToFileURL(secret).href;
  await expect(openSheet(browser, template, geometry, { title })).rejects.toThrow(`asks for ${title}, which`);
  await remove();
});

test('a frame is refused', async () => {
  await expect(layOut(front('<iframe src="/template/inside.svg"></iframe>'))).rejects.toThrow(/<iframe>/);
});

test.each([
  ['a script', '<script>document.title = "ran"</script>'],
  ['a handler', '<img src="/template/inside.svg" onload="document.title = \'ran\'">'],
  ['a script in a picture', '<svg><script>document.title = "ran"</script></svg>'],
])('%s does not run', async (_, html) => {
  expect(await layOut(front(html), '', () => document.title)).toBe('Own');
});

test('markup in a field is text', async () => {
  const { template, remove } = await writtenTemplate(front('<p>{{ title }}</p>'));
  const sheet = await openSheet(browser, template, geometry, { title: '<b>Cats</b> & dogs' });
  const page = (await browser.pages()).at(-1)!;
  expect(await page.$eval('p', (e) => [e.children.length, e.textContent])).toEqual([0, '<b>Cats</b> & dogs']);
  await sheet.close();
  await remove();
});

/** A font of the system that has Latin letters only, as on a machine that nobody prepared for Japanese. */
const latinFont = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf',
].find((path) => existsSync(path));

test('hints to the browser open no connection', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const hints = ['preconnect', 'dns-prefetch', 'prefetch', 'prerender'];
  const links = hints.map((rel) => `<link rel="${rel}" href="${address}/">`).join('');
  await layOut(
    `${links}${front('<p>{{ title }}</p>')}`,
    '',
    () => new Promise((r) => setTimeout(r, 500)),
  ).catch((error: unknown) => expect(String(error)).toContain('asks for'));
  await new Promise((resolve) => server.close(resolve));
  expect(connections).toBe(0);
});

test.skipIf(!latinFont)('it is refused where the machine has no font for it either, only a box', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-fonts-'));
  await copyFile(latinFont!, join(folder, 'latin.ttf'));
  const config = `<?xml version="1.0"?><fontconfig><dir>${folder}</dir><cachedir>${folder}</cachedir></fontconfig>`;
  await writeFile(join(folder, 'fonts.conf'), config);
  vi.stubEnv('FONTCONFIG_FILE', join(folder, 'fonts.conf'));
  const bare = await openBrowser();
  const lacking = await writtenTemplate(front('<p>{{ title }} 猫</p>'));
  const plain = await writtenTemplate(front('<p>{{ title }} — “é”</p>'));
  try {
    await expect(openSheet(bare, lacking.template, geometry, { title: 'Cats' })).rejects.toThrow(
      /its fonts lack 1 of the characters of "Cats 猫"/,
    );
    await (await openSheet(bare, plain.template, geometry, { title: 'Cats' })).close();
  } finally {
    vi.unstubAllEnvs();
    await bare.close();
    await lacking.remove();
    await plain.remove();
    await rm(folder, { recursive: true });
  }
});

test('a character that no font of the template has is refused', async () => {
  await expect(layOut(front('<p>{{ title }} 猫</p>'))).rejects.toThrow(
    /its fonts lack 1 of the characters of "Cats 猫"/,
  );
});

test('type outside the safe area is refused with the distance', async () => {
  const outside = '<div data-panel="front"><p style="position:absolute;left:0;top:0;margin:0">Cats</p></div>';
  await expect(layOut(outside)).rejects.toThrow(/"Cats" stands 3\.0 mm outside the safe area of the front/);
});

test('a loop without end is stopped', async () => {
  await expect(layOut('{% for i in (1..100000000) %}{{ i }}{% endfor %}')).rejects.toThrow(/^Template own: /);
});

test('an unknown variable is refused with its place', async () => {
  await expect(layOut('<p>\n{{ colour }}</p>')).rejects.toThrow(/colour.*line:2/);
});

test('type of no panel keeps off the cut as well', async () => {
  const css = 'p{position:absolute;left:40mm;top:0.3mm;margin:0;font-size:8pt}';
  await expect(layOut('<p>{{ title }}</p>', css)).rejects.toThrow(
    /"Cats" stands \d+\.\d mm outside the safe area of the cover/,
  );
});

test('type directly on a spine that may have none is refused', async () => {
  const thin = bookCoverGeometry({ printer: 'kdp', size: '6x9', paper: 'white', pages: 60 });
  const { template, remove } = await writtenTemplate('<div data-panel="spine"><p>{{ title }}</p></div>');
  await expect(openSheet(browser, template, thin, { title: 'Cats' })).rejects.toThrow(
    /"Cats" stands on the spine, where this printer allows no type/,
  );
  await remove();
});
