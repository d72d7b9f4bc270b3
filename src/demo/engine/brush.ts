import type { Random } from '../../random.ts';
import type { Canvas } from './canvas.ts';
import type { Colour } from './colour.ts';
import type { Noise } from './noise.ts';
import { clamp, type Point } from './numbers.ts';

interface Stroke {
  readonly line: readonly Point[];
  /** Full width in px at 0…1 of the stroke's length. */
  readonly width: (t: number) => number;
  readonly colour: Colour;
  /** 0…1. */
  readonly opacity?: number;
  /** How unlike the bristles' colours are: the difference from the stroke's colour, 0…1. */
  readonly streaks?: number;
  /** How much of the stroke's end has run out of paint: 0 none, 1 all. */
  readonly dryness?: number;
  /** How thick the paint lies. */
  readonly body?: number;
  /** Softness of the stroke's edge, px. */
  readonly soft?: number;
}

const distanceOf = ([x0, y0]: Point, [x1, y1]: Point): number => Math.hypot(x1 - x0, y1 - y0);

/** A brush with bristles. It keeps scratch memory for one canvas size, so make one and use it often. */
export function brush(size: number, random: Random, grain: Noise) {
  const distance = new Float32Array(size * size).fill(Number.POSITIVE_INFINITY);
  const along = new Float32Array(size * size);
  const across = new Float32Array(size * size);

  /** For each pixel near the line: how far off it is, on which side, and where along. */
  function measure(line: readonly Point[], width: (t: number) => number, margin: number): number[] {
    const touched: number[] = [];
    let total = 0;
    for (let i = 1; i < line.length; i++) total += distanceOf(line[i - 1]!, line[i]!);
    let gone = 0;
    for (let i = 1; i < line.length; i++) {
      const [x0, y0] = line[i - 1]!;
      const [x1, y1] = line[i]!;
      const length = distanceOf(line[i - 1]!, line[i]!);
      if (length < 1e-6) continue;
      const reach = Math.max(width(gone / total), width((gone + length) / total)) / 2 + margin;
      const low = (a: number, b: number): number => Math.max(0, Math.floor(Math.min(a, b) - reach));
      const high = (a: number, b: number): number => Math.min(size - 1, Math.max(a, b) + reach);
      for (let y = low(y0, y1); y <= high(y0, y1); y++) {
        for (let x = low(x0, x1); x <= high(x0, x1); x++) {
          const px = x + 0.5 - x0;
          const py = y + 0.5 - y0;
          const t = clamp((px * (x1 - x0) + py * (y1 - y0)) / (length * length));
          const off = Math.hypot(px - t * (x1 - x0), py - t * (y1 - y0));
          const pixel = y * size + x;
          if (off > reach || off >= distance[pixel]!) continue;
          if (distance[pixel] === Number.POSITIVE_INFINITY) touched.push(pixel);
          distance[pixel] = off;
          along[pixel] = (gone + t * length) / total;
          across[pixel] = (px * (y1 - y0) - py * (x1 - x0)) / length;
        }
      }
      gone += length;
    }
    return touched;
  }

  return function stroke(
    sheet: Canvas,
    { line, width, colour, opacity = 1, streaks = 0.05, dryness = 0, body = 1, soft = 1 }: Stroke,
  ): void {
    const bristleSeed = random.between(0, 1000);
    const lengthSeed = random.between(0, 1000);
    for (const pixel of measure(line, width, soft)) {
      const t = along[pixel]!;
      const off = distance[pixel]!;
      distance[pixel] = Number.POSITIVE_INFINITY;
      const half = width(t) / 2;
      const side = across[pixel]!;
      const bristle = grain(bristleSeed + side * 0.55, lengthSeed + t * 1.5);
      const ragged = half + bristle * Math.min(1.5, half * 0.25);
      let alpha = opacity * clamp((ragged - off) / soft + 0.5);
      if (dryness > 0) {
        const paint =
          1 - dryness * t ** 1.5 * 1.5 + grain(bristleSeed + side * 0.8, lengthSeed + t * 6) * dryness * 1.2;
        alpha *= clamp(paint * 4);
      }
      if (alpha <= 0.004) continue;
      for (let c = 0; c < 3; c++) {
        const value = sheet.rgb[pixel * 3 + c]!;
        sheet.rgb[pixel * 3 + c] = value + (clamp(colour[c]! + bristle * streaks) - value) * alpha;
      }
      const edge = clamp(1 - off / (half + 0.01));
      const thickness = body * (0.55 + 0.45 * bristle + 0.4 * (1 - edge) ** 3);
      sheet.height[pixel]! += (thickness - sheet.height[pixel]!) * alpha;
    }
  };
}
