import type { Field } from './canvas.ts';
import type { Knot } from './shapes.ts';

const ROWS = 4;

/** Twice the area, positive for a clockwise outline on the page. */
const windingOf = (polygon: readonly Knot[]): number =>
  polygon.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);

/**
 * The coverage of polygons together, whichever way round each runs: exact along x, four rows a pixel along y.
 * @param size pixels each way of the field
 */
export function fill(size: number, ...polygons: readonly (readonly Knot[])[]): Field {
  const cover = new Float32Array(size * size);
  const crossings: [x: number, winding: number][][] = Array.from({ length: size * ROWS }, () => []);
  for (const polygon of polygons) {
    const forward = windingOf(polygon) > 0;
    for (let i = 0; i < polygon.length; i++) {
      const [x0, y0] = polygon[i]!;
      const [x1, y1] = polygon[(i + 1) % polygon.length]!;
      const first = Math.max(0, Math.ceil(Math.min(y0, y1) * ROWS - 0.5));
      const last = Math.min(size * ROWS - 1, Math.ceil(Math.max(y0, y1) * ROWS - 0.5) - 1);
      for (let row = first; row <= last; row++) {
        const t = ((row + 0.5) / ROWS - y0) / (y1 - y0);
        crossings[row]!.push([x0 + (x1 - x0) * t, y1 > y0 === forward ? 1 : -1]);
      }
    }
  }
  for (let row = 0; row < crossings.length; row++) {
    const line = crossings[row]!.sort((a, b) => a[0] - b[0]);
    let winding = 0;
    for (let i = 0; i + 1 < line.length; i++) {
      winding += line[i]![1];
      if (winding !== 0) addSpan(cover, size, Math.floor(row / ROWS), line[i]![0], line[i + 1]![0]);
    }
  }
  return cover;
}

function addSpan(cover: Field, size: number, y: number, from: number, to: number): void {
  const start = Math.max(0, from);
  const end = Math.min(size, to);
  for (let x = Math.floor(start); x < end; x++) {
    cover[y * size + x]! += (Math.min(end, x + 1) - Math.max(start, x)) / ROWS;
  }
}
