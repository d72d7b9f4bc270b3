import { expect, test } from 'vitest';
import { ean13Svg } from '../../src/layout/barcode.ts';
import { ean13CheckDigit } from '../../src/layout/ean13.ts';

/** GS1 General Specifications, figure 5.2.1.2-1: set A (odd parity), 7 modules a digit; 1 is dark. */
const SET_A = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
];
const SET_C = SET_A.map((pattern) => pattern.replace(/[01]/g, (bit) => (bit === '1' ? '0' : '1')));
const SET_B = SET_C.map((pattern) => [...pattern].reverse().join(''));
/** Figure 5.2.1.2-2: the sets of the left half spell the first digit. */
const FIRST = [
  'AAAAAA',
  'AABABB',
  'AABBAB',
  'AABBBA',
  'ABAABB',
  'ABBAAB',
  'ABBBAA',
  'ABABAB',
  'ABABBA',
  'ABBABA',
];

interface Symbol {
  readonly modules: string;
  readonly widthMm: number;
  readonly barsFrom: number;
  readonly barsTo: number;
  readonly shortestBarMm: number;
}

/** Reads the drawing itself: which of the columns of one module each are dark. */
function readSymbol(svg: string): Symbol {
  const [, widthMm, viewWidth] = /width="([\d.]+)mm".*viewBox="0 0 ([\d.]+) /.exec(svg)!.map(Number);
  const rects = [...svg.matchAll(/<rect x="([\d.]+)" y="0" width="([\d.]+)" height="([\d.]+)"/g)].map(
    ([, x, width, height]) => ({ x: Number(x), width: Number(width), height: Number(height) }),
  );
  const columns = Array.from({ length: viewWidth! }, (_, i) =>
    rects.some(({ x, width }) => i + 0.5 > x && i + 0.5 < x + width) ? '1' : '0',
  ).join('');
  const moduleMm = widthMm! / viewWidth!;
  const barsFrom = columns.indexOf('1');
  const barsTo = columns.lastIndexOf('1') + 1;
  return {
    modules: columns.slice(barsFrom, barsTo),
    widthMm: widthMm!,
    barsFrom,
    barsTo: viewWidth! - barsTo,
    shortestBarMm: Math.min(...rects.map(({ height }) => height)) * moduleMm,
  };
}

function decode(modules: string): string {
  expect(modules).toHaveLength(95);
  expect([modules.slice(0, 3), modules.slice(45, 50), modules.slice(92)]).toEqual(['101', '01010', '101']);
  const chunks = (from: number) => Array.from({ length: 6 }, (_, i) => modules.substr(from + 7 * i, 7));
  const left = chunks(3).map((pattern) => {
    const set = SET_A.includes(pattern) ? 'A' : 'B';
    return { set, digit: (set === 'A' ? SET_A : SET_B).indexOf(pattern) };
  });
  const right = chunks(50).map((pattern) => SET_C.indexOf(pattern));
  const first = FIRST.indexOf(left.map(({ set }) => set).join(''));
  return [first, ...left.map(({ digit }) => digit), ...right].join('');
}

test.each([
  // The example of ISO 2108 and of the ISBN Users' Manual.
  ['978-3-16-148410-0', '9783161484100'],
  ['978 1 234 56789 7', '9781234567897'],
  ['4006381333931', '4006381333931'],
  ['1920193006803', '1920193006803'],
])('the bars of %s read as its digits', (code, digits) => {
  expect(decode(readSymbol(ean13Svg(code)).modules)).toBe(digits);
});

test.each([
  // X-dimension 0.264, 0.330 and 0.660 mm; bars 18.28, 22.85 and 45.70 mm (GS1 General Specifications, 5.2).
  [80, 0.264, 18.28],
  [100, 0.33, 22.85],
  [200, 0.66, 45.7],
])('at %i %% the module, the bars and the quiet zones are as GS1 says', (percent, moduleMm, barMm) => {
  const symbol = readSymbol(ean13Svg('9783161484100', percent));
  expect(symbol.widthMm).toBeCloseTo(moduleMm * 113, 6);
  expect(symbol.barsFrom).toBe(11);
  expect(symbol.barsTo).toBe(7);
  expect(symbol.shortestBarMm).toBeCloseTo(barMm, 3);
});

test('the drawing is black only, its digits are below the bars', () => {
  const svg = ean13Svg('9783161484100');
  expect(svg.match(/#[0-9a-f]+/g)).toEqual(['#000']);
  expect([...svg.matchAll(/<text[^>]*>(\d+)</g)].map((match) => match[1])).toEqual(['9', '783161', '484100']);
});

test.each([
  ['978316148410', '0'],
  ['978012345678', '6'],
  ['192019300680', '3'],
])('the check digit of %s is %s', (twelve, digit) => {
  expect(ean13CheckDigit(twelve)).toBe(digit);
  expect(decode(readSymbol(ean13Svg(twelve)).modules)).toBe(twelve + digit);
});

test.each([79, 201, Number.NaN])('a magnification of %s %% is refused', (percent) => {
  expect(() => ean13Svg('9783161484100', percent)).toThrow(/Expected 80 to 200 %/);
});
