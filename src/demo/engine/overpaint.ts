import { type Random, shuffled } from '../../random.ts';
import { brush } from './brush.ts';
import type { Canvas, Field } from './canvas.ts';
import type { Colour } from './colour.ts';
import { blur } from './fields.ts';
import type { Noise } from './noise.ts';
import type { Point } from './numbers.ts';

/** What a painter looks at: colours and, for each pixel, the direction (radians) strokes should follow. */
interface Model {
  readonly size: number;
  readonly rgb: Float32Array;
  readonly flow: Field;
}

interface Layer {
  /** Brush width, px. */
  readonly width: number;
  /** Stroke length in brush widths. */
  readonly length: number;
  /** Distance between strokes in brush widths. */
  readonly spacing: number;
  /** Paints only where the canvas is this far from the model, 0…1. */
  readonly tolerance: number;
  /** Variation of each stroke's colour. */
  readonly jitter: number;
  /** Only where this is above a random number of 0…1. */
  readonly where?: Field;
  readonly opacity?: number;
}

function blurred({ size, rgb }: Model, radius: number): Float32Array {
  const result = new Float32Array(rgb.length);
  for (let c = 0; c < 3; c++) {
    const channel = blur(
      new Float32Array(size * size).map((_, i) => rgb[i * 3 + c]!),
      size,
      radius,
    );
    channel.forEach((value, i) => {
      result[i * 3 + c] = value;
    });
  }
  return result;
}

const away = (a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number =>
  (Math.abs(a[i]! - b[j]!) + Math.abs(a[i + 1]! - b[j + 1]!) + Math.abs(a[i + 2]! - b[j + 2]!)) / 3;

/**
 * Paints a model from broad strokes to fine ones (after Hertzmann, "Painterly rendering with curved brush
 * strokes of multiple sizes", 1998): each layer mends only what the one before left too far off.
 */
export function overpaint(
  sheet: Canvas,
  model: Model,
  layers: readonly Layer[],
  random: Random,
  grain: Noise,
): void {
  const stroke = brush(sheet.size, random, grain);
  const { size } = model;
  for (const { width, length, spacing, tolerance, jitter, where, opacity = 0.95 } of layers) {
    const seen = blurred(model, width / 3);
    const step = width * spacing;
    const starts: Point[] = [];
    for (let y = step / 2; y < size; y += step) {
      for (let x = step / 2; x < size; x += step) {
        starts.push([x + random.between(-0.5, 0.5) * step, y + random.between(-0.5, 0.5) * step]);
      }
    }
    for (const start of shuffled(starts, random)) {
      const pixel = pixelAt(size, start);
      if (pixel < 0 || (where && where[pixel]! <= random.next())) continue;
      if (away(sheet.rgb, pixel * 3, seen, pixel * 3) < tolerance) continue;
      const line = follow(model, seen, start, width * length * random.between(0.6, 1.3), width);
      const tint = random.bell() * jitter;
      const warmth = random.bell() * jitter * 0.6;
      const colour: Colour = [
        seen[pixel * 3]! + tint + warmth,
        seen[pixel * 3 + 1]! + tint,
        seen[pixel * 3 + 2]! + tint - warmth,
      ];
      stroke(sheet, {
        line,
        colour,
        opacity,
        width: (t) => width * (0.55 + 0.45 * Math.sin(Math.PI * Math.min(1, t * 0.8 + 0.2))),
        streaks: 0.045,
        dryness: width > 6 ? 0.35 : 0.1,
        body: Math.min(1, width / 12),
        soft: width < 4 ? 1 : 1.4,
      });
    }
  }
}

function pixelAt(size: number, [x, y]: Point): number {
  return x < 0 || y < 0 || x >= size || y >= size ? -1 : Math.floor(y) * size + Math.floor(x);
}

/** A line along the flow that ends where the model's colour changes. */
function follow(model: Model, seen: Float32Array, start: Point, length: number, width: number): Point[] {
  const line: Point[] = [start];
  const origin = pixelAt(model.size, start) * 3;
  const stride = Math.max(1.5, width / 3);
  let [x, y] = start;
  let heading = model.flow[origin / 3]!;
  for (let gone = 0; gone < length; gone += stride) {
    x += Math.cos(heading) * stride;
    y += Math.sin(heading) * stride;
    const pixel = pixelAt(model.size, [x, y]);
    if (pixel < 0) break;
    if (gone > width * 0.7 && away(seen, pixel * 3, seen, origin) > 0.09) break;
    line.push([x, y]);
    const wanted = model.flow[pixel]!;
    // A stroke has no front: of the two ways along the flow it takes the one it is already going.
    const turn = Math.atan2(Math.sin(wanted - heading), Math.cos(wanted - heading));
    heading += (Math.abs(turn) > Math.PI / 2 ? turn - Math.sign(turn) * Math.PI : turn) * 0.6;
  }
  if (line.length < 2) line.push([x + Math.cos(heading), y + Math.sin(heading)]);
  return line;
}
