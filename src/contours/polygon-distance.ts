import { signedDistance } from './distance.ts';
import type { Field } from './field.ts';
import type { Polygon } from './path.ts';
import { distanceToSegment } from './polygon.ts';

/**
 * The signed distance, mm, of every place of a grid from some closed lines, negative inside (even-odd rule). No line
 * may reach the grid's rim.
 */
export function distancesFrom(polygons: readonly Polygon[], grid: Omit<Field, 'values'>): Field {
  const { width, height, step, x, y } = grid;
  // Beside the lines the distances are measured; further off their sign is enough to begin with.
  const values = new Float32Array(width * height).fill(2 * step);
  for (const polygon of polygons) {
    polygon.forEach(([ax, ay], i) => {
      const [bx, by] = polygon[(i + 1) % polygon.length]!;
      const [left, right] = [
        Math.floor((Math.min(ax, bx) - x) / step),
        Math.ceil((Math.max(ax, bx) - x) / step),
      ];
      const [top, bottom] = [
        Math.floor((Math.min(ay, by) - y) / step),
        Math.ceil((Math.max(ay, by) - y) / step),
      ];
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          const at = row * width + column;
          const place = [x + column * step, y + row * step] as const;
          values[at] = Math.min(values[at]!, distanceToSegment(place, [ax, ay], [bx, by]));
        }
      }
    });
  }
  for (let row = 0; row < height; row++) {
    const level = y + row * step;
    const crossings = polygons.flatMap((polygon) => crossingsAt(polygon, level)).sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.ceil((crossings[k]! - x) / step);
      const to = Math.floor((crossings[k + 1]! - x) / step);
      for (let column = from; column <= to; column++) values[row * width + column]! *= -1;
    }
  }
  return signedDistance({ ...grid, values });
}

/** Where a closed line crosses a level. */
function crossingsAt(polygon: Polygon, level: number): number[] {
  return polygon.flatMap(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    return ay > level === by > level ? [] : [ax + ((bx - ax) * (level - ay)) / (by - ay)];
  });
}
