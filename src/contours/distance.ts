import { crossing, type Edge, edgeOf } from './edge.ts';
import type { Field } from './field.ts';
import { distanceToSegment } from './polygon.ts';

/**
 * The signed distance, mm, of every place from the line where a field passes through 0: negative inside. Exact to
 * the crossings of that line with the grid (the lower envelope of parabolas of Felzenszwalb and Huttenlocher 2012,
 * with their apexes between the places), and measured to the straight pieces on both sides of the nearest one; so
 * the edge of a picture is found to a fraction of a pixel.
 */
export const signedDistance = (field: Field): Field => distanceToEdge(edgeOf(field));

/** The signed distance, mm, from an edge that is known already. */
export function distanceToEdge(edge: Edge): Field {
  const { field, sides, along, next, previous } = edge;
  const { values, width, height, step } = field;
  const nearest = new Int32Array(values.length).fill(-1);
  const square = new Float64Array(values.length).fill(Number.POSITIVE_INFINITY);
  // The crossings of upright sides lie on columns, those of level sides on rows: one transform for each.
  const columns: Sites[] = Array.from({ length: width }, () => ({ at: [], side: [] }));
  const rows: Sites[] = Array.from({ length: height }, () => ({ at: [], side: [] }));
  for (const side of sides) {
    const place = side >> 1;
    const [i, j] = [place % width, Math.floor(place / width)];
    const line = side & 1 ? columns[i]! : rows[j]!;
    line.at.push((side & 1 ? j : i) + along[side]!);
    line.side.push(side);
  }
  transform({ square, nearest }, columns, { length: height, perLine: 1, perPlace: width });
  transform({ square, nearest }, rows, { length: width, perLine: width, perPlace: 1 });
  const distances = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const side = nearest[at]!;
    if (side < 0) {
      distances[at] = values[at]! < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      continue;
    }
    let distance = Math.sqrt(square[at]!);
    // Beyond eight places the piece between two crossings is no nearer than the crossings by 0.03 of a step.
    if (distance < 8) {
      const here = [at % width, Math.floor(at / width)] as const;
      const middle = crossing(edge, side);
      for (const other of [next[side]!, previous[side]!]) {
        if (other >= 0) distance = Math.min(distance, distanceToSegment(here, middle, crossing(edge, other)));
      }
    }
    distances[at] = (values[at]! < 0 ? -distance : distance) * step;
  }
  return { ...field, values: distances };
}

/** The crossings on one line of the grid, in order, counted in places from its beginning. */
interface Sites {
  readonly at: number[];
  readonly side: number[];
}

interface Found {
  /** Square of the distance to the nearest crossing, places. */
  readonly square: Float64Array;
  /** Which one it is. */
  readonly nearest: Int32Array;
}

/**
 * Puts in what the crossings on the lines one way are nearer to.
 * @param layout how many places a line has, and how far apart lines and places lie in the arrays
 */
function transform(
  found: Found,
  lines: readonly Sites[],
  layout: { readonly length: number; readonly perLine: number; readonly perPlace: number },
): void {
  const count = lines.length;
  const { length } = layout;
  // First along each line, then across the lines.
  const own = new Float64Array(count * length).fill(Number.POSITIVE_INFINITY);
  const whose = new Int32Array(count * length).fill(-1);
  for (let n = 0; n < count; n++) {
    const { at, side } = lines[n]!;
    if (at.length === 0) continue;
    for (let place = 0, k = 0; place < length; place++) {
      while (k + 1 < at.length && Math.abs(at[k + 1]! - place) <= Math.abs(at[k]! - place)) k++;
      own[place * count + n] = (at[k]! - place) ** 2;
      whose[place * count + n] = side[k]!;
    }
  }
  const apex = new Int32Array(count);
  const from = new Float64Array(count + 1);
  for (let place = 0; place < length; place++) {
    const row = place * count;
    let top = -1;
    for (let n = 0; n < count; n++) {
      const height = own[row + n]!;
      if (height === Number.POSITIVE_INFINITY) continue;
      let cut = Number.NEGATIVE_INFINITY;
      for (; top >= 0; top--) {
        const other = apex[top]!;
        cut = (height + n * n - own[row + other]! - other * other) / (2 * (n - other));
        if (cut > from[top]!) break;
        cut = Number.NEGATIVE_INFINITY;
      }
      apex[++top] = n;
      from[top] = cut;
    }
    if (top < 0) continue;
    from[top + 1] = Number.POSITIVE_INFINITY;
    for (let n = 0, k = 0; n < count; n++) {
      while (from[k + 1]! < n) k++;
      const other = apex[k]!;
      const square = (n - other) ** 2 + own[row + other]!;
      const at = n * layout.perLine + place * layout.perPlace;
      if (square >= found.square[at]!) continue;
      found.square[at] = square;
      found.nearest[at] = whose[row + other]!;
    }
  }
}
