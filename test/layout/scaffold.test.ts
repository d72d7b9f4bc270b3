import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { scaffoldTemplate } from '../../src/layout/scaffold.ts';
import { findTemplate } from '../../src/layout/template.ts';
import { exampleOf } from '../../src/order/example.ts';
import { sampleOrder } from '../../src/order/sample.ts';
import { findProduct, productNames } from '../../src/products/index.ts';
import type { Product } from '../../src/products/product.ts';
import { pdfBoxes } from '../judges/index.ts';
import { Line } from '../make/making.ts';
import { thinned } from '../setup/thinned.ts';

let folder: string;
let line: Line;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-scaffold-'));
  line = await Line.open();
});
afterAll(async () => {
  await line?.close();
  await rm(folder, { recursive: true, force: true });
});

async function example(product: Product) {
  const catalogue = openCatalogue(line.folder);
  try {
    const { signal } = new AbortController();
    return await exampleOf(product, { catalogue, cacheDir: join(folder, 'cache'), signal });
  } finally {
    catalogue.close();
  }
}

describe.each(thinned(productNames(), 5))('a new template for %s', (name) => {
  test('works as it is', async () => {
    const product = findProduct(name);
    const { images, geometry } = await example(product);
    await scaffoldTemplate(join(folder, `my-${name}`), product, images, geometry);
    const template = await findTemplate(join(folder, `my-${name}`));
    const sample = await sampleOrder(template);
    expect(sample).toMatchObject({ product: name, template: template.name });
    const order = { ...sample, template: template.folder, upscaler: 'lanczos' as const };
    const made = await line.made(order, name);
    expect(made.manifest.pictures.length).toBeGreaterThan(0);
    if (made.pdf.endsWith('.pdf')) {
      expect((await pdfBoxes(made.pdf)).pages).toBe(made.manifest.pages.length);
    }
  });
});

test('a name that is none, and one that is taken, are refused', async () => {
  const product = findProduct('book-cover');
  const { images, geometry } = await example(product);
  await expect(scaffoldTemplate(join(folder, 'My Cover'), product, images, geometry)).rejects.toThrow(
    'Expected a name such as my-cover for the template but received My Cover',
  );
  await scaffoldTemplate(join(folder, 'twice'), product, images, geometry);
  await expect(scaffoldTemplate(join(folder, 'twice'), product, images, geometry)).rejects.toThrow(
    'There is a template twice already',
  );
  expect((await readdir(folder)).filter((file) => file.startsWith('.'))).toEqual([]);
});
