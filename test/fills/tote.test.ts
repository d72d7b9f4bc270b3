import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Artwork } from '../../src/artwork/artwork.ts';
import type { Patch } from '../../src/artwork/raster.ts';
import type { FillPicture, FillSlot, MosaicFill } from '../../src/fills/fill.ts';
import { fillOf } from '../../src/fills/fill-of.ts';
import { mosaicOptions } from '../../src/fills/fill-options.ts';
import { fillKey } from '../../src/fills/key.ts';
import { layMosaicFill } from '../../src/fills/lay-fill.ts';
import { type FillOptions, makeFill } from '../../src/fills/make-fill.ts';
import { packagePath } from '../../src/paths.ts';
import { inchToMm, sameEdges } from '../../src/units.ts';
import { pixel, rawPixels, scratchFolder } from '../artwork/pictures.ts';
import { decodedCodes, hasTool } from '../judges/index.ts';
import { existingPicture } from './pictures.ts';

/** The real case: a tote bag of 17 × 33 in at 150 ppi, pictures of 512 px, its bottom quarter black, two QR codes. */
const slot: FillSlot = {
  size: { width: inchToMm(17), height: inchToMm(33) },
  ...{ bleed: sameEdges(0), ppi: 150, bleedFill: 'scale', upscaler: 'fast' },
};
const LINKS = ['https://example.com/credits/20220912034858', 'https://example.com/shop'];
const folder = scratchFolder();
const options: FillOptions = { cacheDir: join(folder, 'cache'), modelsDir: join(folder, 'no-models') };
const demo = packagePath('assets', 'demo');
const files = readdirSync(demo).filter((name) => name.endsWith('.png'));
const order = z.object(mosaicOptions).parse({ dark: '25%', link: LINKS });

let pictures: FillPicture[];
let wish: MosaicFill;
let made: Artwork;
let pixels: Patch;
beforeAll(async () => {
  pictures = await Promise.all(files.map((name) => existingPicture(name.slice(0, -4), join(demo, name))));
  wish = fillOf(order, pictures, slot) as MosaicFill;
  made = await makeFill(wish, options);
  pixels = await rawPixels(made.path);
});

describe('the tote bag, from its options', () => {
  test('has exactly its pixels, and says that nothing was resampled', () => {
    expect(made).toMatchObject({
      ...{ widthPx: 2550, heightPx: 4950, hasAlpha: false, cached: false },
      ...{ factor: 1, sourcePpi: 150, method: 'none', warnings: [] },
    });
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([2550, 4950, 3]);
  });

  test('shows 512-pixel tiles pixel for pixel', async () => {
    const { cells } = await layMosaicFill(wish);
    expect([...cells.values()]).toEqual(pictures.map(({ id }) => id));
    for (const [key, id] of cells) {
      const own = await rawPixels(join(demo, `${id}.png`));
      const [column, row] = key.split(',').map(Number) as [number, number];
      for (let i = 10; i < 500; i += 7) {
        const there = pixel(pixels, column * 512 - 5 + i, row * 512 + ((i * 3) % 512));
        const wanted = pixel(own, i, (i * 3) % 512);
        if (wanted[3] === undefined || wanted[3] === 255) expect(there).toEqual(wanted.slice(0, 3));
      }
    }
  });

  test('its bottom quarter is black around the codes, which lie side by side in its middle', () => {
    const [left, right] = wish.codes.map(({ box }) => box) as [
      MosaicFill['codes'][number]['box'],
      { x: number },
    ];
    const px = (mm: number) => Math.round((mm / 25.4) * 150);
    let light = 0;
    for (let y = 3713; y < 4950; y += 3) {
      for (let x = 0; x < 2550; x += 3) {
        const inRow = y >= px(left.y) - 1 && y <= px(left.y + left.height);
        const inCode = inRow && [left.x, right.x].some((at) => x >= px(at) - 1 && x <= px(at + left.width));
        if (!inCode && pixel(pixels, x, y).some((value) => value > 0)) light++;
      }
    }
    expect(light).toBe(0);
    // As much black above as below, as much on the left as on the right.
    expect(left.y + left.height / 2).toBeCloseTo(slot.size.height * 0.875, 6);
    expect(left.x + right.x + left.width).toBeCloseTo(slot.size.width, 6);
  });

  test.skipIf(!hasTool('zbarimg'))('both codes are read, also from a small and soft photo', async () => {
    const wanted = LINKS.map((text) => ({ type: 'QR-Code', text }));
    expect(await decodedCodes(made.path)).toEqual(expect.arrayContaining(wanted));
    const small = join(folder, 'small.jpg');
    await sharp(made.path).resize(640).blur(0.6).jpeg({ quality: 70 }).toFile(small);
    const read = await decodedCodes(small);
    expect(read).toHaveLength(2);
    expect(read).toEqual(expect.arrayContaining(wanted));
  });
  if (!hasTool('zbarimg')) console.warn('zbarimg is not here: the codes of the tote bag are not decoded.');

  test('of one picture it is a grid of it', async () => {
    const one = await makeFill(fillOf(order, [pictures[0]!], slot), options);
    const grid = await rawPixels(one.path);
    for (let y = 0; y < 3000; y += 41)
      for (let x = 0; x < 2038; x += 29) expect(pixel(grid, x + 512, y)).toEqual(pixel(grid, x, y));
  });

  test('a link, the order or a picture decides the key; what lay somewhere stays there', async () => {
    const keyOf = (change: Partial<MosaicFill>) => fillKey({ ...wish, ground: null, ...change }, 'lanczos');
    const { cells } = await layMosaicFill({ ...wish, pictures: pictures.slice(3) });
    const changes: Partial<MosaicFill>[] = [
      ...[{}, { codes: wish.codes.slice(1) }, { order: 'colour' as const }, { pictures: pictures.slice(1) }],
      ...[{ dark: { ...wish.dark!, colour: '#101010' } }, { before: cells }, { fill: 'empty' as const }],
    ];
    expect(new Set(changes.map(keyOf)).size).toBe(changes.length);
    const later = await layMosaicFill({ ...wish, before: cells });
    for (const [cell, id] of cells) expect(later.cells.get(cell)).toBe(id);
    // A new picture finds a cell that was free.
    expect(later.cells.size).toBe(cells.size + 3);
  });

  test('pictures for which there is no room are told of', async () => {
    const { warnings } = await makeFill({ ...wish, ppi: 75, tile: { width: 216, height: 300 } }, options);
    expect(warnings).toContain('6 of 12 pictures found no place in the mosaic: smaller tiles hold more.');
  });
});
