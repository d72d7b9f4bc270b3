import type { Field } from './canvas.ts';
import { clamp, mix } from './numbers.ts';

/** A field computed place by place. */
export function field(size: number, at: (x: number, y: number) => number): Field {
  const result = new Float32Array(size * size);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) result[y * size + x] = at(x, y);
  return result;
}

/** Fields of one size joined pixel by pixel. */
const combine = (a: Field, b: Field, join: (a: number, b: number) => number): Field =>
  a.map((value, i) => join(value, b[i]!));

export const within = (a: Field, b: Field): Field => combine(a, b, (p, q) => p * q);
export const without = (a: Field, b: Field): Field => combine(a, b, (p, q) => p * (1 - clamp(q)));
export const union = (a: Field, b: Field): Field => combine(a, b, Math.max);

/** Box blur, three times, which comes near a Gaussian of about the radius; edges repeat. */
export function blur(source: Field, size: number, radius: number): Field {
  const r = Math.max(1, Math.round(radius));
  let current = source;
  for (let pass = 0; pass < 3; pass++)
    current = boxPass(boxPass(current, size, r, 1, size), size, r, size, 1);
  return current;
}

function boxPass(source: Field, size: number, radius: number, step: number, stride: number): Field {
  const result = new Float32Array(source.length);
  for (let line = 0; line < size; line++) {
    const base = line * stride;
    const at = (i: number): number => source[base + clamp(i, 0, size - 1) * step]!;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < size; i++) {
      result[base + i * step] = sum / (2 * radius + 1);
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return result;
}

/**
 * The distance in px from the edge of a shape, positive inside and negative outside (Felzenszwalb and
 * Huttenlocher 2012, exact to the pixel grid).
 */
export function edgeDistance(cover: Field, size: number): Field {
  const inside = squaredDistance(cover, size, (value) => value < 0.5);
  const outside = squaredDistance(cover, size, (value) => value >= 0.5);
  return combine(inside, outside, (a, b) => Math.sqrt(a) - Math.sqrt(b));
}

const FAR = 1e9;

function squaredDistance(cover: Field, size: number, isSource: (value: number) => boolean): Field {
  const result = cover.map((value) => (isSource(value) ? 0 : FAR));
  const line = new Float64Array(size);
  for (const [step, stride] of [
    [size, 1],
    [1, size],
  ] as const) {
    for (let n = 0; n < size; n++) {
      for (let i = 0; i < size; i++) line[i] = result[n * stride + i * step]!;
      const transformed = parabolas(line);
      for (let i = 0; i < size; i++) result[n * stride + i * step] = transformed[i]!;
    }
  }
  return result;
}

/** The lower envelope of one parabola per sample. */
function parabolas(line: Float64Array): Float64Array {
  const count = line.length;
  const apex = new Int32Array(count);
  const from = new Float64Array(count + 1);
  let top = 0;
  from[0] = -FAR;
  from[1] = FAR;
  const meet = (p: number, q: number): number => (line[q]! + q * q - line[p]! - p * p) / (2 * q - 2 * p);
  for (let q = 1; q < count; q++) {
    let cut = meet(apex[top]!, q);
    while (top > 0 && cut <= from[top]!) cut = meet(apex[--top]!, q);
    apex[++top] = q;
    from[top] = cut;
    from[top + 1] = FAR;
  }
  const result = new Float64Array(count);
  for (let q = 0, k = 0; q < count; q++) {
    while (from[k + 1]! < q) k++;
    result[q] = (q - apex[k]!) ** 2 + line[apex[k]!]!;
  }
  return result;
}

/** At each place the direction, radians, along the nearest edge of a shape, from its `edgeDistance`. */
export function edgeFlow(distance: Field, size: number): Field {
  const reach = 4;
  const inside = (value: number): number => clamp(value, 0, size - 1);
  return field(size, (x, y) => {
    const dx = distance[y * size + inside(x + reach)]! - distance[y * size + inside(x - reach)]!;
    const dy = distance[inside(y + reach) * size + x]! - distance[inside(y - reach) * size + x]!;
    return Math.atan2(dx, -dy);
  });
}

/** The field at twice its size, smooth between its places. */
export function enlarge(source: Field, size: number): Field {
  return field(size * 2, (x, y) => {
    const u = clamp(x / 2 - 0.25, 0, size - 1.001);
    const v = clamp(y / 2 - 0.25, 0, size - 1.001);
    const corner = Math.floor(v) * size + Math.floor(u);
    const top = mix(source[corner]!, source[corner + 1]!, u % 1);
    return mix(top, mix(source[corner + size]!, source[corner + size + 1]!, u % 1), v % 1);
  });
}
