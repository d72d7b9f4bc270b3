import type { Raster } from '../artwork/raster.ts';

/** The picture with its rows as columns. */
export function transposed({ data, width, height, channels }: Raster): Raster {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [(y * width + x) * channels, (x * height + y) * channels];
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c]!;
    }
  }
  return { data: out, width: height, height: width, channels };
}
