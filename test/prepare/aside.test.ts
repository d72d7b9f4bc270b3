import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { ellipse } from '../../src/contours/shapes.ts';
import { hashFile } from '../../src/files.ts';
import { arrangeLoose } from '../../src/prepare/loose.ts';
import { type Outline, outlineOf } from '../../src/prepare/outline.ts';
import { contourOptions, gangOptions } from '../../src/prepare/sticker-options.ts';

// Threads run the program's own bundles, which know nothing of this.
vi.mock('../../src/contours/contour.ts', async (original) => ({
  ...(await original<object>()),
  contourOf: () => {
    throw new Error('A contour was found in the main thread');
  },
}));

const going = () => new AbortController().signal;

const round = (longest: number): Outline => {
  const box = { x: 0, y: 0, width: longest, height: longest };
  const [path, white] = [ellipse(box), ellipse(box)];
  return { path, white, size: box, art: box, clip: '50%', border: 0, picture: null };
};

const loose = (signal: AbortSignal) =>
  arrangeLoose({
    ...{ wanted: Array.from({ length: 6 }, () => 0), longest: undefined, signal },
    room: { size: { width: 120, height: 90 }, margin: 4, head: 0, foot: 0, gap: 2, caption: 0 },
    outlineAt: async (_, longest) => round(longest),
    order: z.object(gangOptions).parse({ arrange: 'loose' }),
    ...{ cacheDir: tmpdir(), onStage: () => undefined },
  });

test('stickers are strewn while others are answered', async () => {
  const done: string[] = [];
  // Outlines are there at once: strewn in this thread, nothing else could have its turn before all are placed.
  const strewing = loose(going()).then((placed) => done.push(`${placed.length} strewn`));
  setImmediate(() => done.push('answered'));
  await strewing;
  expect(done).toEqual(['answered', '6 strewn']);
});

test('strewing is stopped with what it is for', async () => {
  const stop = new AbortController();
  const strewing = loose(stop.signal);
  setImmediate(() => stop.abort());
  await expect(strewing).rejects.toThrow('Stopped.');
});

test('a contour is found beside the main thread, and what is wrong with a picture comes back with its ID', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-'));
  try {
    const drawn = async (name: string, svg: string) => {
      const path = join(folder, name);
      await sharp(
        Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">${svg}</svg>`),
      )
        .png()
        .toFile(path);
      const sha256 = await hashFile(path);
      return { id: '20260101000000', path, sha256, widthPx: 300, heightPx: 300, hasAlpha: true };
    };
    const cut = { ...z.object(contourOptions).parse({}), border: 3 };
    const wish = { kind: 'alpha', extent: { longest: 60 }, cut, bleed: 2 } as const;
    const disc = await drawn('disc.png', '<circle cx="150" cy="150" r="100"/>');
    const { size } = await outlineOf(disc, wish, folder, going());
    expect(size.width).toBeCloseTo(60, 0);
    expect(size.height).toBeCloseTo(60, 0);
    const full = await drawn('full.png', '<rect width="300" height="300"/>');
    await expect(outlineOf(full, wish, folder, going())).rejects.toMatchObject({
      ...{
        name: 'PrintcatError',
        message: expect.stringMatching(/^20260101000000: Expected a picture with/),
      },
      hint: expect.stringContaining('--outline'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
