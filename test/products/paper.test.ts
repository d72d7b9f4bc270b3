import { expect, test } from 'vitest';
import { boundsOf } from '../../src/contours/path.ts';
import type { Geometry, PageDesign } from '../../src/products/geometry.ts';
import { findProduct } from '../../src/products/index.ts';
import type { Given, ProductOrder } from '../../src/products/product.ts';
import type { Box } from '../../src/units.ts';

const geometryOf = (product: string, order: ProductOrder = {}, given?: Given): Geometry =>
  findProduct(product).geometry(order, given);
const warningsOf = (product: string, order: ProductOrder = {}): string =>
  geometryOf(product, order)
    .notes.map(({ text }) => text)
    .join('\n');
const round = (value: number): number => Number(value.toFixed(3));
const rounded = ({ x, y, width, height }: Box) => [x, y, width, height].map(round);
const panelOf = ({ panels }: PageDesign, name: string) => panels.find((panel) => panel.name === name)!;
const kinds = ({ pages }: Geometry) => pages.map(({ kind }) => kind);

test.each<[string, ProductOrder, [number, number]]>([
  ['postcard', {}, [100, 148]],
  ['postcard', { orientation: 'landscape' }, [148, 100]],
  ['postcard', { size: 'a6' }, [105, 148]],
  ['postcard', { size: '4x6' }, [101.6, 152.4]],
  ['business-card', {}, [91, 55]],
  ['business-card', { size: 'eu', orientation: 'portrait' }, [55, 85]],
  ['business-card', { size: 'us' }, [88.9, 50.8]],
  ['bookmark', {}, [50, 150]],
  ['bookmark', { size: '40x160' }, [40, 160]],
  ['poster', { size: 'a0' }, [841, 1189]],
  ['poster', { size: 'b4', orientation: 'landscape' }, [364, 257]],
  ['poster', { size: '500x400', orientation: 'landscape' }, [500, 400]],
  ['greeting-card', {}, [210, 148]],
  ['greeting-card', { fold: 'top', orientation: 'landscape' }, [148, 210]],
  ['greeting-card', { size: '5x7' }, [254, 177.8]],
  ['calendar', { size: 'desk', orientation: 'landscape' }, [180, 150]],
  ['lookbook', { size: 'b5' }, [182, 257]],
])('%s %j is %j mm, with 3 mm of bleed around each page', (product, order, [width, height]) => {
  const { trim, bleed, pages } = geometryOf(product, order, { values: { months: 12 } });
  expect([trim.width, trim.height].map(round)).toEqual([width, height]);
  expect(bleed).toEqual({ top: 3, right: 3, bottom: 3, left: 3 });
  for (const { panels } of pages) {
    const areas = panels.filter(({ text }) => text).map(({ box }) => box.width * box.height);
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(trim.width * trim.height, 6);
  }
});

/** Where Japan Post's reading machines look for the postcode, mm from the card's top left corner as it is addressed. */
const FRAMES = [44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3].map((x) => [x, 12, 5.7, 8]);

test('the postcode frames of a Japanese card end 8 mm from the right and 12 mm from the top', () => {
  const { pages } = geometryOf('postcard');
  expect(pages.map(({ kind }) => kind)).toEqual(['front', 'address']);
  const frames = [1, 2, 3, 4, 5, 6, 7].map((i) => panelOf(pages[1]!, `postcode-${i}`));
  expect(frames.map(({ box }) => rounded(box))).toEqual(FRAMES);
  expect(frames.every(({ text }) => !text)).toBe(true);
  expect(pages[1]!.keepClear.map(({ name }) => name)).toEqual(['postcode', 'stamp']);
  expect(pages[0]!.panels).toHaveLength(1);
});

test('a Japanese card that lies has its address side turned clockwise, so that it stands when it is addressed', () => {
  const upright = geometryOf('postcard').pages[1]!;
  const lying = geometryOf('postcard', { orientation: 'landscape' }).pages[1]!;
  const turned = ({ x, y, width, height }: Box): Box => ({
    x: 148 - y - height,
    y: x,
    width: height,
    height: width,
  });
  for (const { name, box } of upright.panels.filter(({ text }) => !text))
    expect(rounded(panelOf(lying, name).box)).toEqual(rounded(turned(box)));
  expect(lying.keepClear.map(({ box }) => rounded(box))).toEqual(
    upright.keepClear.map(({ box }) => rounded(turned(box))),
  );
});

test('western cards have a place for the stamp instead, plain ones neither', () => {
  for (const size of ['a6', '4x6']) {
    const names = geometryOf('postcard', { size }).pages[1]!.panels.map(({ name }) => name);
    expect(names.sort()).toEqual(['address', 'stamp']);
    expect(warningsOf('postcard', { size })).not.toMatch(/frame|stamp/);
  }
  for (const size of ['jp', 'a6']) {
    const [, address] = geometryOf('postcard', { size, plain: true }).pages;
    expect([address!.panels.length, address!.keepClear.length]).toEqual([1, 0]);
  }
});

