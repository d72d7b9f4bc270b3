import { expect, test } from 'vitest';
import { overridePrinter } from '../../src/products/override.ts';
import { printerNames, readPrinter } from '../../src/products/printer.ts';
import { SPOT_ROLE_NAMES, SPOT_ROLES } from '../../src/products/spot-roles.ts';

test('every printer has a name for every role; those that nobody published are unverified', () => {
  for (const name of printerNames()) {
    const { spots } = readPrinter(name);
    expect(Object.keys(spots).sort()).toEqual([...SPOT_ROLE_NAMES].sort());
    for (const role of SPOT_ROLE_NAMES) {
      const { value, authority, source, retrieved } = spots[role];
      expect(value).not.toBe('');
      if (source === SPOT_ROLES[role].source) expect(authority).toBe('unverified');
      else expect(retrieved, `${name} ${role}`).toMatch(/^20\d\d-\d\d$/);
    }
  }
});

test("the order's own name and rich black take their place", () => {
  const printer = overridePrinter(readPrinter('kdp'), ['spots.cut=DIE LINE', 'file.richBlack=50,30,30,100']);
  expect(printer.spots.cut).toMatchObject({ value: 'DIE LINE', authority: 'user' });
  expect(printer.file.richBlack.value).toEqual([50, 30, 30, 100]);
});

test.each(['file.richBlack=50,30', 'file.richBlack=50,30,30,120', 'file.richBlack=deep'])(
  '%s is refused',
  (override) => {
    expect(() => overridePrinter(readPrinter('kdp'), [override])).toThrow(
      /Expected 4 numbers \(%\) such as 60,40,40,100 for --override file\.richBlack/,
    );
  },
);
