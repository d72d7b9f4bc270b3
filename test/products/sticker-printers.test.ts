import { expect, test } from 'vitest';
import { numbersOf, printersOf, readPrinter } from '../../src/products/printer.ts';

// The table "Stickers" of the collection of product numbers.
test.each([
  ['stickerapp', 'numbers.cutGap', 2, 'mm', 'provider'],
  ['stickerapp', 'numbers.cutEdge', 2, 'mm', 'provider'],
  ['stickerapp', 'numbers.cutStroke', 1, 'pt', 'provider'],
  ['stickerrepublic', 'bleed', 1, 'mm', 'third-party'],
  ['stickerrepublic', 'safe', 2, 'mm', 'third-party'],
  ['stickerrepublic', 'spots.cut', 'CutContour', 'name', 'third-party'],
  ['stickerninja', 'safe', 0.125, 'in', 'third-party'],
  ['stickerninja', 'numbers.cutGap', 0.25, 'in', 'third-party'],
  ['ecoenclose', 'bleed', 0.0625, 'in', 'third-party'],
  ['ecoenclose', 'safe', 0.0625, 'in', 'third-party'],
  ['jp-half-cut', 'numbers.minArea', 100, 'mm²', 'third-party'],
  ['jp-half-cut', 'numbers.minSide', 5, 'mm', 'third-party'],
  ['jp-half-cut', 'numbers.cutGap', 2, 'mm', 'third-party'],
  ['jp-die-cut', 'bleed', 3, 'mm', 'third-party'],
  ['jp-die-cut', 'safe', 3, 'mm', 'third-party'],
  ['jp-die-cut', 'numbers.drift', 1, 'mm', 'third-party'],
])('%s %s is %s %s (%s)', (printer, key, value, unit, authority) => {
  const found = numbersOf(readPrinter(printer)).find((number) => number.key === key);
  expect(found?.entry).toMatchObject({ value, unit, authority });
});

test('each product of stickers has the printers that make it', () => {
  const own = (product: string) =>
    printersOf(product, 'stickers').filter((name) => name !== 'jp' && name !== 'offset');
  expect(own('sticker')).toEqual(['ecoenclose', 'jp-die-cut', 'stickerapp', 'stickerrepublic']);
  expect(own('sticker-sheet')).toEqual([
    'ecoenclose',
    'jp-half-cut',
    'stickerapp',
    'stickerninja',
    'stickerrepublic',
  ]);
  expect(own('gang-sheet')).toEqual(['jp-half-cut', 'stickerapp', 'stickerninja']);
});
