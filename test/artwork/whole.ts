import type { Patch, Region } from '../../src/artwork/raster.ts';

/** Reads regions of a picture in memory: exactly the pixels asked for, which must lie within it. */
export const regionReader =
  (picture: Patch) =>
  ({ left, top, width, height }: Region): Patch => {
    const { channels, bounds } = picture;
    if (left < 0 || top < 0 || left + width > picture.width || top + height > picture.height) {
      throw new Error(`asked for pixels beyond the picture: ${JSON.stringify({ left, top, width, height })}`);
    }
    const data = new Uint8Array(width * height * channels);
    for (let y = 0; y < height; y++) {
      const from = ((top + y) * picture.width + left) * channels;
      data.set(picture.data.subarray(from, from + width * channels), y * width * channels);
    }
    return { data, channels, left, top, width, height, bounds };
  };
