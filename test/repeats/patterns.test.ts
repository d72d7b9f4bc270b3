import { describe, expect, test } from 'vitest';
import { pixelGrid } from '../../src/repeats/lattice.ts';
import type { Motif, Pattern, Placement, Repeat, Surface } from '../../src/repeats/pattern.ts';
import { placePattern } from '../../src/repeats/place.ts';
import { outlineOf, polygonDistance, WHOLE } from '../../src/repeats/polygon.ts';
import { sameEdges } from '../../src/units.ts';
import { paint } from '../artwork/pictures.ts';

const motifs = (count: number): Motif[] =>
  Array.from({ length: count }, (_, i) => ({ id: String.fromCharCode(97 + i), aspect: 1 }));
const surface: Surface = { size: { width: 106, height: 156 }, bleed: sameEdges(3) };
const pattern = (repeat: Repeat, count = 1, changes: Partial<Pattern> = {}): Pattern => ({
  ...{ repeat, motifs: motifs(count), tile: { width: 20, height: 15 }, gap: 0, seed: 1 },
  ...changes,
});
const right = ({ box }: Placement) => box.x + box.width;
const bottom = ({ box }: Placement) => box.y + box.height;
const touches = (a: Placement, b: Placement) =>
  Math.min(right(a), right(b)) - Math.max(a.box.x, b.box.x) > -1e-6 &&
  Math.min(bottom(a), bottom(b)) - Math.max(a.box.y, b.box.y) > -1e-6 &&
  // Along a side, not by a corner only.
  (Math.min(right(a), right(b)) - Math.max(a.box.x, b.box.x) > 1e-6 ||
    Math.min(bottom(a), bottom(b)) - Math.max(a.box.y, b.box.y) > 1e-6);

describe('lattices', () => {
  test.each<Repeat>(['grid', 'brick', 'half-drop', 'mirrored'])(
    '%s covers every place of the surface once',
    (repeat) => {
      const placements = placePattern(pattern(repeat), surface);
      for (let y = 0.05; y < 156; y += 0.71) {
        for (let x = 0.05; x < 106; x += 0.71) {
          const here = placements.filter(
            (p) => p.box.x <= x && x < right(p) && p.box.y <= y && y < bottom(p),
          );
          expect(here.length, `${x} ${y}`).toBe(1);
        }
      }
      // None lies outside of it altogether.
      for (const p of placements) {
        expect(p.box.x < 106 && p.box.y < 156 && right(p) > 0 && bottom(p) > 0).toBe(true);
      }
    },
  );

  test('a tile stands in the middle of the trim, whatever the bleed', () => {
    const uneven = { size: { width: 108, height: 154 }, bleed: { top: 1, right: 3, bottom: 3, left: 5 } };
    for (const repeat of ['grid', 'brick', 'half-drop'] as const) {
      const boxes = placePattern(pattern(repeat), uneven).map(({ box }) => box);
      const middle = boxes.find(({ x }) => Math.abs(x + 10 - 55) < 1e-9);
      expect(middle, repeat).toBeDefined();
      expect(boxes.some(({ x, y }) => Math.abs(x + 10 - 55) < 1e-9 && Math.abs(y + 7.5 - 76) < 1e-9)).toBe(
        true,
      );
    }
  });

  test('rows and columns are shifted by half of a step', () => {
    const gap = 4;
    const shift = (repeat: Repeat) => {
      const boxes = placePattern(pattern(repeat, 1, { gap }), surface).map(({ box }) => box);
      const phase = (value: number, step: number) => Number((((value % step) + step) % step).toFixed(6));
      return [
        [...new Set(boxes.map(({ x }) => phase(x, 24)))].length,
        [...new Set(boxes.map(({ y }) => phase(y, 19)))].length,
      ];
    };
    expect(shift('grid')).toEqual([1, 1]);
    expect(shift('brick')).toEqual([2, 1]);
    expect(shift('half-drop')).toEqual([1, 2]);
    const boxes = placePattern(pattern('brick', 1, { gap }), surface).map(({ box }) => box);
    const phases = [...new Set(boxes.map(({ x }) => Number((((x % 24) + 24) % 24).toFixed(6))))];
    expect(Math.abs(phases[0]! - phases[1]!)).toBe(12);
  });

  test('mirrored tiles meet in equal edges', () => {
    const placements = placePattern(pattern('mirrored'), surface);
    for (const a of placements) {
      for (const b of placements) {
        if (Math.abs(right(a) - b.box.x) < 1e-6 && a.box.y === b.box.y) {
          expect([a.flipX, a.flipY]).toEqual([!b.flipX, b.flipY]);
        }
        if (Math.abs(bottom(a) - b.box.y) < 1e-6 && a.box.x === b.box.x) {
          expect([a.flipX, a.flipY]).toEqual([b.flipX, !b.flipY]);
        }
      }
    }
    expect(new Set(placements.map((p) => `${p.flipX} ${p.flipY}`)).size).toBe(4);
  });

  test.each([150, 300, 350])('at %i ppi every tile is the same whole number of pixels', (ppi) => {
    const { pixel } = pixelGrid(surface, ppi);
    for (const repeat of ['grid', 'brick', 'half-drop', 'mirrored'] as const) {
      for (const { box } of placePattern(pattern(repeat, 1, { gap: 0.7 }), surface, pixel)) {
        const edges = [box.x / pixel.width, (box.x + box.width) / pixel.width, box.y / pixel.height];
        for (const edge of edges) expect(Math.abs(edge - Math.round(edge))).toBeLessThan(1e-6);
        expect(box.width / pixel.width).toBeCloseTo(Math.round(20 / pixel.width), 6);
        expect(Math.abs(box.width - 20)).toBeLessThanOrEqual(pixel.width / 2);
        expect(Math.abs(box.height - 15)).toBeLessThanOrEqual(pixel.height / 2);
      }
    }
  });
});

