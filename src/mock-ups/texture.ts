import type { Box } from '../units.ts';

/** The picture of a page in halves of its size, each the mean of the one before. */
export interface Texture {
  /** What of the page it shows, mm from the trim's top left corner. */
  readonly box: Box;
  readonly levels: readonly Level[];
}

interface Level {
  readonly width: number;
  readonly height: number;
  /** RGBA, colours multiplied by their alpha. */
  readonly data: Uint8ClampedArray;
}

/**
 * Makes a texture of pixels.
 * @param data RGBA, not multiplied
 */
export function textureOf(data: Uint8ClampedArray, width: number, height: number, box: Box): Texture {
  const first = new Uint8ClampedArray(data);
  for (let i = 0; i < first.length; i += 4) {
    const alpha = first[i + 3]!;
    if (alpha === 255) continue;
    for (let c = 0; c < 3; c++) first[i + c] = (first[i + c]! * alpha) / 255;
  }
  const levels: Level[] = [{ width, height, data: first }];
  for (let last = levels[0]!; last.width > 1 && last.height > 1; last = levels.at(-1)!) {
    levels.push(half(last));
  }
  return { box, levels };
}

function half({ width, height, data }: Level): Level {
  const [w, h] = [width >> 1, height >> 1];
  const smaller = new Uint8ClampedArray(w * h * 4);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const from = (2 * y * width + 2 * x) * 4;
      const below = from + width * 4;
      for (let c = 0; c < 4; c++) {
        smaller[(y * w + x) * 4 + c] =
          (data[from + c]! + data[from + 4 + c]! + data[below + c]! + data[below + 4 + c]!) / 4;
      }
    }
  }
  return { width: w, height: h, data: smaller };
}

/** mm of the page that one pixel of the full picture shows. */
export const mmPerPixel = ({ box, levels }: Texture): number => box.width / levels[0]!.width;

/**
 * Reads a texture between its pixels and between its halves.
 * @param u mm from the trim's left edge
 * @param v mm from its top edge
 * @param blur how many halvings fit one pixel of the screen, 0 for none
 * @param into red, green, blue and alpha, 0–255, multiplied
 */
export function sample(texture: Texture, u: number, v: number, blur: number, into: Float64Array): void {
  const { box, levels } = texture;
  const x = (u - box.x) / box.width;
  const y = (v - box.y) / box.height;
  const at = Math.min(levels.length - 1, Math.max(0, blur));
  const lower = Math.floor(at);
  bilinear(levels[lower]!, x, y, 1 - (at - lower), into, true);
  if (at > lower) bilinear(levels[lower + 1]!, x, y, at - lower, into, false);
}

function bilinear(
  { width, height, data }: Level,
  x: number,
  y: number,
  weight: number,
  into: Float64Array,
  isFirst: boolean,
): void {
  const px = Math.min(width - 1, Math.max(0, x * width - 0.5));
  const py = Math.min(height - 1, Math.max(0, y * height - 0.5));
  const [left, top] = [Math.floor(px), Math.floor(py)];
  const right = left + 1 < width ? 4 : 0;
  const below = top + 1 < height ? width * 4 : 0;
  const [fx, fy] = [px - left, py - top];
  const i = (top * width + left) * 4;
  const [a, b] = [(1 - fx) * (1 - fy) * weight, fx * (1 - fy) * weight];
  const [c, d] = [(1 - fx) * fy * weight, fx * fy * weight];
  for (let k = 0; k < 4; k++) {
    const j = i + k;
    const value = data[j]! * a + data[j + right]! * b + data[j + below]! * c + data[j + right + below]! * d;
    into[k] = isFirst ? value : into[k]! + value;
  }
}
