import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { findBrowser } from '../../src/browser/find.ts';
import { launchBrowser } from '../../src/browser/launch.ts';
import type { PictureFacts } from '../../src/layout/picture-facts.ts';
import { sheetHtml } from '../../src/layout/sheet.ts';
import { SheetPage } from '../../src/layout/sheet-page.ts';
import { checkFields, findTemplate, type Template } from '../../src/layout/template.ts';
import type { Geometry } from '../../src/products/geometry.ts';

export const COLOURS = { dark: '#1c2430', mid: '#7d8a96', light: '#f4efe4', accent: '#b5492c' };

/** A picture of an order as a template sees it. */
export const PICTURE: PictureFacts = {
  ...{ id: '20220912034858', title: null, prompt: 'a cat', seed: '7', model: null },
  ...{ width: 800, height: 600, palette: COLOURS },
};

/** The browser that the tests need; `printcat setup` or the machine's own packages bring one. */
export async function openBrowser(): Promise<Browser> {
  const found = await findBrowser({ env: process.env });
  if (!found)
    throw new Error('These tests need Chrome, Chromium or Edge; printcat doctor says what is there.');
  return launchBrowser({ path: found.path });
}

/** Lays a template out as `make` does. */
export async function openSheet(
  browser: Browser,
  template: Template,
  geometry: Geometry,
  given: Record<string, string>,
  picture: PictureFacts = PICTURE,
): Promise<SheetPage> {
  const fields = checkFields(template, given);
  const html = await sheetHtml(template, geometry, {
    fields,
    pictures: [picture],
    options: { repeat: 'none' },
  });
  return SheetPage.open(browser, template, geometry, html);
}

/** A template of one's own in a new folder, with a secret beside the folder; the caller removes both. */
export async function writtenTemplate(
  html: string,
  css = '',
  slots: Record<string, object> = {},
): Promise<{ template: Template; secret: string; remove: () => Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'printcat-template-'));
  const folder = join(parent, 'own');
  const secret = join(parent, 'secret.svg');
  const manifest = {
    title: 'Own',
    description: 'A template of a test',
    products: ['book-cover'],
    language: 'en',
    fonts: ['@fontsource/jost/latin-400.css'],
    slots,
    fields: { type: 'object', properties: { title: { type: 'string' } } },
  };
  await mkdir(folder);
  await writeFile(secret, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await symlink(secret, join(folder, 'link.svg'));
  await writeFile(
    join(folder, 'inside.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  );
  await writeFile(join(folder, 'template.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'template.html'), html);
  await writeFile(join(folder, 'style.css'), `${css}body{font-family:Jost}`);
  const template = await findTemplate(folder);
  return { template, secret, remove: () => rm(parent, { recursive: true, force: true }) };
}
