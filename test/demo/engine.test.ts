import { describe, expect, it } from 'vitest';
import { ellipsoid, look } from '../../src/demo/cat/solid.ts';
import { canvas, lay, spreadColours } from '../../src/demo/engine/canvas.ts';
import { edgeDistance } from '../../src/demo/engine/fields.ts';
import { fill } from '../../src/demo/engine/fill.ts';
import { circle, curve, knots, placed } from '../../src/demo/engine/shapes.ts';
import { tesserae } from '../../src/demo/engine/tesserae.ts';
import { seeded, shuffled } from '../../src/random.ts';

const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

describe('seeded', () => {
  it('gives the sequence of mulberry32', () => {
    // Mulberry32 in its usual JavaScript form, written independently of ours.
    let a = 42;
    const reference = () => {
      a |= 0;
      a = (a + 0x6d2b79f5) | 0;
      let t = Math.imul(a ^ (a >>> 15), 1 | a);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const random = seeded(42);
    for (let i = 0; i < 1000; i++) expect(random.next()).toBe(reference());
  });

  it('shuffles without losing anything', () => {
    const list = Array.from({ length: 100 }, (_, i) => i);
    const mixed = shuffled(list, seeded(1));
    expect(mixed).not.toEqual(list);
    expect([...mixed].sort((a, b) => a - b)).toEqual(list);
  });
});

describe('fill', () => {
  it('covers as much as the polygon holds', () => {
    expect(sum(fill(32, knots('3.25 4!, 20.5 4!, 20.5 9.5!, 3.25 9.5!')))).toBeCloseTo(17.25 * 5.5, 4);
    const disc = sum(fill(64, circle(32, 32, 20)));
    expect(Math.abs(disc / (Math.PI * 400) - 1)).toBeLessThan(0.01);
  });

  it('does not care which way round outlines run, and counts an overlap once', () => {
    const square = knots('2 2, 12 2, 12 12, 2 12');
    const reversed = [...square].reverse();
    expect(sum(fill(16, square, reversed))).toBeCloseTo(100, 4);
  });

  it('leaves out what lies beyond the sheet', () => {
    expect(sum(fill(16, knots('-10 -10, 30 -10, 30 30, -10 30')))).toBeCloseTo(256, 4);
  });
});

describe('shapes', () => {
  it('reads knots with corners and passes through them', () => {
    expect(knots('1 2, -3.5 4!')).toEqual([
      [1, 2],
      [-3.5, 4, 1],
    ]);
    const line = curve(knots('0 0, 10 10, 20 0'));
    expect(line).toContainEqual([10, 10]);
    expect(line[line.length - 1]).toEqual([20, 0]);
  });

  it('keeps straight what lies between two corners', () => {
    for (const [x, y] of curve(knots('0 0!, 30 60!'))) expect(y).toBeCloseTo(2 * x, 6);
  });

  it('turns clockwise on the page', () => {
    const [point] = placed(knots('1 0'), { turn: Math.PI / 2 });
    expect(point![0]).toBeCloseTo(0, 9);
    expect(point![1]).toBeCloseTo(1, 9);
  });
});

describe('edgeDistance', () => {
  it('is the distance from a circle, inside and out', () => {
    const distance = edgeDistance(fill(100, circle(50, 50, 30)), 100);
    expect(Math.abs(distance[50 * 100 + 50]! - 30)).toBeLessThan(1);
    expect(Math.abs(distance[50 * 100 + 90]! + 10.5)).toBeLessThan(1);
  });
});

describe('look', () => {
  it('sees a ball as a disc that faces the viewer in its middle', () => {
    const camera = { turn: 0.4, nod: 0.2, roll: 0.1, scale: 20, x: 32, y: 32 };
    const view = look(ellipsoid([0, 0, 0], [1, 1, 1]), 64, camera, 2);
    expect(Math.abs(sum(view.hit) / (Math.PI * 400) - 1)).toBeLessThan(0.03);
    const middle = (32 * 64 + 32) * 3;
    expect(view.normal[middle + 2]).toBeGreaterThan(0.99);
    const right = (32 * 64 + 50) * 3;
    expect(view.normal[right]).toBeGreaterThan(0.85);
  });
});

describe('tesserae', () => {
  it('share the floor among them, no place twice, none across a zone', () => {
    const size = 48;
    const zone = new Float32Array(size * size).map((_, i) => (i % size < 20 ? 0 : 1));
    const still = new Float32Array(size * size);
    const stones = tesserae({ size, flow: still, detail: still, zone }, 8, seeded(3));
    const places = stones.flatMap(({ pixels }) => pixels.map(({ pixel }) => pixel));
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeGreaterThan(0.98 * (2 * size) ** 2);
    for (const { pixels } of stones) {
      const sides = new Set(pixels.map(({ pixel }) => pixel % (2 * size) < 40));
      expect(sides.size).toBeLessThanOrEqual(1);
    }
  });
});

describe('spreadColours', () => {
  it('gives the edge of a cut-out the colour of what is cut out', () => {
    const sheet = canvas(8, [1, 1, 1]);
    const cover = fill(8, knots('2 2, 5.5 2, 5.5 6, 2 6'));
    lay(sheet, cover, [1, 0, 0]);
    spreadColours(sheet, cover);
    const edge = (3 * 8 + 5) * 3;
    expect([...sheet.rgb.slice(edge, edge + 3)]).toEqual([1, 0, 0]);
  });
});
