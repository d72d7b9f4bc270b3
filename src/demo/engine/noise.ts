import { smoothstep } from './numbers.ts';

/** A smooth random field over the plane, about −1…1. */
export type Noise = (x: number, y: number) => number;

function hash(x: number, y: number, seed: number): number {
  let mixed = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2147483648 - 1;
}

/** Value noise: a random value at every whole-numbered point, smoothed in between. */
function valueNoise(seed: number): Noise {
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const u = smoothstep(0, 1, x - x0);
    const v = smoothstep(0, 1, y - y0);
    const top = hash(x0, y0, seed) * (1 - u) + hash(x0 + 1, y0, seed) * u;
    const bottom = hash(x0, y0 + 1, seed) * (1 - u) + hash(x0 + 1, y0 + 1, seed) * u;
    return top * (1 - v) + bottom * v;
  };
}

/** Octaves of value noise, each twice as fine and half as strong: cloud, paper, pigment. */
export function cloudNoise(seed: number, octaves = 4): Noise {
  const layers = Array.from({ length: octaves }, (_, i) => valueNoise(seed * 31 + i * 7919));
  return (x, y) => {
    let sum = 0;
    let weight = 0.5;
    let scale = 1;
    for (const layer of layers) {
      sum += layer(x * scale, y * scale) * weight;
      weight /= 2;
      scale *= 2.03;
    }
    return sum;
  };
}
