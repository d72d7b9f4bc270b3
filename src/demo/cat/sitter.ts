import { blend, type Colour } from '../engine/colour.ts';
import { edgeDistance } from '../engine/fields.ts';
import { clamp, smoothstep } from '../engine/numbers.ts';
import { type Coat, markingAt } from './markings.ts';
import type { View } from './solid.ts';

interface Lamp {
  /** Where the light comes from, as the viewer sees it. */
  readonly from: readonly [number, number, number];
  readonly light: Colour;
  readonly shade: Colour;
  /** Light from behind, on the rim. */
  readonly rim: Colour;
  readonly rimStrength: number;
}

/** A picture of a body to paint from: the sitter, not the painting. */
export interface Sitter {
  readonly size: number;
  /** 1 where the cat is. */
  readonly hit: Float32Array;
  /** Lit colours, three numbers a pixel. */
  readonly rgb: Float32Array;
  /** Which way the fur lies on the page, radians. */
  readonly flow: Float32Array;
  /** 1 in the eyes, 0.5 on their rims and the nose: where a painter takes the small brush. */
  readonly detail: Float32Array;
}

/** Lights and colours a head seen with `look`. */
export function sit(view: View, coat: Coat, lamp: Lamp): Sitter {
  const { size, hit, place, normal } = view;
  const sitter: Sitter = {
    size,
    hit,
    rgb: new Float32Array(size * size * 3),
    flow: new Float32Array(size * size),
    detail: new Float32Array(size * size),
  };
  const length = Math.hypot(...lamp.from);
  const depth = edgeDistance(hit, size);
  for (let i = 0; i < size * size; i++) {
    if (!hit[i]) continue;
    const [x, y, z] = [place[i * 3]!, place[i * 3 + 1]!, place[i * 3 + 2]!];
    const [nx, ny, nz] = [normal[i * 3]!, normal[i * 3 + 1]!, normal[i * 3 + 2]!];
    const facing = (nx * lamp.from[0] + ny * lamp.from[1] + nz * lamp.from[2]) / length;
    const light = smoothstep(-0.35, 0.95, facing);
    const rim =
      lamp.rimStrength *
      smoothstep(22, 6, depth[i]!) *
      smoothstep(0.5, 0.05, nz) *
      smoothstep(-0.2, 0.7, -nx * Math.sign(lamp.from[0]) + ny * 0.5);
    const mark = markingAt(x, y, z, coat);
    sitter.detail[i] = mark.detail;
    sitter.flow[i] = furFlow(x, y, i, view);
    const tone = blend(lamp.shade, lamp.light, mark.shine ? 0.55 + 0.45 * light : light);
    for (let c = 0; c < 3; c++) {
      sitter.rgb[i * 3 + c] = clamp(mark.colour[c]! * tone[c]! + lamp.rim[c]! * rim);
    }
  }
  return sitter;
}

/** The sitter's colours with a ground behind it. */
export function onGround({ size, hit, rgb }: Sitter, ground: (x: number, y: number) => Colour): Float32Array {
  const result = rgb.slice();
  hit.forEach((isCat, i) => {
    if (!isCat) result.set(ground(i % size, Math.floor(i / size)), i * 3);
  });
  return result;
}

/** Fur grows away from the nose: the direction of that, flattened to the page along the surface. */
function furFlow(x: number, y: number, i: number, { normal }: View): number {
  const dx = x;
  const dy = y + 0.15;
  const nx = normal[i * 3]!;
  const ny = normal[i * 3 + 1]!;
  const along = dx * nx + dy * ny;
  const fx = dx - along * nx * 0.8;
  const fy = y < -0.75 ? -1 : dy - along * ny * 0.8;
  return Math.atan2(-fy, y < -0.75 ? fx * 0.3 : fx);
}