test('what nobody has published of a Japanese card is said, and can be replaced', () => {
  const text = warningsOf('postcard');
  for (const name of ['frameTownGap', 'frameHyphen', 'stampWidth', 'stampHeight'])
    expect(text).toMatch(new RegExp(`numbers\\.${name} = .* is unverified`));
  expect(text).not.toMatch(/frameTop|frameRight|frameWidth =|frameGap =/);
  const { pages } = geometryOf('postcard', { override: ['numbers.frameTop=14mm'] });
  expect(panelOf(pages[1]!, 'postcode-7').box.y).toBe(14);
});

test('a bookmark has a hole where it is wished, on the cutting plate, and type stays below it', () => {
  const plain = geometryOf('bookmark');
  expect(plain.pages.flatMap(({ dielines }) => dielines)).toEqual([]);
  expect(warningsOf('bookmark')).not.toContain('hole');
  const { pages } = geometryOf('bookmark', { hole: true, holeDiameter: 6, holeFromTop: 10 });
  for (const { dielines, panels, keepClear } of pages) {
    const [hole] = dielines;
    expect(hole!.role).toBe('cut');
    expect(rounded(boundsOf(hole!.path))).toEqual([22, 7, 6, 6]);
    expect(panels[0]!.safe.y).toBe(16);
    expect(rounded(keepClear[0]!.box)).toEqual([19, 4, 12, 12]);
  }
  expect(warningsOf('bookmark', { hole: true })).toMatch(/hole-diameter = 5 mm is unverified/);
});

test('a greeting card folds like a book or like a tent', () => {
  const book = geometryOf('greeting-card');
  expect(kinds(book)).toEqual(['outside', 'inside']);
  for (const { folds } of book.pages) expect(folds).toEqual([{ name: 'fold', line: 'upright', at: 105 }]);
  expect(panelOf(book.pages[0]!, 'front').box.x).toBe(105);
  expect(panelOf(book.pages[0]!, 'front').bleed).toEqual({ top: 3, right: 3, bottom: 3, left: 0 });
  const tent = geometryOf('greeting-card', { fold: 'top', orientation: 'landscape' });
  expect(tent.pages[0]!.folds).toEqual([{ name: 'fold', line: 'level', at: 105 }]);
  expect(panelOf(tent.pages[0]!, 'front').box).toEqual({ x: 0, y: 105, width: 148, height: 105 });
  expect(panelOf(tent.pages[0]!, 'front').safe.y).toBe(108);
  expect(panelOf(tent.pages[1]!, 'message').bleed).toEqual({ top: 0, right: 3, bottom: 3, left: 3 });
});

test('a calendar has a cover and its months, and keeps clear of what it hangs by', () => {
  const given = { values: { months: 12 } };
  const plain = geometryOf('calendar', {}, given);
  expect(kinds(plain)).toEqual(['cover', ...Array<string>(12).fill('month')]);
  expect(plain.pages.map(({ panels }) => panels[0]!.safe.y)).toEqual(Array(13).fill(3));
  const rings = geometryOf('calendar', { hang: 'rings', hangDepth: 15 }, given);
  for (const { panels, keepClear } of rings.pages) {
    expect(panels[0]!.safe.y).toBe(15);
    expect(keepClear).toEqual([{ name: 'rings', box: { x: 0, y: 0, width: 210, height: 15 } }]);
  }
  const [hole] = geometryOf('calendar', { hang: 'hole' }, given).pages[3]!.keepClear;
  expect(hole).toEqual({ name: 'hole', box: { x: 93, y: 0, width: 24, height: 12 } });
});

test.each([
  [1, false, 4, 0],
  [9, false, 12, 0],
  [9, true, 12, 0],
  [12, true, 16, 1],
  [24, true, 28, 1],
  [200, false, 211, 0],
  [200, true, 212, 1],
])(
  'a lookbook of %i pictures, stitched: %s, has %i pages, %i of them blank',
  (pictures, saddleStitch, pages, blank) => {
    const book = geometryOf('lookbook', { saddleStitch, perIndex: 24 }, { pictures });
    expect(book.pages).toHaveLength(pages);
    expect(kinds(book).filter((kind) => kind === 'blank')).toHaveLength(blank);
    expect(kinds(book).filter((kind) => kind === 'picture')).toHaveLength(pictures);
    expect([kinds(book)[0], kinds(book).at(-1)]).toEqual(['cover', 'back']);
  },
);

test('the sizes of cards and strips that nobody has published are said', () => {
  expect(warningsOf('business-card', { size: 'eu' })).toContain('European: the size is unverified');
  expect(warningsOf('business-card')).not.toContain('unverified (recalled; near');
  expect(warningsOf('bookmark')).toContain('the size is unverified');
});
