import { beforeAll, describe, expect, test } from 'vitest';
import { deltaE2000, type Lab } from '../../src/colour/delta-e.ts';
import { type Cmyk, PressColours, SHIPPED_PROFILES } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';
import { printedLab, transicc } from './transicc.ts';

const FOGRA39 = packagePath('assets', 'icc', SHIPPED_PROFILES.FOGRA39.file);

/** Dark and saturated colours of all hues, and the darkest of all: those that take the most ink. */
const DARKS = [0, 12, 25, 38, 51, 64, 77, 90].flatMap((value) =>
  Array.from({ length: 24 }, (_, hue) => {
    const at = (shift: number) =>
      Math.min(1, Math.max(0, Math.abs((((hue / 4 + shift) % 6) - 3) as number) - 1));
    return [at(0), at(4), at(2)].map((share) => (value * (0.1 + 0.9 * share)) / 255);
  }),
) as [number, number, number][];

const percent = (inks: Cmyk) => inks.map((ink) => ink * 100);
const coverage = (inks: Cmyk) => percent(inks).reduce((sum, ink) => sum + ink, 0);
const inksOf = (colours: PressColours) => DARKS.map((rgb) => colours.throughProfile(...rgb));
const difference = (a: readonly number[], b: readonly number[]) =>
  deltaE2000(a as unknown as Lab, b as unknown as Lab);

describe('ink limit', () => {
  let free: Cmyk[];
  beforeAll(async () => {
    free = inksOf(await PressColours.open('FOGRA39'));
  });

  test.each([
    [280, 0.05, 0.3],
    [240, 0.3, 1.1],
    [220, 0.9, 3.2],
  ])(
    '%d percent: kept by every colour, for ΔE2000 below %d on average, %d for 95 of 100',
    async (inkLimit, mean, high) => {
      const colours = await PressColours.open('FOGRA39', { inkLimit });
      const bound = inksOf(colours);
      expect(Math.max(...free.map(coverage))).toBeGreaterThan(288);
      expect(Math.max(...bound.map(coverage))).toBeLessThanOrEqual(inkLimit);
      // Not held further down than the margin.
      expect(Math.max(...bound.map(coverage))).toBeGreaterThan(inkLimit - 3);
      expect(colours.vectorCoverage).toBeCloseTo(Math.max(...bound.map(coverage)), 6);
      const before = printedLab(FOGRA39, free.map(percent));
      const shifts = printedLab(FOGRA39, bound.map(percent)).map((lab, i) => difference(lab, before[i]!));
      shifts.sort((a, b) => a - b);
      expect(shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length).toBeLessThan(mean);
      expect(shifts[Math.floor(0.95 * shifts.length)]).toBeLessThan(high);
    },
  );

  test('colours below the limit keep their inks to the last digit', async () => {
    const bound = inksOf(await PressColours.open('FOGRA39', { inkLimit: 240 }));
    const below = free.flatMap((inks, i) => (coverage(inks) < 237 ? [[inks, bound[i]!] as const] : []));
    expect(below.length).toBeGreaterThan(30);
    for (const [before, after] of below) expect(after).toEqual(before);
  });

  test('no other inks within the limit come nearer to the colour: every 5 % of all four tried', async () => {
    const bound = inksOf(await PressColours.open('FOGRA39', { inkLimit: 240 }));
    const steps = Array.from({ length: 21 }, (_, i) => i * 5);
    const grid = steps.flatMap((c) =>
      steps.flatMap((m) =>
        steps.flatMap((y) => steps.flatMap((k) => (c + m + y + k <= 235 && k >= 40 ? [[c, m, y, k]] : []))),
      ),
    );
    const shown = printedLab(FOGRA39, grid);
    const heavy = [...free.keys()].filter((i) => coverage(free[i]!) > 255);
    expect(heavy.length).toBeGreaterThan(20);
    const wanted = printedLab(
      FOGRA39,
      heavy.map((i) => percent(free[i]!)),
    );
    const found = printedLab(
      FOGRA39,
      heavy.map((i) => percent(bound[i]!)),
    );
    for (const [n, target] of wanted.entries()) {
      let best = Number.POSITIVE_INFINITY;
      for (const lab of shown) {
        // CIEDE2000 is dear: what is far off in L* or hue needs none.
        const [dl, da, db] = [lab[0]! - target[0]!, lab[1]! - target[1]!, lab[2]! - target[2]!];
        if (Math.hypot(dl, da, db) < 12) best = Math.min(best, difference(lab, target));
      }
      expect(difference(found[n]!, target)).toBeLessThan(best + 0.25);
    }
  });

  test('a ramp out of the limit into it stays a ramp: no ink jumps', async () => {
    const [loose, bound] = [
      await PressColours.open('FOGRA39'),
      await PressColours.open('FOGRA39', { inkLimit: 240 }),
    ];
    const ramp = Array.from(
      { length: 401 },
      (_, i) => [0.3 * (i / 400), 0.02 + 0.1 * (i / 400), 0.25 * (i / 400)] as const,
    );
    const jump = (colours: PressColours) => {
      const inks = ramp.map((rgb) => percent(colours.throughProfile(...rgb)));
      return Math.max(
        ...inks.slice(1).flatMap((now, i) => now.map((ink, j) => Math.abs(ink - inks[i]![j]!))),
      );
    };
    expect(jump(bound)).toBeLessThan(2 * jump(loose) + 0.5);
  });

  test.each([60, 401, Number.NaN])('%d is refused', async (inkLimit) => {
    await expect(PressColours.open('FOGRA39', { inkLimit })).rejects.toThrow(/100 to 400 %/);
  });
});