describe('several pictures', () => {
  const wide: Surface = { size: { width: 480, height: 330 }, bleed: sameEdges(0) };

  test.each<[Repeat, number]>([
    ['grid', 2],
    ['grid', 3],
    ['grid', 5],
    ['grid', 9],
    ['grid', 40],
    ['mirrored', 2],
    ['brick', 3],
    ['brick', 4],
    ['brick', 7],
    ['brick', 20],
    ['half-drop', 3],
    ['half-drop', 6],
    ['half-drop', 11],
  ])('%s of %i: no equal ones touch, each is there about as often', (repeat, count) => {
    const placements = placePattern(pattern(repeat, count), wide);
    const offenders = placements.flatMap((a, i) =>
      placements.slice(i + 1).filter((b) => a.picture === b.picture && touches(a, b)),
    );
    expect(offenders).toEqual([]);
    const counts = motifs(count).map(({ id }) => placements.filter(({ picture }) => picture === id).length);
    expect(Math.min(...counts)).toBeGreaterThan(0.6 * (placements.length / count) - 2);
    expect(Math.max(...counts)).toBeLessThan(1.5 * (placements.length / count) + 2);
  });

  test('the seed decides, and nothing else: a larger surface goes on with the same pattern', () => {
    const one = placePattern(pattern('brick', 8), surface);
    expect(placePattern(pattern('brick', 8), surface)).toEqual(one);
    expect(placePattern(pattern('brick', 8, { seed: 2 }), surface)).not.toEqual(one);
    const larger = { size: { width: 146, height: 196 }, bleed: sameEdges(23) };
    const key = ({ picture, box }: Placement, d: number) =>
      `${picture} ${(box.x - d).toFixed(6)} ${(box.y - d).toFixed(6)}`;
    const keys = new Set(placePattern(pattern('brick', 8), larger).map((p) => key(p, 23)));
    for (const placement of one) expect(keys).toContain(key(placement, 3));
    // Kept: an order that changes would change what a customer reorders.
    expect(
      one
        .slice(0, 12)
        .map(({ picture }) => picture)
        .join(''),
    ).toMatchInlineSnapshot(`"fedgfcgcbfha"`);
  });
});

