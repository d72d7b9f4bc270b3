import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import {
  QR_QUIET_ZONE,
  type QrLevel,
  qrMinWidth,
  qrModules,
  qrPath,
  qrRaster,
  qrSvg,
} from '../../src/layout/qr.ts';
import { decodedCodes, hasTool } from '../judges/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'printcat-qr-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const ADDRESS = 'https://example.com/cats/credits?order=20220912034858';
const JAPANESE = '猫の本 – 夜の散歩';
const canDecode = hasTool('zbarimg');
if (!canDecode) console.warn('zbarimg is not here: no QR code of the tests is decoded.');

/** Which modules an SVG path covers at their middles, by the even-odd rule; it has only `M`, `h`, `v` and `z`. */
function covered(path: string, size: number): boolean[][] {
  const verticals: [x: number, from: number, to: number][] = [];
  let [x, y] = [0, 0];
  let start = [0, 0];
  for (const [, command, numbers = ''] of path.matchAll(/([Mhvz])([-\d. ]*)/g)) {
    const [first = 0, second = 0] = numbers.trim().split(' ').map(Number);
    if (command === 'M') start = [x, y] = [first, second];
    else if (command === 'h') x += first;
    else {
      const to = command === 'v' ? y + first : start[1]!;
      verticals.push([x, Math.min(y, to), Math.max(y, to)]);
      if (command === 'z') expect([x, y], 'closed before z').toEqual(start);
      y = to;
    }
  }
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => {
      const left = verticals.filter(([at, from, to]) => at <= column && from <= row && to > row);
      return left.length % 2 === 1;
    }),
  );
}

describe('the vector', () => {
  test.each<[string, QrLevel]>([
    [ADDRESS, 'M'],
    [ADDRESS, 'H'],
    [JAPANESE, 'Q'],
  ])('the path of %s at %s covers exactly the dark modules', (text, level) => {
    const modules = qrModules(text, level);
    const cells = covered(qrPath(modules), modules.size);
    for (const [y, row] of cells.entries()) {
      for (const [x, dark] of row.entries()) expect(dark, `${x} ${y}`).toBe(modules.isDark(x, y));
    }
    // A finder pattern stands in three corners.
    expect([cells[0]![0], cells[0]!.at(-1), cells.at(-1)![0]]).toEqual([true, true, true]);
  });

  test('it is black alone, in a quiet zone of four modules, as wide as asked', () => {
    const { size } = qrModules(ADDRESS);
    const svg = qrSvg(ADDRESS, 25);
    expect(svg).toContain(`width="25mm" height="25mm" viewBox="0 0 ${size + 8} ${size + 8}"`);
    expect(svg.match(/#[0-9a-f]+/g)).toEqual(['#000']);
    expect(svg).not.toMatch(/opacity|stroke|style/);
    const xs = [...svg.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect(Math.min(...xs)).toBe(QR_QUIET_ZONE);
    expect(qrSvg(ADDRESS)).toContain(`width="${(size + 8) / 2}mm"`);
    expect(qrSvg('a"<b>')).toContain('aria-label="a&#34;&lt;b&gt;"');
  });

  test.skipIf(!canDecode).each<[string, QrLevel, number]>([
    [ADDRESS, 'L', 300],
    [ADDRESS, 'H', 150],
    [JAPANESE, 'Q', 300],
  ])('%s at %s and %i ppi is read', async (text, level, ppi) => {
    const file = join(folder, `${level}${ppi}.png`);
    const svg = Buffer.from(qrSvg(text, 30, level));
    await sharp(svg, { density: ppi }).flatten({ background: '#fff' }).png().toFile(file);
    expect(await decodedCodes(file)).toEqual([{ type: 'QR-Code', text }]);
  });

  test.skipIf(!canDecode)('a picture without a code is read as such', async () => {
    const file = join(folder, 'blank.png');
    await sharp({ create: { width: 90, height: 90, channels: 3, background: '#fff' } }).toFile(file);
    expect(await decodedCodes(file)).toEqual([]);
    await expect(decodedCodes(join(folder, 'none.png'))).rejects.toThrow(/zbarimg/);
  });
});

describe('the pixels', () => {
  test('every module is the same square of whole pixels, the rest is white', async () => {
    const { size, isDark } = qrModules(ADDRESS);
    const { data, width, height, channels } = qrRaster(ADDRESS, 200);
    expect([width, height, channels]).toEqual([200, 200, 3]);
    const module = Math.floor(200 / (size + 8));
    const start = Math.floor((200 - module * size) / 2);
    expect(start).toBeGreaterThanOrEqual(4 * module);
    for (let y = 0; y < 200; y++) {
      for (let x = 0; x < 200; x++) {
        const dark = isDark(Math.floor((x - start) / module), Math.floor((y - start) / module));
        expect(data[(y * 200 + x) * 3]).toBe(dark ? 0 : 255);
      }
    }
    const file = join(folder, 'pixels.png');
    await writeFile(
      file,
      await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
    );
    if (canDecode) expect(await decodedCodes(file)).toEqual([{ type: 'QR-Code', text: ADDRESS }]);
  });
});

describe('refused', () => {
  test('modules below 0.396 mm or four pixels', () => {
    const least = qrMinWidth(ADDRESS);
    expect(least).toBeCloseTo((qrModules(ADDRESS).size + 8) * 0.396, 9);
    expect(qrSvg(ADDRESS, least)).toContain('<path');
    expect(() => qrSvg(ADDRESS, least - 0.1)).toThrow(
      /Expected at least 16\.3 mm \(41 modules of 0\.396 mm\)/,
    );
    expect(() => qrSvg(ADDRESS, Number.NaN)).toThrow(/Expected at least/);
    expect(() => qrRaster(ADDRESS, 41 * 4 - 1)).toThrow(/Expected at least 164 px/);
  });

  test('no text, too much of it, an unknown level', () => {
    expect(() => qrSvg('')).toThrow(/Expected a text/);
    expect(() => qrSvg('x'.repeat(3000), 500, 'H')).toThrow(
      /Expected a text that a QR code of level H holds .* 3000 characters/,
    );
    expect(() => qrSvg('x', 20, 'Z' as QrLevel)).toThrow(/Expected one of L, M, Q, H/);
  });
});