describe('pictures', () => {
  /** Every RGB colour whose components are multiples of 3: all corners of the table, and places between. */
  const everyThird = Uint8Array.from({ length: 86 ** 3 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return 3 * [Math.floor(pixel / 86 ** 2), Math.floor(pixel / 86) % 86, pixel % 86][i % 3]!;
  });

  test.each([
    ['FOGRA39', 240],
    ['FOGRA39', 280],
    ['CGATS TR 006', 240],
  ])('no RGB colour goes over the limit: %s, %d percent', async (profile, inkLimit) => {
    const converter = await (await PressColours.open(profile, { inkLimit })).pictures(null);
    const inks = converter.run(everyThird);
    let most = 0;
    for (let i = 0; i < inks.length; i += 4) {
      most = Math.max(most, inks[i]! + inks[i + 1]! + inks[i + 2]! + inks[i + 3]!);
    }
    expect(most / 2.55).toBeLessThanOrEqual(inkLimit - 1);
    expect(most / 2.55).toBeGreaterThan(inkLimit - 4);
    expect(converter.coverage).toBeCloseTo(most / 2.55, 6);
  });

  test.each([
    ['relative', 1],
    ['perceptual', 0],
  ] as const)(
    '%s: the table shows what the profile itself shows, within ΔE2000 0.5',
    async (intent, number) => {
      const colours = await PressColours.open('FOGRA39', { intent });
      const rows = Array.from({ length: 500 }, (_, i) => [
        (i * 89) % 256,
        (i * 151 + 40) % 256,
        (i * 211 + 99) % 256,
      ]);
      const inks = (await colours.pictures(null)).run(Uint8Array.from(rows.flat()));
      const own = rows.map((_, i) => [...inks.subarray(4 * i, 4 * i + 4)].map((ink) => ink / 2.55));
      const reference = transicc('*sRGB', FOGRA39, rows, `-t${number}`, '-b');
      const [a, b] = [printedLab(FOGRA39, own), printedLab(FOGRA39, reference)];
      for (const [i, lab] of a.entries()) expect(difference(lab, b[i]!)).toBeLessThan(0.5);
    },
  );

  test('the alpha channel is passed over', async () => {
    const converter = await (await PressColours.open('FOGRA39')).pictures(null);
    const rgb = converter.run(Uint8Array.of(200, 30, 60, 10, 90, 250));
    expect(converter.run(Uint8Array.of(200, 30, 60, 0, 10, 90, 250, 77), 4)).toEqual(rgb);
  });
});
