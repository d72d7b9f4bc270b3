import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toLab } from '../../src/artwork/lab.ts';
import { deltaE2000 } from '../../src/colour/delta-e.ts';
import { listTemplates } from '../../src/layout/template.ts';
import { sampleOrders } from '../../src/order/sample.ts';
import { productNames } from '../../src/products/index.ts';
import { Line } from '../make/making.ts';
import { contactStrip } from './contact-strip.ts';

/** Where the samples lie as they were looked at; PRINTCAT_UPDATE_SAMPLES=1 writes them anew, to be looked at again. */
const REFERENCE = fileURLToPath(new URL('reference', import.meta.url));
const UPDATE = process.env.PRINTCAT_UPDATE_SAMPLES === '1';

/** Mean ΔE2000 over the strip, and over the worst square of 11 px: a line of type that moves shows in the second. */
const MEAN = 1;
const WORST = 9;
const SQUARE = 11;
/** A calendar is thirteen pages of A4 with a picture on each. */
const LONGEST_MS = 180_000;

const samples = (
  await Promise.all(
    (
      await listTemplates()
    ).map(async (template) => {
      const orders = await sampleOrders(template);
      return orders.map((order) => ({ name: `${order.product} ${template.name}`, order }));
    }),
  )
).flat();

let line: Line;
beforeAll(async () => {
  line = await Line.open();
  await mkdir(REFERENCE, { recursive: true });
});
afterAll(() => line?.close());

test('every product has a template with a sample', () => {
  const shown = new Set(samples.map(({ order }) => order.product));
  expect(productNames().filter((name) => !shown.has(name))).toEqual([]);
});

describe.each(samples)('$name', ({ name, order }) => {
  test(
    'looks as it did, and passed its gate',
    async () => {
      const made = await line.made({ ...order, upscaler: 'lanczos' }, name.replace(' ', '-'));
      expect(made.manifest.preflight.verdict).not.toContain('error');
      const proofs = made.files.filter(({ role }) => role === 'proof').map(({ path }) => path);
      const strip = await contactStrip(proofs);
      const file = `${REFERENCE}/${name.replace(' ', '-')}.webp`;
      const { data, ...size } = strip;
      // What packing costs is the same on both sides.
      const packed = await sharp(data, { raw: { ...size, channels: 3 } })
        .webp({ quality: 90, effort: 6 })
        .toBuffer();
      if (UPDATE) await writeFile(file, packed);
      const [known, own] = await Promise.all([readFile(file), packed].map(unpacked));
      expect({ width: known!.info.width, height: known!.info.height }).toEqual(size);
      const { mean, worst } = difference(own!.data, known!.data, size.width, size.height);
      expect(mean).toBeLessThan(MEAN);
      expect(worst).toBeLessThan(WORST);
    },
    LONGEST_MS,
  );
});

const unpacked = async (webp: Buffer | Promise<Buffer>) =>
  sharp(await webp)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });

/** How far two pictures are from each other, ΔE2000. */
function difference(a: Uint8Array, b: Uint8Array, width: number, height: number) {
  const across = Math.ceil(width / SQUARE);
  const sums = new Float64Array(across * Math.ceil(height / SQUARE));
  const counts = new Uint32Array(sums.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3;
      const square = Math.floor(y / SQUARE) * across + Math.floor(x / SQUARE);
      sums[square]! += deltaE2000(labAt(a, i), labAt(b, i));
      counts[square]!++;
    }
  }
  const means = Array.from(sums, (sum, i) => sum / counts[i]!);
  return { mean: sums.reduce((sum, value) => sum + value, 0) / (width * height), worst: Math.max(...means) };
}

const labAt = (data: Uint8Array, i: number) => toLab([data[i]!, data[i + 1]!, data[i + 2]!]);
