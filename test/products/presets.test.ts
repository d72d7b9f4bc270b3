import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SHIPPED_PROFILES } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';
import { listProducts } from '../../src/products/index.ts';
import { numbersOf, printerNames, printersOf, readPrinter } from '../../src/products/printer.ts';
import { bookSizes, findSize } from '../../src/products/sizes.ts';
import { AUTHORITIES } from '../../src/products/sourced.ts';
import { BOOKS } from './covers.ts';

/** Every number of a JSON file with the object that holds it as its `value`, if one does. */
function looseNumbers(json: unknown, path = '', owned = false): string[] {
  if (typeof json === 'number') return owned ? [] : [path];
  if (typeof json !== 'object' || json === null) return [];
  const sourced = 'value' in json && 'authority' in json && 'source' in json && 'unit' in json;
  return Object.entries(json).flatMap(([key, value]) =>
    looseNumbers(value, `${path}/${key}`, owned || (sourced && key === 'value')),
  );
}

const rawPrinter = (name: string): unknown =>
  JSON.parse(readFileSync(packagePath('assets', 'printers', `${name}.json`), 'utf8'));

/** Those that bind books, and the copier that makes covers for them. */
const BINDERIES = 'ingram jp jp-hardcover kdp kdp-hardcover konbini lulu lulu-hardcover'.split(' ');

test('those that bind books are among the printers', () => {
  // One that extends another has its papers, whatever it makes.
  const ofCovers = listProducts().filter(({ group }) => group === 'covers');
  const printers = new Set(ofCovers.flatMap(({ name, group }) => printersOf(name, group)));
  expect([...printers].sort()).toEqual(BINDERIES);
  for (const name of BINDERIES) expect(readPrinter(name).papers.length, name).toBeGreaterThan(0);
});

test('an unknown printer is refused with the known ones', () => {
  expect(() => readPrinter('blurb')).toThrow(
    /^Expected one of .*ingram, jp, .*kdp, .*lulu.* for --printer but received blurb$/,
  );
});

describe.each(printerNames())('%s', (name) => {
  const printer = readPrinter(name);

  test('no number stands without its unit, authority and source', () => {
    expect(looseNumbers(rawPrinter(name))).toEqual([]);
    expect(numbersOf(printer).length).toBeGreaterThan(BINDERIES.includes(name) ? 15 : 5);
    for (const { key, entry } of numbersOf(printer)) {
      expect(AUTHORITIES, key).toHaveProperty(entry.authority);
      expect(entry.source.length, key).toBeGreaterThan(5);
      if (!['unverified', 'project'].includes(entry.authority))
        expect(entry.retrieved, key).toMatch(/^20\d\d-\d\d$/);
    }
  });

  test('what it names exists', () => {
    expect(printer.name).toBe(name);
    expect(Object.keys(SHIPPED_PROFILES)).toContain(printer.file.profile.value);
    for (const format of [printer.defaultSize ?? [], printer.formats?.value ?? []].flat()) {
      expect(() => findSize(format, BOOKS)).not.toThrow();
    }
    const names = printer.papers.flatMap((paper) => [paper.name, ...paper.aliases]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('numbers from the published pages', () => {
  const value = (printer: string, key: string) =>
    numbersOf(readPrinter(printer)).find((number) => number.key === key)?.entry;

  test.each([
    ['kdp', 'bleed', 0.125, 'in', 'quoted'],
    ['kdp', 'safe', 0.25, 'in', 'quoted'],
    ['kdp', 'spine.clear', 0.0625, 'in', 'quoted'],
    ['kdp', 'spine.textFrom', 80, 'pages', 'quoted'],
    ['kdp', 'spine.extra', 0, 'in', 'quoted'],
    ['kdp', 'papers.white.thickness', 0.002252, 'in/page', 'quoted'],
    ['kdp', 'papers.cream.thickness', 0.0025, 'in/page', 'quoted'],
    ['kdp', 'papers.standard-color.thickness', 0.002252, 'in/page', 'quoted'],
    ['kdp', 'papers.premium-color.thickness', 0.002347, 'in/page', 'quoted'],
    ['kdp', 'papers.groundwood.thickness', 0.00235, 'in/page', 'third-party'],
    ['kdp', 'file.maxMegabytes', 650, 'MB', 'quoted'],
    ['lulu', 'bleed', 0.125, 'in', 'provider'],
    ['lulu', 'safe', 0.5, 'in', 'provider'],
    ['lulu', 'spine.extra', 0.06, 'in', 'provider'],
    ['lulu', 'papers.060UW444.thickness', 444, 'pages/in', 'provider'],
    ['lulu', 'papers.070CW460.thickness', 460, 'pages/in', 'provider'],
    ['lulu', 'file.maxPpi', 600, 'ppi', 'provider'],
    ['ingram', 'bleed', 0.125, 'in', 'third-party'],
    ['ingram', 'safe', 0.25, 'in', 'provider'],
    ['ingram', 'pages.min', 18, 'pages', 'provider'],
    ['ingram', 'file.pdf', 'PDF/X-1a:2001', 'standard', 'provider'],
    ['ingram', 'file.tac', 240, '%', 'unverified'],
    ['jp', 'bleed', 3, 'mm', 'vendor'],
    ['jp', 'safe', 3, 'mm', 'vendor'],
    ['jp', 'marks', 'tombo', 'style', 'vendor'],
    ['jp', 'file.ppi', 350, 'ppi', 'provider'],
    ['jp', 'isbn.fromTop', 10, 'mm', 'vendor'],
    ['jp', 'isbn.fromSpine', 12, 'mm', 'vendor'],
  ])('%s %s is %s %s (%s)', (printer, key, number, unit, authority) => {
    expect(value(printer, key)).toMatchObject({ value: number, unit, authority });
  });

  test.each([
    ['white', 24, 828],
    ['cream', 24, 776],
    ['groundwood', 24, 812],
    ['standard-color', 72, 600],
    ['premium-color', 24, 828],
  ])('KDP binds %s from %d to %d pages', (paper, min, max) => {
    expect(value('kdp', `papers.${paper}.pages.min`)?.value).toBe(min);
    expect(value('kdp', `papers.${paper}.pages.max`)?.value).toBe(max);
  });

  test('KDP and Lulu forbid marks', () => {
    expect(readPrinter('kdp').marks.value).toBe('none');
    expect(readPrinter('lulu').marks.value).toBe('none');
  });
});

test('every size has its source, and no name is taken twice', () => {
  expect(looseNumbers(JSON.parse(readFileSync(packagePath('assets', 'sizes.json'), 'utf8')))).toEqual([]);
  const names = bookSizes().flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});
