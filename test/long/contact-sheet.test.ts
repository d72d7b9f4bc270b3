import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listProducts } from '../../src/products/index.ts';
import { pdfBoxes, pdfImages, pdfWords } from '../judges/index.ts';
import { printcat } from '../make/cli.ts';
import { filledWorkspace, IMAGES } from '../make/fixtures.ts';

let workspace: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ workspace, remove } = await filledWorkspace());
});
afterAll(() => remove());

it('shows a picture on every product that there is, each with its name', { timeout: 600_000 }, async () => {
  const run = await printcat(workspace, ['preview', 'all', IMAGES[0]!, '--sheet', 'all.pdf']);
  expect([run.code, run.stderr]).toEqual([0, '']);
  const file = join(workspace, 'all.pdf');
  const products = listProducts();
  expect((await pdfBoxes(file)).pages).toBe(1);
  expect(await pdfImages(file)).toHaveLength(products.length);
  const words = (await pdfWords(file))[0]!.map(({ text }) => text);
  expect(words.slice(0, 3)).toEqual([IMAGES[0], `${products.length}`, 'products']);
  const all = words.join(' ');
  for (const { title } of products) expect(all).toContain(title);
  // Each says how large it is.
  expect(all.replaceAll('\u00a0', ' ').match(/, [\d.]+ × [\d.]+ mm/g)).toHaveLength(products.length);
});
