import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Picture } from '../../src/artwork/artwork.ts';
import { type ContourOptions, contourOptions } from '../../src/contours/contour.ts';
import { writeCutOut } from '../../src/contours/cut-out.ts';
import { areaOf, boundsOf, type CutPath } from '../../src/contours/path.ts';
import { contourOfPicture } from '../../src/contours/picture-contour.ts';
import { roundedRectangle } from '../../src/contours/shapes.ts';
import { insetPath, whiteUnder } from '../../src/contours/white.ts';
import { hashFile } from '../../src/files.ts';
import { packagePath } from '../../src/paths.ts';
import { hasTool } from '../judges/index.ts';
import { distances, drawn, halfLine, least, most } from './judge.ts';

const options = (given: Partial<ContourOptions> = {}): ContourOptions =>
  z.object(contourOptions).parse(given);
const CAT = packagePath('assets/demo/20220923124418.png');
const samples = packagePath('../shared/samples/generators');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcat-contours-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pictureAt = async (path: string): Promise<Picture> => ({ path, sha256: await hashFile(path) });

/** A picture drawn by librsvg, 300 × 200 px. */
async function picture(name: string, ground: string, body: string): Promise<Picture> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"
    fill="${ground}"/>${body}</svg>`;
  const path = join(folder, `${name}.png`);
  await writeFile(path, await sharp(Buffer.from(svg)).png().toBuffer());
  return pictureAt(path);
}

const DISC = '<circle cx="130" cy="90" r="60" fill="#d42"/>';

/** What becomes of a picture without its ground, as RGBA. */
async function cutOut(original: Picture, width: number) {
  const { mask } = await contourOfPicture(original, width, options({ outline: 'ground' }));
  const path = join(folder, 'cut-out.png');
  await writeCutOut(original, mask!, path);
  return sharp(path).raw().toBuffer({ resolveWithObject: true });
}

describe('a contour around a picture file', () => {
  test('follows the alpha, in mm of the whole picture', async () => {
    const { path, source } = await contourOfPicture(await pictureAt(CAT), 60, options());
    expect(source).toBe('alpha');
    // Bounds of the cat's alpha as sharp trims it, with a border of 2 mm.
    const alpha = await sharp(CAT).extractChannel(3).threshold(128).png().toBuffer();
    const { info } = await sharp(alpha).trim({ background: '#000' }).toBuffer({ resolveWithObject: true });
    const pixel = 60 / 512;
    const box = boundsOf(path);
    expect(box.x).toBeCloseTo(-info.trimOffsetLeft! * pixel - 2, 0);
    expect(box.width).toBeCloseTo(info.width * pixel + 4, 0);
    expect(box.height).toBeCloseTo(info.height * pixel + 4, 0);
  });

  test('takes what stands on a plain ground', async () => {
    const original = await picture('disc', '#2b6cd8', DISC);
    const { path, source } = await contourOfPicture(original, 60, options());
    expect(source).toBe('ground');
    // 60 px of 0.2 mm and a border of 2 mm.
    expect(areaOf(path)).toBeCloseTo(Math.PI * 14 ** 2, -1);
    const box = boundsOf(path);
    for (const [is, right] of [
      [box.x, 12],
      [box.y, 4],
      [box.width, 28],
    ] as const) {
      expect(Math.abs(is - right)).toBeLessThan(0.1);
    }
  });

  test.skipIf(!existsSync(samples))('cuts a generated picture out of its plain ground', async () => {
    const { islands, source, mask } = await contourOfPicture(
      await pictureAt(join(samples, 'empty.png')),
      60,
      options(),
    );
    expect([islands, source]).toEqual([1, 'ground']);
    const share = Uint8Array.from(mask!.data).filter((value) => value > 127).length / mask!.data.length;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.9);
  });

  test('lays a shape around what can be seen', async () => {
    const original = await picture('clear', 'none', DISC);
    const outline = 'circle';
    const { path } = await contourOfPicture(original, 60, options({ outline, border: 3 }));
    // Around the corners of the box of 120 px of 0.2 mm.
    expect(boundsOf(path).width).toBeCloseTo(2 * (12 * Math.SQRT2 + 3), 1);
    const opaque = await picture('opaque', '#2b6cd8', DISC);
    const whole = await contourOfPicture(opaque, 60, options({ outline: 'rectangle', border: 3 }));
    expect(boundsOf(whole.path)).toEqual({ x: -3, y: -3, width: 66, height: 46 });
    expect([whole.mask, whole.source]).toEqual([null, 'whole']);
  });

  test('says what else there is where a picture is opaque', async () => {
    const opaque = await picture('opaque', '#2b6cd8', DISC);
    await expect(contourOfPicture(opaque, 60, options({ outline: 'alpha' }))).rejects.toMatchObject({
      message: expect.stringContaining('Expected a picture with transparency'),
      hint: expect.stringContaining('--outline circle'),
      exitCode: 2,
    });
    // NovelAI hides settings in the last bit of an alpha that is opaque otherwise.
    const hidden = join(folder, 'hidden.png');
    await writeFile(
      hidden,
      await sharp(opaque.path)
        .ensureAlpha(254 / 255)
        .png()
        .toBuffer(),
    );
    const found = contourOfPicture(await pictureAt(hidden), 60, options({ outline: 'alpha' }));
    await expect(found).rejects.toThrow('Expected a picture with transparency');
  });

  test('refuses a ground that is not plain, and a picture that is nothing but ground', async () => {
    const stripes = Array.from({ length: 6 }, (_, i) => `<rect x="${i * 50}" width="25" height="200"/>`).join(
      '',
    );
    await expect(
      contourOfPicture(await picture('stripes', '#fff', stripes), 60, options()),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/^Expected a plain ground.* but only \d\d % is$/),
      hint: expect.stringContaining('--outline circle'),
    });
    await expect(contourOfPicture(await picture('blank', '#fff', ''), 60, options())).rejects.toThrow(
      'Expected a subject that stands off its ground but 0 %',
    );
  });
});

describe('a picture without its ground', () => {
  test('has the size of the original and nothing of the ground in its colours', async () => {
    const original = await picture('disc', '#2b6cd8', DISC);
    const { data, info } = await cutOut(original, 60);
    expect([info.width, info.height, info.channels]).toEqual([300, 200, 4]);
    let covered = 0;
    for (let at = 0; at < data.length; at += 4) {
      covered += data[at + 3]! / 255;
      // Red 0xd4 or so throughout: the blue of the ground (0xd8) does not shine through the soft edge.
      if (data[at + 3]! > 0) expect(data[at + 2]).toBeLessThan(0x40);
    }
    expect(covered / (Math.PI * 60 ** 2)).toBeCloseTo(1, 1);
    expect(data[3]).toBe(0);
  });

  test('has the same edge when its contour was found on fewer pixels', async () => {
    const large = join(folder, 'large.png');
    const original = await picture('disc', '#2b6cd8', DISC);
    await writeFile(large, await sharp(original.path).resize(1200).png().toBuffer());
    const { data, info } = await cutOut(await pictureAt(large), 30);
    expect(info.width).toBe(1200);
    const alpha = {
      data: data.filter((_, i) => i % 4 === 3),
      width: 1200,
      height: 800,
      channels: 1,
    } as const;
    const edge = halfLine(alpha, 1);
    for (const [x, y] of edge) expect(Math.abs(Math.hypot(x - 520, y - 360) - 240)).toBeLessThan(3.5);
  });
});

/** How far inside the edge of a mask a path lies, as MuPDF draws it: the least and the most, mm. */
async function insideBy(path: CutPath, edge: readonly (readonly [number, number])[], size: number) {
  const drawing = await drawn(path, size, size);
  const away = distances(halfLine(drawing.raster, drawing.mmPerPx, drawing.origin), edge);
  return { least: least(away), most: most(away) };
}

describe.skipIf(!hasTool('mutool'))('the white under art', () => {
  test('keeps inside the edge by the choke, holes and all', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/>
      <path fill="#fff" fill-rule="evenodd" d="M150 30a120 120 0 1 0 .1 0zM150 100a50 50 0 1 0 .1 0z"/></svg>`;
    const { data } = await sharp(Buffer.from(svg))
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const mask = { data, width: 300, height: 300, channels: 1 } as const;
    const white = whiteUnder(mask, 30, 0.4);
    expect(white.loops).toHaveLength(2);
    expect(areaOf(white)).toBeCloseTo(Math.PI * (11.6 ** 2 - 5.4 ** 2), -1);
    const { least, most } = await insideBy(white, halfLine(mask, 0.1), 30);
    expect(least).toBeGreaterThan(0.34);
    expect(most).toBeLessThan(0.46);
    expect(whiteUnder(mask, 30, 4)).toEqual({ loops: [] });
  });

  test('is a path drawn in', async () => {
    const box = { x: 5, y: 5, width: 20, height: 12 };
    const { x, y, width, height } = boundsOf(insetPath(roundedRectangle(box, 3), 0.5));
    for (const [is, right] of [
      [x, 5.5],
      [y, 5.5],
      [width, 19],
      [height, 11],
    ] as const) {
      expect(Math.abs(is - right)).toBeLessThan(0.06);
    }
  });
});
