import type { Colour } from './colour.ts';
import { clamp } from './numbers.ts';

/** One number per pixel, row by row: coverage of a shape, a height, a distance. */
export type Field = Float32Array;

/** A square sheet of paint. */
export interface Canvas {
  /** Pixels each way. */
  readonly size: number;
  /** sRGB, three numbers of 0…1 per pixel. */
  readonly rgb: Float32Array;
  /** How thick the paint lies, any unit; `relief` lights it. */
  readonly height: Field;
}

/** A colour, or one for every place (in pixels). */
export type Paint = Colour | ((x: number, y: number) => Colour);

export function canvas(size: number, ground: Paint): Canvas {
  const sheet = { size, rgb: new Float32Array(size * size * 3), height: new Float32Array(size * size) };
  lay(sheet, null, ground);
  return sheet;
}

/**
 * Lays paint over the canvas.
 * @param cover where and how much, 0…1 per pixel; `null` is everywhere
 * @param opacity 0…1
 */
export function lay(sheet: Canvas, cover: Field | null, paint: Paint, opacity = 1): void {
  const { size, rgb } = sheet;
  for (let i = 0; i < size * size; i++) {
    const covered = cover ? cover[i]! : 1;
    if (covered <= 0.002) continue;
    const alpha = clamp(covered) * opacity;
    const colour = typeof paint === 'function' ? paint(i % size, Math.floor(i / size)) : paint;
    for (let c = 0; c < 3; c++) rgb[i * 3 + c]! += (colour[c]! - rgb[i * 3 + c]!) * alpha;
  }
}

/** Multiplies the canvas by a colour, as a wash of ink does with what lies below. */
export function glaze(sheet: Canvas, cover: Field, [red, green, blue]: Colour): void {
  const { size, rgb } = sheet;
  lay(sheet, cover, (x, y) => {
    const i = (y * size + x) * 3;
    return [rgb[i]! * red, rgb[i + 1]! * green, rgb[i + 2]! * blue];
  });
}

/** Lights the paint's thickness from the upper left. */
export function relief(sheet: Canvas, strength: number): void {
  const { size, rgb, height } = sheet;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const left = height[x > 0 ? i - 1 : i]!;
      const right = height[x < size - 1 ? i + 1 : i]!;
      const up = height[y > 0 ? i - size : i]!;
      const down = height[y < size - 1 ? i + size : i]!;
      const slope = clamp((right - left + 1.3 * (down - up)) * strength, -0.32, 0.32);
      for (let c = 0; c < 3; c++) {
        const value = rgb[i * 3 + c]!;
        // A lit ridge goes towards white, a shaded one keeps its hue: scaling alone would look like plastic.
        rgb[i * 3 + c] = clamp(slope > 0 ? value + (1 - value) * slope * 0.7 : value * (1 + slope));
      }
    }
  }
}

/** Half the size: each pixel the mean of four, which smooths every edge that was drawn at twice the size. */
export function halve(sheet: Canvas): Canvas {
  const size = sheet.size / 2;
  const result = { size, rgb: new Float32Array(size * size * 3), height: new Float32Array(size * size) };
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) {
        const at = (2 * y * sheet.size + 2 * x) * 3 + c;
        const row = sheet.size * 3;
        const { rgb } = sheet;
        result.rgb[(y * size + x) * 3 + c] =
          (rgb[at]! + rgb[at + 3]! + rgb[at + row]! + rgb[at + row + 3]!) / 4;
      }
    }
  }
  return result;
}

/**
 * Gives the half covered pixels of a cut-out's edge, and one beyond, the colour of the solid ones beside them:
 * what lay below the cut-out on the sheet would otherwise show as a fringe on every other ground.
 */
export function spreadColours({ size, rgb }: Canvas, alpha: Field): void {
  let solid = alpha.map((value) => (value > 0.995 ? 1 : 0));
  for (let pass = 0; pass < 2; pass++) {
    const grown = solid.slice();
    for (let i = 0; i < size * size; i++) {
      if (solid[i]) continue;
      const beside = [
        i - 1,
        i + 1,
        i - size,
        i + size,
        i - size - 1,
        i - size + 1,
        i + size - 1,
        i + size + 1,
      ];
      const from = beside.filter((j) => solid[j] === 1);
      if (from.length === 0) continue;
      grown[i] = 1;
      for (let c = 0; c < 3; c++) {
        rgb[i * 3 + c] = from.reduce((sum, j) => sum + rgb[j * 3 + c]!, 0) / from.length;
      }
    }
    solid = grown;
  }
  for (let i = 0; i < size * size; i++) if (!solid[i]) rgb.fill(0, i * 3, i * 3 + 3);
}

/** 64 levels a channel: beneath the grain nobody sees the rest, and the PNG is a third smaller. */
const LEVEL = 4;

/** The finished picture as 8-bit RGBA. `alpha` is 0…1 per pixel; without it the picture is opaque. */
export function toPixels({ size, rgb }: Canvas, alpha?: Field): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(size * size * 4);
  for (let i = 0; i < size * size; i++) {
    for (let c = 0; c < 3; c++) pixels[i * 4 + c] = Math.round((rgb[i * 3 + c]! * 255) / LEVEL) * LEVEL;
    pixels[i * 4 + 3] = alpha ? Math.round(alpha[i]! * 255) : 255;
  }
  return pixels;
}
