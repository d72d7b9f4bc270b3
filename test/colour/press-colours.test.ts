import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';
import { transicc } from './transicc.ts';

const FOGRA39 = packagePath('assets', 'icc', 'FOGRA39L.icc');

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
    const [expected] = transicc('*sRGB', FOGRA39, [rgb], '-t1', '-b');
    const inks = colours.rgb(r, g, b).map((ink) => ink * 100);
    for (const [i, ink] of inks.entries()) expect(Math.abs(ink - expected![i]!)).toBeLessThan(0.5);
  });

  test('neutral colours are black ink alone, from nothing to solid, the darker the more', async () => {
    const colours = await PressColours.open('FOGRA39');
    expect(colours.rgb(0, 0, 0)).toEqual([0, 0, 0, 1]);
    expect(colours.rgb(1, 1, 1)).toEqual([0, 0, 0, 0]);
    const ramp = Array.from({ length: 101 }, (_, i) => colours.rgb(i / 100, i / 100, i / 100));
    for (const [c, m, y] of ramp) expect([c, m, y]).toEqual([0, 0, 0]);
    for (let i = 1; i < ramp.length; i++) expect(ramp[i]![3]).toBeLessThan(ramp[i - 1]![3]);
  });

  test('perceptual is another conversion, and the one that transicc makes of it', async () => {
    const colours = await PressColours.open('FOGRA39', { intent: 'perceptual' });
    const relative = await PressColours.open('FOGRA39');
    const [expected] = transicc('*sRGB', FOGRA39, [[20, 60, 230]], '-t0');
    const inks = colours.rgb(20 / 255, 60 / 255, 230 / 255).map((ink) => ink * 100);
    for (const [i, ink] of inks.entries()) expect(Math.abs(ink - expected![i]!)).toBeLessThan(0.5);
    const others = relative.rgb(20 / 255, 60 / 255, 230 / 255).map((ink) => ink * 100);
    expect(Math.max(...inks.map((ink, i) => Math.abs(ink - others[i]!)))).toBeGreaterThan(2);
    expect(colours.key).not.toBe(relative.key);
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

test('colours that are grey to within the browser\u2019s rounding are black ink alone', async () => {
  const colours = await PressColours.open('FOGRA39');
  // What Chromium prints for lab(30 0 0).
  const [c, m, y, k] = colours.rgb(0.2769, 0.277, 0.277);
  expect([c, m, y]).toEqual([0, 0, 0]);
  expect(k).toBeGreaterThan(0.7);
  expect(colours.rgb(128 / 255, 128 / 255, 129 / 255)[0]).toBeGreaterThan(0);
});

test('a profile that is cut off, or for another kind of device, is refused', async () => {
  const { mkdtemp, readFile, rm, writeFile } = await import('node:fs/promises');
  const folder = await mkdtemp(`${tmpdir()}/printcat-icc-`);
  const whole = await readFile(packagePath('assets', 'icc', 'FOGRA39L.icc'));
  await writeFile(`${folder}/cut.icc`, whole.subarray(0, 200_000));
  const scanner = Buffer.from(whole);
  scanner.write('scnr', 12, 'latin1');
  await writeFile(`${folder}/scanner.icc`, scanner);
  await expect(PressColours.open(`${folder}/cut.icc`)).rejects.toThrow(/cut.icc is cut off or damaged/);
  await expect(PressColours.open(`${folder}/scanner.icc`)).rejects.toThrow(/output profile.*of class scnr/);
  await rm(folder, { recursive: true });
});
