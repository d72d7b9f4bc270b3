import type { PDFDict } from 'pdf-lib';
import { type Evaluate, evaluator } from './functions.ts';
import { apply, inverse, type Matrix, matrixOf, type Point } from './matrix.ts';
import { name, numberOf, type Reader } from './pdf.ts';

/** A gradient as it is at a place: components 0…1. */
export type Field = (at: Point) => number[];

/** What a function of the plane depends on. */
export type Shape = 'x' | 'y' | 'radius' | 'angle' | 'both';

/**
 * A shading pattern's colours by place in the space that the pattern lies in; `null` for what is not a plane, axial
 * or concentric radial gradient.
 */
export function fieldOf(reader: Reader, pattern: PDFDict): Field | null {
  const shading = reader.dict(pattern.get(name('Shading')));
  return shading && fieldOfShading(reader, shading, matrixOf(reader.numbers(reader.get(pattern, 'Matrix'))));
}

function fieldOfShading(reader: Reader, shading: PDFDict, matrix: Matrix): Field | null {
  const back = inverse(matrix);
  const type = numberOf(reader.get(shading, 'ShadingType'));
  const at = evaluator(reader, reader.get(shading, 'Function'), true);
  if (type === 1) return (point) => at(...apply(back, point));
  const coords = reader.numbers(reader.get(shading, 'Coords'));
  const [low = 0, high = 1] = reader.numbers(reader.get(shading, 'Domain'));
  const along = (t: number) => at(low + Math.min(1, Math.max(0, t)) * (high - low));
  if (type === 2) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = coords;
    const [dx, dy] = [x1 - x0, y1 - y0];
    const length = dx * dx + dy * dy || 1;
    return (point) => {
      const [x, y] = apply(back, point);
      return along(((x - x0) * dx + (y - y0) * dy) / length);
    };
  }
  const [x0 = 0, y0 = 0, r0 = 0, x1 = 0, y1 = 0, r1 = 0] = coords;
  if (type !== 3 || x0 !== x1 || y0 !== y1 || r0 === r1) return null;
  return (point) => {
    const [x, y] = apply(back, point);
    return along((Math.hypot(x - x0, y - y0) - r0) / (r1 - r0));
  };
}

const TRIES = 23;

/**
 * What a function of the plane depends on, tried at places that no stop is likely to lie on. Chromium writes
 * radial and conic gradients around the origin.
 */
export function shapeOf(at: Evaluate, [x0, x1, y0, y1]: readonly [number, number, number, number]): Shape {
  const reach = Math.max(Math.abs(x0), Math.abs(x1), Math.abs(y0), Math.abs(y1));
  const same = (p: Point, q: Point): boolean => {
    const other = at(...q);
    return at(...p).every((value, i) => Math.abs(value - other[i]!) < 2e-3);
  };
  /** Whether moving a point in this way leaves the colour; one miss at the edge of a hard stop is forgiven. */
  const holds = (move: (u: number, v: number) => [Point, Point]): boolean => {
    let missed = 0;
    for (let i = 0; i < TRIES; i++) {
      for (let j = 0; j < TRIES; j++) {
        const [p, q] = move((i + 0.317) / TRIES, (j + 0.729) / TRIES);
        if (!same(p, q) && ++missed > TRIES / 4) return false;
      }
    }
    return true;
  };
  const x = (u: number) => x0 + (x1 - x0) * u;
  const y = (v: number) => y0 + (y1 - y0) * v;
  const polar = (r: number, turn: number): Point => [
    r * reach * Math.cos(2 * Math.PI * turn),
    r * reach * Math.sin(2 * Math.PI * turn),
  ];
  if (
    holds((u, v) => [
      [x(u), y(v)],
      [x(u), y((v + 0.618) % 1)],
    ])
  )
    return 'x';
  if (
    holds((u, v) => [
      [x(u), y(v)],
      [x((u + 0.618) % 1), y(v)],
    ])
  )
    return 'y';
  if (holds((u, v) => [polar(u, v), polar(u, (v + 0.618) % 1)])) return 'radius';
  if (holds((u, v) => [polar(u, v), polar((u + 0.618) % 1, v)])) return 'angle';
  return 'both';
}
