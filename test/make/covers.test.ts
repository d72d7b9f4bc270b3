import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTemplate } from '../../src/layout/template.ts';
import { sampleOrders } from '../../src/order/sample.ts';
import { pageBoxes } from '../../src/products/geometry.ts';
import { mmToInch, mmToPt } from '../../src/units.ts';
import { pdfBoxes, render } from '../judges/index.ts';
import { foldsOf, geometryOf } from '../products/covers.ts';
import { Line } from './making.ts';

const DPI = 150;

let line: Line;
beforeAll(async () => {
  line = await Line.open();
});
afterAll(() => line?.close());

async function madeSample(template: string, product: string) {
  const found = await findTemplate(template);
  const sample = (await sampleOrders(found)).find((order) => order.product === product)!;
  const geometry = geometryOf(product, { binding: found.binding, ...sample.options });
  const { pdf } = await line.made({ ...sample, upscaler: 'lanczos' }, `${template}-${product}`);
  const { data, width } = await render(pdf, DPI);
  /** The lightest channel at a place of the page, mm from its top left corner. */
  const lightAt = (x: number, y: number): number => {
    const [px, py] = [x, y].map((mm) => Math.floor(mmToInch(mm) * DPI)) as [number, number];
    return Math.max(...data.subarray((py * width + px) * 3, (py * width + px) * 3 + 3));
  };
  return { pdf, geometry, lightAt };
}

test("KDP's case: the page is 36 mm higher than the book, its trim 0.51 in inside, and the wrap is printed to its end", async () => {
  const { pdf, geometry, lightAt } = await madeSample('quarter', 'case-wrap');
  const { boxes } = await pdfBoxes(pdf);
  const [, , width, height] = boxes.MediaBox;
  expect(height).toBeCloseTo(mmToPt(228.6 + 36), 1);
  expect(width).toBeCloseTo(mmToPt(2 * 152.4 + 23.9 + 36), 1);
  expect(boxes.BleedBox).toEqual(boxes.MediaBox);
  expect(boxes.TrimBox[0]).toBeCloseTo(0.51 * 72, 1);
  expect(boxes.TrimBox[3]).toBeCloseTo(height - 0.51 * 72, 1);
  // The cloth of the spine runs over head and foot into the wrap.
  const { media } = pageBoxes(geometry);
  for (const y of [0.3, media.height - 0.3]) expect(lightAt(media.width / 2, y)).toBeLessThan(200);
});

test('a jacket has a tick above and below each of its four folds, and nothing between them', async () => {
  const { geometry, lightAt } = await madeSample('plakat', 'dust-jacket');
  const { trim, bleed } = pageBoxes(geometry);
  const folds = Object.values(foldsOf(geometry));
  expect(folds).toHaveLength(4);
  for (const y of [bleed.y - 2.5, bleed.y + bleed.height + 2.5]) {
    for (const fold of folds) {
      const x = trim.x + fold;
      const near = [-0.2, -0.1, 0, 0.1, 0.2].map((d) => lightAt(x + d, y));
      expect(Math.min(...near), `a tick at ${fold}`).toBeLessThan(160);
      expect(lightAt(x + 2, y)).toBe(255);
    }
  }
});