/** Corners of what is seen of a placement, mm, by plain geometry. */
const cornersOf = ({ box, turn }: Placement, outline = WHOLE) => {
  const angle = (turn * Math.PI) / 180;
  return outline.map(([u, v]) => {
    const [x, y] = [(u - 0.5) * box.width, (v - 0.5) * box.height];
    return [
      box.x + box.width / 2 + x * Math.cos(angle) - y * Math.sin(angle),
      box.y + box.height / 2 + x * Math.sin(angle) + y * Math.cos(angle),
    ] as const;
  });
};
/** Points along the sides, one every so many mm. */
const along = (corners: readonly (readonly [number, number])[], every: number) =>
  corners.flatMap(([x, y], i) => {
    const [nx, ny] = corners[(i + 1) % corners.length]!;
    const steps = Math.ceil(Math.hypot(nx - x, ny - y) / every);
    return Array.from(
      { length: steps },
      (_, s) => [x + ((nx - x) * s) / steps, y + ((ny - y) * s) / steps] as const,
    );
  });
const within = (x: number, y: number, corners: readonly (readonly [number, number])[]) =>
  corners.every(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
  });

describe('scattered', () => {
  const cut: Motif = {
    id: 'cut',
    aspect: 1.5,
    outline: [
      [0.5, 0],
      [1, 1],
      [0, 1],
    ],
  };
  const strewn = pattern('scattered', 5, {
    gap: 1.5,
    turn: 180,
    smallest: 0.4,
    block: { width: 70, height: 60 },
  });
  const withCut = { ...strewn, motifs: [...strewn.motifs, cut] };

  test.each([1, 2, 3])(
    'seed %i: by true outlines none is nearer than the gap to another, over the block’s edges too',
    (seed) => {
      const placements = placePattern({ ...withCut, seed }, surface);
      expect(placements.length).toBeGreaterThan(40);
      const shapes = placements.map((p) => cornersOf(p, p.picture === 'cut' ? cut.outline : WHOLE));
      const points = shapes.map((shape) => along(shape, 0.5));
      for (const [i, a] of points.entries()) {
        for (const [j, b] of points.entries()) {
          if (i >= j) continue;
          let least = Number.POSITIVE_INFINITY;
          for (const [x, y] of a)
            for (const [u, v] of b) least = Math.min(least, (x - u) ** 2 + (y - v) ** 2);
          expect(Math.sqrt(least), `${i} ${j}`).toBeGreaterThanOrEqual(1.5 - 1e-9);
          expect(within(...a[0]!, shapes[j]!) || within(...b[0]!, shapes[i]!)).toBe(false);
        }
      }
    },
  );

  test('pictures keep their shapes, their sizes and their turn within limits', () => {
    for (const { picture, box, turn } of placePattern({ ...withCut, turn: 20 }, surface)) {
      expect(box.width / box.height).toBeCloseTo(picture === 'cut' ? 1.5 : 1, 9);
      const scale = Math.max(box.width / 20, box.height / 15);
      expect(scale).toBeLessThanOrEqual(1 + 1e-9);
      expect(scale).toBeGreaterThanOrEqual(0.4 - 1e-9);
      expect(Math.abs(turn)).toBeLessThanOrEqual(20);
    }
  });

  test('the block joins its copies: the pattern repeats to the end of the surface', () => {
    const placements = placePattern(strewn, surface);
    const key = ({ picture, box }: Placement, dx = 0, dy = 0) =>
      `${picture} ${(box.x + dx).toFixed(6)} ${(box.y + dy).toFixed(6)}`;
    const keys = new Set(placements.map((p) => key(p)));
    let copies = 0;
    for (const p of placements) {
      const inside = p.box.x > 0 && p.box.y > 0 && right(p) < 36 && bottom(p) < 96;
      if (!inside) continue;
      copies++;
      expect(keys).toContain(key(p, 70, 60));
    }
    expect(copies).toBeGreaterThan(5);
    // Nothing is left empty: no hole in which a tile would find room.
    const free = (x: number, y: number) =>
      placements.every(({ box }) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y) > 16);
    for (let x = 0; x <= 106; x += 2) for (let y = 0; y <= 156; y += 2) expect(free(x, y)).toBe(false);
  });

  test('the same seed, the same pattern; equal ones keep away from each other', () => {
    const one = placePattern(strewn, surface);
    expect(placePattern(strewn, surface)).toEqual(one);
    expect(placePattern({ ...strewn, seed: 9 }, surface)).not.toEqual(one);
    const middle = ({ box }: Placement) => [box.x + box.width / 2, box.y + box.height / 2] as const;
    const distances = (same: boolean) =>
      one.map((a) => {
        const [x, y] = middle(a);
        const others = one.filter((b) => b !== a && (b.picture === a.picture) === same).map(middle);
        return Math.min(...others.map(([u, v]) => Math.hypot(u - x, v - y)));
      });
    const mean = (list: number[]) => list.reduce((a, b) => a + b) / list.length;
    expect(mean(distances(true))).toBeGreaterThan(1.5 * mean(distances(false)));
  });
});

