import type { Extent } from './camera.ts';
import type { LampSide } from './light.ts';
import { lightDirections } from './light.ts';
import { CORNER, type Mesh } from './mesh.ts';
import { crossings, type Ring } from './outline.ts';
import { smooth } from './vector.ts';

/** How much light is kept from each place of a level plane, 0–1. */
export interface Shadow {
  /** Half of the plane's side, mm; its middle is the turntable's. */
  readonly reach: number;
  readonly data: Float32Array;
}

/** Places along a side of the plane. */
const SIDE = 320;

/**
 * The soft shadow that meshes throw on a level plane: the mean of what hard ones they throw from many directions.
 * @param meshes as they stand before the camera
 * @param y height of the plane, mm; what lies below it throws nothing
 * @param count of directions
 */
export function shadowOn(
  meshes: readonly Mesh[],
  { radius, height }: Extent,
  { y, side, count }: { y: number; side: LampSide; count: number },
): Shadow {
  const reach = radius * 1.4 + (height - y) * 2;
  const scale = SIDE / (2 * reach);
  const data = new Float32Array(SIDE * SIDE);
  const stamps = new Uint16Array(SIDE * SIDE);
  lightDirections(side, count).forEach(({ direction, weight }, i) => {
    const [dx, dz] = [direction[0] / direction[1], direction[2] / direction[1]];
    for (const { corners, triangles, outline } of meshes) {
      if (outline) {
        const rings = outline.map((ring) =>
          ring.map(([px, py, pz]): [number, number] => {
            const above = Math.max(0, py - y);
            return [(px - above * dx + reach) * scale, (pz - above * dz + reach) * scale];
          }),
        );
        stampRings(rings, stamps, data, i + 1, weight);
        continue;
      }
      const at = (corner: number, out: [number, number]) => {
        const from = corner * CORNER;
        const above = Math.max(0, corners[from + 1]! - y);
        out[0] = (corners[from]! - above * dx + reach) * scale;
        out[1] = (corners[from + 2]! - above * dz + reach) * scale;
      };
      for (let t = 0; t < triangles.length; t += 3) {
        at(triangles[t]!, A);
        at(triangles[t + 1]!, B);
        at(triangles[t + 2]!, C);
        stamp(stamps, data, i + 1, weight);
      }
    }
  });
  return { reach, data: blurred(blurred(data)) };
}

const A: [number, number] = [0, 0];
const B: [number, number] = [0, 0];
const C: [number, number] = [0, 0];

/** Adds the triangle's places, each once a direction. */
function stamp(stamps: Uint16Array, data: Float32Array, mark: number, weight: number): void {
  const area = (B[0] - A[0]) * (C[1] - A[1]) - (B[1] - A[1]) * (C[0] - A[0]);
  if (area === 0) return;
  const top = Math.max(0, Math.ceil(Math.min(A[1], B[1], C[1]) - 0.5));
  const bottom = Math.min(SIDE - 1, Math.floor(Math.max(A[1], B[1], C[1]) - 0.5));
  for (let row = top; row <= bottom; row++) {
    let [left, right] = [Infinity, -Infinity];
    for (let k = 0; k < 3; k++) {
      const [p, q] = k === 0 ? [A, B] : k === 1 ? [B, C] : [C, A];
      const from = row + 0.5 - p[1];
      const span = q[1] - p[1];
      if (span === 0 || from / span < 0 || from / span > 1) continue;
      const x = p[0] + ((q[0] - p[0]) * from) / span;
      if (x < left) left = x;
      if (x > right) right = x;
    }
    const last = Math.min(SIDE - 1, Math.floor(right - 0.5));
    for (let x = Math.max(0, Math.ceil(left - 0.5)); x <= last; x++) {
      const i = row * SIDE + x;
      if (stamps[i] === mark) continue;
      stamps[i] = mark;
      data[i]! += weight;
    }
  }
}

function stampRings(
  rings: readonly Ring[],
  stamps: Uint16Array,
  data: Float32Array,
  mark: number,
  weight: number,
): void {
  for (let row = 0; row < SIDE; row++) {
    const found = crossings(rings, row + 0.5);
    for (let k = 0; k + 1 < found.length; k += 2) {
      const last = Math.min(SIDE - 1, Math.floor(found[k + 1]! - 0.5));
      for (let x = Math.max(0, Math.ceil(found[k]! - 0.5)); x <= last; x++) {
        const i = row * SIDE + x;
        if (stamps[i] === mark) continue;
        stamps[i] = mark;
        data[i]! += weight;
      }
    }
  }
}

/** The mean of each place and its neighbours. */
function blurred(data: Float32Array): Float32Array {
  const result = new Float32Array(data.length);
  for (let y = 1; y < SIDE - 1; y++) {
    for (let x = 1; x < SIDE - 1; x++) {
      let sum = 0;
      for (let j = -SIDE; j <= SIDE; j += SIDE) {
        const i = y * SIDE + x + j;
        sum += data[i - 1]! + 2 * data[i]! + data[i + 1]!;
      }
      const i = y * SIDE + x;
      sum += data[i - 1]! + 2 * data[i]! + data[i + 1]!;
      result[i] = sum / 16;
    }
  }
  return result;
}

/** Share of the light that does not reach a place, 0 far away. */
export function shadowAt({ reach, data }: Shadow, x: number, z: number): number {
  const px = ((x + reach) / (2 * reach)) * SIDE - 0.5;
  const pz = ((z + reach) / (2 * reach)) * SIDE - 0.5;
  if (!(px >= 0 && pz >= 0 && px < SIDE - 1 && pz < SIDE - 1)) return 0;
  const [left, top] = [Math.floor(px), Math.floor(pz)];
  const [fx, fz] = [px - left, pz - top];
  const i = top * SIDE + left;
  // It ends softly where the plane does.
  const edge = smooth(1, 0.62, Math.max(Math.abs(x), Math.abs(z)) / reach);
  const upper = data[i]! * (1 - fx) + data[i + 1]! * fx;
  const lower = data[i + SIDE]! * (1 - fx) + data[i + SIDE + 1]! * fx;
  return (upper * (1 - fz) + lower * fz) * edge;
}
