import type { Browser } from 'puppeteer-core';
import { PRODUCT_GROUPS } from '../products/declaration.ts';
import { contactSheet } from './contact-sheet.ts';
import type { Exhibit } from './gallery.ts';

/** The first page of every sample, group by group, as one JPEG. */
export function gallerySheet(exhibits: readonly Exhibit[], browser: Browser): Promise<Uint8Array> {
  const groups = PRODUCT_GROUPS.flatMap((group) => exhibits.filter(({ product }) => product.group === group));
  return contactSheet(browser, {
    kind: 'jpeg',
    title: 'What a picture becomes',
    details: `${new Set(exhibits.map(({ product }) => product.name)).size} products`,
    tiles: groups.map(({ product, template, pages }) => ({
      ...{ picture: pages[0]!, title: product.title, details: template.name },
    })),
  });
}
