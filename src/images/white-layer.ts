import { mmToInch } from '../units.ts';

/**
 * The layer of white ink under a picture, as a file of its own: a grey PNG of the same pixels, black where white is
 * printed, as a plate is shown (白版 is asked for in black). White lies under everything that is not wholly clear.
 * @param png a picture with alpha
 * @param choke how far the white keeps inside the picture's edge, mm; so far the plates may slip before white is seen
 * @param ppi of the picture, px per inch
 */
export async function whiteLayer(
  png: Uint8Array,
  { choke, ppi }: { readonly choke: number; readonly ppi: number },
): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(png, { limitInputPixels: false })
    .ensureAlpha()
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const layer = choked(data, width, height, mmToInch(choke) * ppi);
  return sharp(layer, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .toColourspace('b-w')
    .withDensity(ppi)
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/**
 * 0 where there is ink, 255 where there is none. How near a clear pixel is, is looked for along the rows, then along the
 * columns, no further than matters.
 * @param radius px
 */
function choked(alpha: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  // A clear pixel ends half a pixel from its middle.
  const clear = radius + 0.5;
  const reach = Math.ceil(clear);
  const far = reach + 1;
  /** To the nearest clear pixel of its row, px, at most `far`. */
  const across = new Uint16Array(alpha.length);
  for (let row = 0; row < alpha.length; row += width) {
    let since = far;
    for (let i = row; i < row + width; i++) across[i] = since = alpha[i] === 0 ? 0 : Math.min(far, since + 1);
    since = far;
    for (let i = row + width - 1; i >= row; i--) {
      since = alpha[i] === 0 ? 0 : Math.min(far, since + 1);
      across[i] = Math.min(across[i]!, since);
    }
  }
  const layer = new Uint8Array(alpha.length).fill(255);
  for (let y = 0; y < height; y++) {
    const [from, to] = [Math.max(0, y - reach), Math.min(height - 1, y + reach)];
    for (let x = 0; x < width; x++) {
      let nearest = far * far;
      for (let v = from; v <= to; v++) {
        const sideways = across[v * width + x]!;
        if (sideways < far) nearest = Math.min(nearest, sideways * sideways + (v - y) * (v - y));
      }
      if (nearest >= clear * clear) layer[y * width + x] = 0;
    }
  }
  return layer;
}
