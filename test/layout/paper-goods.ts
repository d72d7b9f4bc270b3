import type { Browser } from 'puppeteer-core';
import { sheetHtml } from '../../src/layout/sheet.ts';
import { SheetPage } from '../../src/layout/sheet-page.ts';
import { checkFields, type Template } from '../../src/layout/template.ts';
import { prepare } from '../../src/prepare/index.ts';
import type { Geometry } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import type { ProductOrder } from '../../src/products/product.ts';
import { PICTURE } from './sheets.ts';

/** An order of a product as far as its layout: what its fields, options and pictures say. */
export interface Goods {
  readonly product: string;
  readonly options?: ProductOrder;
  readonly fields: Readonly<Record<string, string>>;
  /** How many pictures, one where it is not said. */
  readonly pictures?: number;
  /** What each of them is called and was asked for with. */
  readonly facts?: Partial<typeof PICTURE>;
}

/** Lays goods out as `make` does, whatever the product has worked out for it. */
export async function openGoods(
  browser: Browser,
  template: Template,
  { product: name, options = {}, fields, pictures = 1, facts = {} }: Goods,
): Promise<{ sheet: SheetPage; geometry: Geometry }> {
  const product = findProduct(name);
  const prepared = await prepare(product.prepares, {
    ...{ product: name, options, pictures: [], size: null, printer: product.printer(options), cacheDir: '' },
    ...{ signal: new AbortController().signal, onStage: () => undefined },
  });
  const given = { pictures, values: prepared.values };
  const geometry = product.geometry(options, given);
  const html = await sheetHtml(template, geometry, {
    fields: checkFields(template, fields),
    pictures: Array.from({ length: pictures }, () => ({ ...PICTURE, ...facts })),
    options: { ...options, ...product.settings(options, given) },
    data: prepared.data,
  });
  return { sheet: await SheetPage.open(browser, template, geometry, html, pictures), geometry };
}
