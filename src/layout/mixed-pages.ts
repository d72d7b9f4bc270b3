import type { Page } from 'puppeteer-core';
import { PrintcatError } from '../errors.ts';
import type { Geometry } from '../products/geometry.ts';
import { type MixedPages, mixedPages } from './mixed-pages-in-page.ts';
import { atPage } from './page-name.ts';
import type { Template } from './template.ts';

/** What a mixture is, and what to do about it. */
const SAID: Record<MixedPages['what'], (found: MixedPages) => [message: string, hint: string]> = {
  broken: () => [
    'its HTML closes an element that it did not open, or uses data-trim or data-sheet, which are the program’s',
    'Every page is filled into an element of its own: check its closing tags.',
  ],
  fixed: ({ element }) => [
    `${element} has position: fixed, which the browser prints on every page`,
    'Use position: absolute: it is measured from the trim box.',
  ],
  id: ({ element }) => [
    `${element} stands on an earlier page with another content, and what refers to it finds that one`,
    'Let it differ from page to page: id="sky-{{ page.number }}".',
  ],
};

/**
 * Pages of one document must keep to themselves.
 * @throws PrintcatError where one reaches into another
 */
export async function refuseMixedPages(page: Page, template: Template, geometry: Geometry): Promise<void> {
  if (geometry.pages.length === 1) return;
  const found = await page.evaluate(mixedPages, geometry.pages.length);
  if (!found) return;
  const [message, hint] = SAID[found.what](found);
  throw new PrintcatError(`${atPage(template, geometry, found.page)}: ${message}`, { hint });
}
