/** A picture of floats, its channels interleaved. */
export interface Field {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Three box filters on end are a Gauss to the eye (W. M. Wells, 1986). */
const BOXES = 3;

/**
 * Blurs a picture as a Gauss of a standard deviation of about `sigma` px does. Left and right of it its edge pixels go
 * on; so above and below, unless `wrapY`: then its bottom joins its top.
 */
export function blurred(field: Field, sigma: number, wrapY: boolean): Field {
  // Three boxes of 2 r + 1 pixels have the variance of the Gauss: r (r + 1) = sigma².
  const radius = Math.max(1, Math.round((Math.sqrt(1 + 4 * sigma * sigma) - 1) / 2));
  const { width, height, channels } = field;
  let from = Float32Array.from(field.data);
  let to = new Float32Array(from.length);
  for (let box = 0; box < BOXES; box++) {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < channels; c++)
        boxAlong(from, to, y * width * channels + c, channels, width, radius, false);
    }
    [from, to] = [to, from];
    for (let i = 0; i < width * channels; i++) boxAlong(from, to, i, width * channels, height, radius, wrapY);
    [from, to] = [to, from];
  }
  return { ...field, data: from };
}

/** One line of numbers, `step` apart, each replaced by the mean of those up to `radius` away. */
function boxAlong(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
  wrap: boolean,
): void {
  const at = (i: number) =>
    from[start + step * (wrap ? ((i % length) + length) % length : Math.min(length - 1, Math.max(0, i)))]!;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < length; i++) {
    to[start + step * i] = sum / (2 * radius + 1);
    sum += at(i + radius + 1) - at(i - radius);
  }
}
