import { readdir, readFile, stat } from 'node:fs/promises';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { COVER_ID, demoCollection } from '../../src/demo/collection.ts';
import { painters } from '../../src/demo/painters.ts';
import { encodeDemo } from '../../src/demo/png.ts';
import { packagePath } from '../../src/paths.ts';

const fileOf = (id: string): string => packagePath('assets', 'demo', `${id}.png`);
const pixelsOf = (input: string | Buffer): Promise<Buffer> => sharp(input).ensureAlpha().raw().toBuffer();

/** A date that the calendar has, written as 14 digits. */
function isTimestamp(id: string): boolean {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(id) ?? [];
  const iso = `${y}-${mo}-${d}T${h}:${mi}:${s}.000Z`;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString() === iso;
}

describe('the list', () => {
  it('names exactly the twelve pictures that are there, in the order of their IDs', async () => {
    const files = (await readdir(packagePath('assets', 'demo'))).filter((name) => name.endsWith('.png'));
    const ids = demoCollection.map(({ id }) => id);
    expect(ids).toHaveLength(12);
    expect(files.sort()).toEqual(ids.map((id) => `${id}.png`));
    expect(ids).toContain(COVER_ID);
    expect(ids.filter((id) => !isTimestamp(id))).toEqual([]);
  });

  it('has a style of its own for each picture', () => {
    expect(new Set(demoCollection.map(({ painter }) => painter)).size).toBe(12);
    expect(new Set(demoCollection.map(({ title }) => title)).size).toBe(12);
  });

  it('is described in full by the README beside the pictures', async () => {
    const readme = await readFile(packagePath('assets', 'demo', 'README.md'), 'utf8');
    for (const { id, title, painter } of demoCollection) {
      const row = readme.split('\n').find((line) => line.startsWith(`| ${id} |`));
      expect(row).toContain(title);
      expect(row).toContain(`| ${painter} |`);
    }
  });
});

describe.each(demoCollection)('$id, $title', ({ id, title, painter, seed, cutOut }) => {
  it('is a 512 × 512 px PNG below 500 kB that says who painted it, and from which seed', async () => {
    const path = fileOf(id);
    const metadata = await sharp(path, { failOn: 'warning' }).metadata();
    expect(metadata).toMatchObject({ format: 'png', width: 512, height: 512, depth: 'uchar', space: 'srgb' });
    expect(metadata.hasAlpha).toBe(cutOut ?? false);
    expect((await stat(path)).size).toBeLessThan(500_000);
    // Read by libpng and by exifreader, neither of which knows how the chunks were written.
    const texts = Object.fromEntries(metadata.comments?.map(({ keyword, text }) => [keyword, text]) ?? []);
    expect(texts).toMatchObject({
      Title: title,
      Author: 'printcat demo painter',
      Software: `printcat paint ${painter}`,
    });
    expect(JSON.parse(texts.Comment ?? '')).toEqual({ generator: 'printcat-painter', painter, seed, title });
    const tags = ExifReader.load(await readFile(path));
    expect(tags.Title?.description).toBe(title);
    expect(metadata.xmpAsString).toContain(
      'DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"',
    );
    expect(texts).not.toHaveProperty('parameters');
  });

  it('has lights, darks and colours enough to be a picture', async () => {
    const { channels } = await sharp(fileOf(id)).flatten({ background: '#808080' }).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(35);
    const pixels = await pixelsOf(fileOf(id));
    const colours = new Set<number>();
    for (let i = 0; i < pixels.length; i += 4) {
      if (pixels[i + 3] === 255)
        colours.add(((pixels[i]! >> 5) << 6) | ((pixels[i + 1]! >> 5) << 3) | (pixels[i + 2]! >> 5));
    }
    expect(colours.size).toBeGreaterThan(20);
  });
});

describe('the cut-out', () => {
  const { id } = demoCollection.find(({ cutOut }) => cutOut)!;

  it('has a ground that is wholly transparent and a cat that is wholly opaque', async () => {
    const pixels = await pixelsOf(fileOf(id));
    const alphaAt = (x: number, y: number): number => pixels[(y * 512 + x) * 4 + 3]!;
    expect([alphaAt(0, 0), alphaAt(511, 0), alphaAt(0, 511), alphaAt(511, 511)]).toEqual([0, 0, 0, 0]);
    expect(alphaAt(250, 420)).toBe(255);
    let opaque = 0;
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i] === 255) opaque++;
    expect(opaque / (512 * 512)).toBeGreaterThan(0.25);
    expect(opaque / (512 * 512)).toBeLessThan(0.6);
  });

  it('touches no edge, so that a sticker can be cut all around it', async () => {
    const pixels = await pixelsOf(fileOf(id));
    for (let i = 0; i < 512; i++) {
      const edge = [i, 511 * 512 + i, i * 512, i * 512 + 511];
      expect(edge.map((pixel) => pixels[pixel * 4 + 3])).toEqual([0, 0, 0, 0]);
    }
  });
});

describe('repainting', () => {
  const repainted = demoCollection.filter(
    ({ painter }) => painter === 'cubist' || painter === 'stained-glass',
  );

  // All drawing is our own arithmetic; what may differ between versions of Node is the last bit of a sine or a
  // power. One in a thousand values is left to that, and no library's rasteriser is involved.
  it.each(repainted)('gives $title again, pixel by pixel', async (picture) => {
    const png = await encodeDemo(picture, painters[picture.painter](picture.seed));
    const [now, then] = await Promise.all([pixelsOf(png), pixelsOf(fileOf(picture.id))]);
    let different = 0;
    for (let i = 0; i < then.length; i++) if (now[i] !== then[i]) different++;
    expect(now).toHaveLength(then.length);
    expect(different / then.length).toBeLessThanOrEqual(0.001);
  });

  it('gives another window for another seed', () => {
    const paint = painters['stained-glass'];
    expect(Buffer.from(paint(1)).equals(Buffer.from(paint(2)))).toBe(false);
  });
});
