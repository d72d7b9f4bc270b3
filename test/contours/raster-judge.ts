import sharp from 'sharp';
import type { XY } from './judge.ts';

/** A grid of squares, 1 where art is, and where its first square's middle lies, mm. */
export interface Mask {
  readonly art: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Side of a square, mm. */
  readonly pixel: number;
  /** mm, both ways. */
  readonly origin: number;
}

const MM_PER_INCH = 25.4;

/**
 * A mask as a printer's raster has it: enlarged between its pixels' middles to a resolution by libvips, and a square is
 * art where it is covered by more than half.
 * @param grey white is art
 * @param print width of the whole picture, mm
 * @param margin of empty squares around it, mm
 */
export async function printed(
  grey: { data: Uint8Array | Uint8ClampedArray; width: number; height: number },
  { print, margin, ppi }: { print: number; margin: number; ppi: number },
): Promise<Mask> {
  const columns = Math.round((print / MM_PER_INCH) * ppi);
  const pixel = print / columns;
  const rows = Math.round((columns * grey.height) / grey.width);
  const raw = { width: grey.width, height: grey.height, channels: 1 } as const;
  const data = await sharp(grey.data, { raw })
    .resize(columns, rows, { fit: 'fill', kernel: 'linear' })
    .extractChannel(0)
    .raw()
    .toBuffer();
  const around = Math.ceil(margin / pixel);
  const [width, height] = [columns + 2 * around, rows + 2 * around];
  const art = new Uint8Array(width * height);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (data[y * columns + x]! > 127) art[(y + around) * width + x + around] = 1;
    }
  }
  return { art, width, height, pixel, origin: (0.5 - around) * pixel };
}

/**
 * How far each square's middle is from the nearest square that counts, mm: the nearest in each column first, then the
 * nearest of all columns, each one looked at until none further off can be nearer.
 */
export function distanceMap({ width, height, pixel }: Mask, counts: (at: number) => boolean): Float64Array {
  const upright = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY);
  for (let x = 0; x < width; x++) {
    let run = Number.POSITIVE_INFINITY;
    for (let y = 0; y < height; y++) {
      run = counts(y * width + x) ? 0 : run + 1;
      upright[y * width + x] = run;
    }
    run = Number.POSITIVE_INFINITY;
    for (let y = height - 1; y >= 0; y--) {
      run = counts(y * width + x) ? 0 : run + 1;
      upright[y * width + x] = Math.min(upright[y * width + x]!, run);
    }
  }
  const result = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let square = upright[y * width + x]! ** 2;
      for (let off = 1; off < width && off * off < square; off++) {
        if (x - off >= 0) square = Math.min(square, off * off + upright[y * width + x - off]! ** 2);
        if (x + off < width) square = Math.min(square, off * off + upright[y * width + x + off]! ** 2);
      }
      result[y * width + x] = Math.sqrt(square) * pixel;
    }
  }
  return result;
}

/** A map between its squares' middles; infinite beyond them. */
export function readAt({ width, height, pixel, origin }: Mask, map: Float64Array, [px, py]: XY): number {
  const [u, v] = [(px - origin) / pixel, (py - origin) / pixel];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  if (i < 0 || j < 0 || i + 1 >= width || j + 1 >= height) return Number.POSITIVE_INFINITY;
  const at = j * width + i;
  const [fx, fy] = [u - i, v - j];
  const above = map[at]! * (1 - fx) + map[at + 1]! * fx;
  const below = map[at + width]! * (1 - fx) + map[at + width + 1]! * fx;
  return above * (1 - fy) + below * fy;
}

/** Dashes of a hair that lie as near to each other as this are one, mm. */
const DASHES = 0.5;

/**
 * The art without dirt: of what hangs together, over gaps of a hair's dashes too, what has less than an area.
 * @param toArt distances from the art, mm
 * @param least mm²
 */
export function withoutDirt({ art, width, pixel }: Mask, toArt: Float64Array, least: number): Uint8Array {
  const kept = new Uint8Array(art);
  const seen = new Uint8Array(art.length);
  for (let start = 0; start < art.length; start++) {
    if (!art[start] || seen[start]) continue;
    const part = [start];
    seen[start] = 1;
    for (const at of part) {
      for (const next of [at - 1, at + 1, at - width, at + width]) {
        if (seen[next] || !(toArt[next]! < DASHES / 2)) continue;
        seen[next] = 1;
        part.push(next);
      }
    }
    const own = part.filter((at) => art[at]);
    if (own.length * pixel ** 2 < least) for (const at of own) kept[at] = 0;
  }
  return kept;
}
