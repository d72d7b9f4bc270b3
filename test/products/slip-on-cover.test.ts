import { describe, expect, test } from 'vitest';
import { pageBoxes } from '../../src/products/geometry.ts';
import { foldsOf, geometryOf, panelNames, panelOf, warningsOf } from './covers.ts';

const slip = (order: Readonly<Record<string, unknown>>) => geometryOf('slip-on-cover', order);

test('a 文庫 of 12 mm: both flaps, both boards, the back with room to close; cut from A3', () => {
  const geometry = slip({ thickness: 12 });
  expect(geometry.trim).toEqual({ width: 2 * 70 + 2 * 105 + 13, height: 148 });
  expect(pageBoxes(geometry).media).toEqual(geometry.trim);
  expect(geometry.trim.width).toBeLessThan(420);
  expect(geometry.spine).toBeNull();
});

test('as high as the book: 157 mm for ハヤカワ文庫', () => {
  expect(slip({ thickness: 15, height: 157 }).trim.height).toBe(157);
});

test.each(['left', 'right'] as const)('bound on the %s: folds and panels in their order', (binding) => {
  const geometry = slip({ thickness: 12, flap: 60, room: 2, binding });
  const names = ['flap-back', 'back', 'spine', 'front', 'flap-front'];
  const folds = [60, 165, 179, 284];
  expect(panelNames(geometry)).toEqual(binding === 'left' ? names : names.toReversed());
  const order = ['flap-back', 'back-spine', 'front-spine', 'flap-front'];
  expect(foldsOf(geometry)).toEqual(
    Object.fromEntries((binding === 'left' ? order : order.toReversed()).map((name, i) => [name, folds[i]])),
  );
});

describe('folded over at top and bottom', () => {
  const geometry = slip({ thickness: 12, foldOver: 25, printer: 'jp' });

  test('it is higher by both folds and the room that the book needs', () => {
    expect(geometry.trim.height).toBe(148 + 1 + 2 * 25);
    expect(foldsOf(geometry)).toMatchObject({ 'fold-top': 25, 'fold-bottom': 174 });
    expect(geometry.pages[0]!.folds.filter(({ line }) => line === 'level')).toHaveLength(2);
    expect(panelOf(geometry, 'front').box).toEqual({ x: 188, y: 25, width: 105, height: 149 });
  });

  test('what is folded in carries no type, and has the bleed', () => {
    expect(panelOf(geometry, 'fold-top')).toMatchObject({
      box: { x: 0, y: 0, width: 363, height: 25 },
      text: false,
      bleed: { top: 3, right: 3, bottom: 0, left: 3 },
    });
    expect(panelOf(geometry, 'front').bleed).toEqual({ top: 0, right: 0, bottom: 0, left: 0 });
    expect(panelOf(slip({ thickness: 12 }), 'fold-top')).toBeUndefined();
  });
});

test('type on the spine from 6 mm on', () => {
  const text = (thickness: number) => panelOf(slip({ thickness }), 'spine').text;
  expect([text(4.9), text(5)]).toEqual([false, true]);
});

test("a copier's numbers are said to be unverified, a printing house makes it with トンボ", () => {
  expect(warningsOf(slip({ thickness: 12 })).map((text) => text.split(' ')[0])).toEqual([
    'file.ppi',
    'file.pdf',
  ]);
  const offset = slip({ thickness: 12, printer: 'jp' });
  expect(offset.marks).toBe('tombo');
  expect(warningsOf(offset)).toEqual([]);
});

test.each([
  [{}, 'Expected --thickness but the order does not say it'],
  [{ thickness: 1 }, 'Expected 2 mm to 80 mm for --thickness but received 1 mm'],
  [{ thickness: 12, flap: 106 }, 'Expected 20 mm to 105 mm for --flap'],
  [{ thickness: 12, foldOver: 61 }, 'Expected 0 mm to 60 mm for --fold-over'],
  [{ thickness: 12, height: 40 }, 'Expected 80 mm to 450 mm for --height'],
])('%j is refused', (order, message) => {
  expect(() => slip(order)).toThrow(message);
});