describe('outlines', () => {
  test('hold all that is seen, and little more', () => {
    const disc = paint(80, 60, 4, (x, y) => [9, 9, 9, Math.hypot(x - 39.5, y - 29.5) < 20 ? 255 : 0]);
    const outline = outlineOf(disc).map(([u, v]) => [u * 80, v * 60] as const);
    expect(outline.length).toBeLessThanOrEqual(16);
    for (let angle = 0; angle < 360; angle += 3) {
      const at = (r: number) => [40 + r * Math.cos(angle), 30 + r * Math.sin(angle)] as const;
      expect(within(...at(19.4), outline), `${angle}`).toBe(true);
      expect(within(...at(21.5), outline), `${angle}`).toBe(false);
    }
    expect(outlineOf(paint(4, 4, 3, () => [1, 2, 3]))).toBe(WHOLE);
    expect(outlineOf(paint(4, 4, 4, () => [1, 2, 3, 0]))).toBe(WHOLE);
  });

  test('distances of polygons', () => {
    const at = (dx: number, dy: number) => WHOLE.map(([x, y]) => [x + dx, y + dy] as const);
    expect(polygonDistance(WHOLE, at(3, 0))).toBeCloseTo(2, 12);
    expect(polygonDistance(WHOLE, at(4, 5))).toBeCloseTo(5, 12);
    expect(polygonDistance(WHOLE, at(0.5, 0.5))).toBe(0);
    expect(
      polygonDistance(WHOLE, [
        [0.2, 0.2],
        [0.4, 0.2],
        [0.4, 0.4],
      ]),
    ).toBe(0);
    // A cross: no corner of one lies in the other.
    expect(
      polygonDistance(
        [
          [0, 1],
          [9, 1],
          [9, 2],
          [0, 2],
        ],
        [
          [1, 0],
          [2, 0],
          [2, 9],
          [1, 9],
        ],
      ),
    ).toBe(0);
  });
});

test.each<[Partial<Pattern>, RegExp]>([
  [{ motifs: [] }, /at least one picture/],
  [{ tile: { width: 0, height: 5 } }, /a size above 0 for a pattern's tile/],
  [{ tile: { width: 0.05, height: 0.05 } }, /at most 200000 tiles/],
  [{ gap: -1 }, /0 mm or more for a pattern's gap/],
  [{ turn: 270 }, /0 to 180 degrees/],
  [{ smallest: 0 }, /a share above 0/],
  [{ block: { width: 5, height: 50 } }, /at least one tile for a pattern's block/],
])('%j is refused', (changes, message) => {
  expect(() => placePattern(pattern('scattered', 2, changes), surface)).toThrow(message);
});
