import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { Gamut, OUT_OF_GAMUT, QUARTERS } from '../../src/colour/gamut.ts';
import { PressColours, SHIPPED_PROFILES, type ShippedProfile } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';

const NAMES = Object.keys(SHIPPED_PROFILES) as ShippedProfile[];
const SHARES = [0, 0.25, 0.5, 0.75, 1];

async function distances(name: ShippedProfile, rgb: readonly (readonly number[])[]): Promise<number[]> {
  const gamut = await Gamut.of(await readFile(packagePath('assets', 'icc', SHIPPED_PROFILES[name].file)));
  const found = new Uint8Array(rgb.length);
  gamut.measure(Uint8Array.from(rgb.flat()), found);
  return [...found].map((steps) => steps / QUARTERS);
}

describe.each(NAMES)('the gamut of %s', (name) => {
  test('holds every colour that its own inks show', async () => {
    const colours = await PressColours.open(name);
    const inks = SHARES.flatMap((c) => SHARES.flatMap((m) => SHARES.map((y) => [c, m, y] as const)));
    const shown = inks.flatMap((cmy) =>
      [0, 0.5].map((k) => colours.look([...cmy, k]).map((v) => Math.round(v * 255))),
    );
    expect(shown).toHaveLength(250);
    expect(Math.max(...(await distances(name, shown)))).toBeLessThan(OUT_OF_GAMUT);
  });

  test('holds muted colours and tints, not the brightest of a screen', async () => {
    const inside = await distances(name, [
      [120, 120, 80],
      [120, 80, 56],
      [244, 239, 228],
      [232, 243, 248],
      [0, 0, 0],
      [255, 255, 255],
      [128, 128, 128],
    ]);
    expect(Math.max(...inside)).toBeLessThan(OUT_OF_GAMUT);
    const [green, blue, cyan, red] = await distances(name, [
      [0, 255, 0],
      [0, 0, 255],
      [0, 255, 255],
      [255, 0, 0],
    ]);
    for (const far of [green!, blue!, cyan!]) expect(far).toBeGreaterThan(10);
    expect(red).toBeGreaterThan(OUT_OF_GAMUT);
  });
});
