import { expect, test } from 'vitest';
import { overridePrinter } from '../../src/products/override.ts';
import { readPrinter } from '../../src/products/printer.ts';

const kdp = readPrinter('kdp');

test('lengths take any unit, other numbers their own; all are marked as the user’s', () => {
  const printer = overridePrinter(kdp, ['bleed=0.2in', 'spine.clear = 2', 'file.ppi=600', 'marks=western']);
  expect(printer.bleed).toMatchObject({ unit: 'mm', authority: 'user' });
  expect(printer.bleed.value).toBeCloseTo(5.08, 9);
  expect(printer.spine!.clear.value).toBe(2);
  expect(printer.spine!.tolerance).toEqual(kdp.spine!.tolerance);
  expect(printer.file.ppi).toEqual({
    value: 600,
    unit: 'ppi',
    authority: 'user',
    source: 'given in the order',
  });
  expect(printer.marks.value).toBe('western');
});

test('the preset itself stays as it was', () => {
  overridePrinter(kdp, ['bleed=9']);
  expect(kdp.bleed.value).toBe(0.125);
});

test.each([
  ['nothing=1', 'Expected key=value for --override but received nothing=1'],
  ['bleed', 'Expected key=value for --override but received bleed'],
  ['bleed=', 'Expected key=value for --override but received bleed='],
  ['papers.white.thickness=1', 'Expected key=value for --override'],
  ['bleed=wide', 'Expected a length such as 3mm or 0.125in for --override bleed but received wide'],
  ['file.ppi=many', 'Expected a number (ppi) for --override file.ppi but received many'],
  ['marks=dots', 'Expected a style such as none for --override marks but received dots'],
])('%s is refused', (override, message) => {
  expect(() => overridePrinter(kdp, [override])).toThrow(message);
});
