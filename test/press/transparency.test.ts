import { beforeAll, describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { shapeOf } from '../../src/press/fields.ts';
import { apply, inverse, multiply } from '../../src/press/matrix.ts';
import { OPAQUE, shade, veil } from '../../src/press/transparency.ts';

let colours: PressColours;
beforeAll(async () => {
  colours = await PressColours.open('FOGRA39');
});
const convert = (r: number, g: number, b: number) => colours.rgb(r, g, b);

describe('a see-through colour', () => {
  test.each([
    ['blue', [0, 0, 1], 0.5],
    ['red', [0.8, 0.15, 0.1], 0.2],
    ['black', [0, 0, 0], 0.6],
    ['cream', [1, 0.93, 0.87], 0.8],
  ] as const)('%s over paper has the inks of what is seen', (_, rgb, alpha) => {
    const { inks, alpha: laid } = veil(rgb, alpha, OPAQUE, convert);
    const [r, g, b] = rgb.map((v) => 1 - alpha + alpha * v) as [number, number, number];
    const seen = convert(r, g, b);
    for (const [i, ink] of inks.entries()) expect(ink * laid).toBeCloseTo(seen[i]!, 3);
    expect(Math.max(...inks)).toBeLessThanOrEqual(1);
    expect(laid).toBeGreaterThanOrEqual(alpha);
  });

  test('an opaque one is converted as it is', () => {
    expect(veil([0.2, 0.4, 0.6], 1, OPAQUE, convert)).toEqual({ inks: convert(0.2, 0.4, 0.6), alpha: 1 });
  });

  test('within a group the share of the group is not laid down twice', () => {
    const { inks, alpha } = veil([0, 0.4, 0.8], 1, { shown: 0.5, laid: 0.6 }, convert);
    const seen = convert(0.5, 0.7, 0.9);
    for (const [i, ink] of inks.entries()) expect(ink * alpha * 0.6).toBeCloseTo(seen[i]!, 3);
  });

  test('a shade is black ink of the grey that it makes of paper', () => {
    expect(shade(colours, 0.5)).toEqual([0, 0, 0, colours.blackFor(0.5)]);
  });
});

describe('what a function of the plane depends on', () => {
  const domain = [-3, 2, -1, 4] as const;
  test.each([
    ['x', (x = 0) => [Math.sin(x)]],
    ['y', (_ = 0, y = 0) => [y > 1.7 ? 1 : 0]],
    ['radius', (x = 0, y = 0) => [(Math.hypot(x, y) * 3) % 1 > 0.4 ? 1 : 0]],
    ['angle', (x = 0, y = 0) => [Math.atan2(y, x), Math.atan2(y, x) > 1 ? 1 : 0]],
    ['both', (x = 0, y = 0) => [x * y]],
  ] as const)('%s', (shape, at) => expect(shapeOf(at, domain)).toBe(shape));
});

test('a matrix and its inverse undo each other', () => {
  const matrix = [0, 0.5, -2, 0, 7, -3] as const;
  expect(multiply(matrix, inverse(matrix)).map((v) => Math.round(v * 1e9) / 1e9 + 0)).toEqual([
    1, 0, 0, 1, 0, 0,
  ]);
  expect(apply(matrix, [2, 4])).toEqual([-1, -2]);
});
