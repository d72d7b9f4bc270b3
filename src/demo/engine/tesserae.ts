import type { Random } from '../../random.ts';
import type { Field } from './canvas.ts';

export interface Tessera {
  readonly x: number;
  readonly y: number;
  /** Half the side, px. */
  readonly half: number;
  /** Its places on a sheet of twice the floor's size, each with its distance from the joint (floor px). */
  readonly pixels: { readonly pixel: number; readonly edge: number }[];
}

interface Floor {
  readonly size: number;
  /** A stone lies in one zone only: the number at its seed. */
  readonly zone: Field;
  /** The direction of the rows, radians. */
  readonly flow: Field;
  /** Where stones are small, 0…1. */
  readonly detail: Field;
}

const ROUNDS = 12;

interface Seed {
  x: number;
  y: number;
  readonly half: number;
}

/**
 * Square stones that lie along a flow (Hausner, "Simulating decorative mosaics", 2001): seeds move to the middle
 * of the places nearest to them, nearness being measured as a square turned along the flow.
 * @param pitch the stones' distance, px
 */
export function tesserae(floor: Floor, pitch: number, random: Random): Tessera[] {
  const { size } = floor;
  const seeds = sow(floor, pitch, random);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(seeds.length * 3);
    claim(floor, seeds, 1).owner.forEach((index, pixel) => {
      if (index < 0) return;
      sums[index * 3]! += (pixel % size) + 0.5;
      sums[index * 3 + 1]! += Math.floor(pixel / size) + 0.5;
      sums[index * 3 + 2]! += 1;
    });
    seeds.forEach((seed, index) => {
      const count = sums[index * 3 + 2]!;
      if (count === 0) return;
      seed.x = sums[index * 3]! / count;
      seed.y = sums[index * 3 + 1]! / count;
    });
  }
  const stones: Tessera[] = seeds.map((seed) => ({ ...seed, pixels: [] }));
  const { owner, first, second } = claim(floor, seeds, 2);
  owner.forEach((index, pixel) => {
    if (index < 0) return;
    const stone = stones[index]!;
    const gap = Math.min(second[pixel]!, first[pixel]! + 2) - first[pixel]!;
    const edge = (gap * stone.half) / 2;
    // Where no other stone is near, the stone still ends: it is never larger than a square of its kind.
    stone.pixels.push({ pixel, edge: Math.min(edge, (1.3 - first[pixel]!) * stone.half) });
  });
  return stones;
}

function sow({ size, detail }: Floor, pitch: number, random: Random): Seed[] {
  const seeds: Seed[] = [];
  for (let y = pitch / 2; y < size; y += pitch) {
    for (let x = pitch / 2; x < size; x += pitch) {
      const fine = detail[Math.floor(y) * size + Math.floor(x)]! > 0.45;
      for (const [ox, oy] of fine ? QUARTERS : WHOLE) {
        seeds.push({
          x: x + ox * pitch + random.between(-1, 1),
          y: y + oy * pitch + random.between(-1, 1),
          half: fine ? pitch / 4 : pitch / 2,
        });
      }
    }
  }
  return seeds;
}

/**
 * Which stone each place belongs to, and how far (in half stones) the nearest and the next one are.
 * @param scale places a pixel of the floor, each way
 */
function claim({ size, flow, zone }: Floor, seeds: readonly Seed[], scale: number) {
  const wide = size * scale;
  const owner = new Int32Array(wide * wide).fill(-1);
  const first = new Float32Array(wide * wide).fill(Number.POSITIVE_INFINITY);
  const second = new Float32Array(wide * wide).fill(Number.POSITIVE_INFINITY);
  const inside = (value: number): number => Math.min(size - 1, Math.max(0, Math.floor(value)));
  seeds.forEach((seed, index) => {
    const home = inside(seed.y) * size + inside(seed.x);
    const angle = flow[home]!;
    const cos = Math.cos(angle) / seed.half;
    const sin = Math.sin(angle) / seed.half;
    const reach = seed.half * 2.6;
    const low = (centre: number): number => Math.max(0, Math.floor((centre - reach) * scale));
    const high = (centre: number): number => Math.min(wide - 1, Math.floor((centre + reach) * scale));
    for (let y = low(seed.y); y <= high(seed.y); y++) {
      for (let x = low(seed.x); x <= high(seed.x); x++) {
        if (zone[Math.floor(y / scale) * size + Math.floor(x / scale)] !== zone[home]) continue;
        const dx = (x + 0.5) / scale - seed.x;
        const dy = (y + 0.5) / scale - seed.y;
        const far = Math.max(Math.abs(dx * cos + dy * sin), Math.abs(-dx * sin + dy * cos));
        const place = y * wide + x;
        if (far < first[place]!) {
          second[place] = first[place]!;
          first[place] = far;
          owner[place] = index;
        } else if (far < second[place]!) {
          second[place] = far;
        }
      }
    }
  });
  return { owner, first, second };
}

const WHOLE = [[0, 0]] as const;
const QUARTERS = [
  [-0.25, -0.25],
  [0.25, -0.25],
  [-0.25, 0.25],
  [0.25, 0.25],
] as const;
