import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';

/** ICC conversion by lcms's own command line, relative colorimetric with black point compensation; ink percent. */
function transicc(rgb: readonly number[]): number[] {
  const profile = packagePath('assets', 'icc', 'FOGRA39L.icc');
  const out = execFileSync('transicc', ['-t1', '-b', '-n', '-i*sRGB', `-o${profile}`], {
    input: `${rgb.join(' ')}\n`,
    encoding: 'utf8',
  });
  return out.trim().split(/\s+/).map(Number);
}

describe('press colours', () => {
  test.each([
    [255, 0, 0],
    [0, 128, 64],
    [12, 40, 200],
    [250, 240, 10],
    [31, 20, 60],
  ])('rgb(%d, %d, %d) as transicc converts it, within 0.5 %% ink', async (...rgb) => {
    const colours = await PressColours.open('FOGRA39');
    const [r = 0, g = 0, b = 0] = rgb.map((v) => v / 255);
    const expected = transicc(rgb);
    const inks = colours.rgb(r, g, b).map((ink) => ink * 100);
    for (const [i, ink] of inks.entries()) expect(Math.abs(ink - expected[i]!)).toBeLessThan(0.5);
  });

  test('neutral colours are black ink alone, from nothing to solid, the darker the more', async () => {
    const colours = await PressColours.open('FOGRA39');
    expect(colours.rgb(0, 0, 0)).toEqual([0, 0, 0, 1]);
    expect(colours.rgb(1, 1, 1)).toEqual([0, 0, 0, 0]);
    const ramp = Array.from({ length: 101 }, (_, i) => colours.rgb(i / 100, i / 100, i / 100));
    for (const [c, m, y] of ramp) expect([c, m, y]).toEqual([0, 0, 0]);
    for (let i = 1; i < ramp.length; i++) expect(ramp[i]![3]).toBeLessThan(ramp[i - 1]![3]);
  });

  test('pictures keep their own profile: the same numbers in Display P3 take more ink than in sRGB', async () => {
    const { default: sharp } = await import('sharp');
    const p3 = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#0f0' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { icc } = await sharp(p3).metadata();
    const colours = await PressColours.open('FOGRA39');
    const pixel = Uint8Array.of(60, 160, 60);
    const asP3 = (await colours.pictures(icc!)).run(pixel);
    const asSrgb = (await colours.pictures(null)).run(pixel);
    expect(asP3[0]! - asSrgb[0]!).toBeGreaterThan(5);
  });

  test.each([
    ['nowhere/there.icc', /readable .icc file.*FOGRA39.*nowhere\/there\.icc/],
    ['package.json', /Expected an ICC profile but package.json is not one/],
  ])('%s is refused', async (file, message) => {
    await expect(PressColours.open(file)).rejects.toThrow(message);
  });
});
