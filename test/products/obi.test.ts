import { expect, test } from 'vitest';
import { foldsOf, geometryOf, panelNames, panelOf, warningsOf } from './covers.ts';

const obi = (order: Readonly<Record<string, unknown>>) => geometryOf('obi', order);

test.each(['left', 'right'] as const)(
  'bound on the %s, it is as wide as the jacket, fold for fold',
  (binding) => {
    const order = { size: 'shiroku', spine: 14, spineEase: 1.5, flap: 85, binding };
    const band = obi(order);
    const jacket = geometryOf('dust-jacket', order);
    expect(band.trim.width).toBe(jacket.trim.width);
    expect(foldsOf(band)).toEqual(foldsOf(jacket));
    expect(panelNames(band)).toEqual(panelNames(jacket));
    expect(panelNames(band)[0]).toBe(binding === 'left' ? 'flap-back' : 'flap-front');
  },
);

test('50 mm high, which nobody has published, or as the order says', () => {
  const usual = obi({ size: 'a6', spine: 12 });
  expect(usual.trim).toEqual({ width: 2 * (90 + 105) + 13, height: 50 });
  expect(warningsOf(usual)).toContainEqual(
    expect.stringMatching(/^height = 50 mm is unverified .*--height replaces it/),
  );
  const own = obi({ size: 'a6', spine: 12, height: 64 });
  expect(own.trim.height).toBe(64);
  expect(warningsOf(own).join()).not.toContain('height');
  expect(panelOf(own, 'front').safe.height).toBe(58);
});

test.each([
  [{ size: 'a6', spine: 12, height: 149 }, 'Expected 30 mm to 148 mm for --height but received 149 mm'],
  [{ size: 'a6', spine: 12, height: 29 }, 'Expected 30 mm to 148 mm for --height but received 29 mm'],
])('%j is refused', (order, message) => {
  expect(() => obi(order)).toThrow(message);
});

test('a copier prints it too, once the book is measured', () => {
  const order = { size: 'a6', printer: 'konbini' };
  expect(obi({ ...order, spine: 12 }).bleed.top).toBe(0);
  expect(() => obi(order)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('--spine is needed'),
      hint: expect.stringContaining('the book itself, by a ruler'),
    }),
  );
});
