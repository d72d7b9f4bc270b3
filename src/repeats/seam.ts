import { toLab } from '../artwork/lab.ts';
import type { Raster } from '../artwork/raster.ts';
import { messageOf, PrintcatError } from '../errors.ts';
import { transposed } from './transposed.ts';

/** How much a picture's seams stand out when it is laid side by side with itself: 1 is as much as its own contours. */
export interface SeamScore {
  /** Of the seam between its right and its left edge. */
  readonly across: number;
  /** Of the seam between its bottom and its top edge. */
  readonly down: number;
}

/**
 * Up to this score nobody finds the seam. On made pictures that are cyclic (waves, noise, clouds, chequers, dots over the
 * edge) the score is at most 1.00; on those that are not it is at least 3. Of 31 generated pictures the seams that
 * can be seen score 1.3 to 12, those between edges of one colour 0 to 0.5.
 */
export const CYCLIC_UP_TO = 1.2;

export const isCyclic = ({ across, down }: SeamScore): boolean =>
  across <= CYCLIC_UP_TO && down <= CYCLIC_UP_TO;

/** Longer side at which a picture is looked at, px: how strong a jump between pixels is depends on their size. */
const LOOK_AT = 512;
/**
 * The seam is compared with this share of the picture's own boundaries between pixels: those that stand out more, one in
 * fifty, are its contours.
 */
const OWN = 0.98;
/** The worst part of a seam is what one in twenty of its pixels exceeds: a subject that is cut off by a plain edge. */
const WORST = 0.95;
/** Differences of L*a*b* below which a seam is not seen however even the picture: along all of it, and in its worst part. */
const SEEN = { mean: 1, worst: 3 } as const;

/** Three floats a pixel; what is transparent lies on white. */
function labOf({ data, channels }: Raster): Float32Array {
  const lab = new Float32Array((data.length / channels) * 3);
  for (let to = 0, from = 0; to < lab.length; to += 3, from += channels) {
    const alpha = channels === 4 ? data[from + 3]! / 255 : 1;
    const on = (c: number) => data[from + (channels === 1 ? 0 : c)]! * alpha + 255 * (1 - alpha);
    lab.set(toLab([on(0), on(1), on(2)]), to);
  }
  return lab;
}

const quantile = (values: Float64Array, share: number): number =>
  values.toSorted()[Math.min(values.length - 1, Math.floor(share * values.length))]!;

/** The jump over each boundary between a column and the next, the last to the first: its mean, and its worst part. */
function jumps(lab: Float32Array, width: number, height: number) {
  const mean = new Float64Array(width);
  const worst = new Float64Array(width);
  const jump = new Float64Array(height);
  const smooth = new Float64Array(height);
  // A single pixel is grain; a part of a seam is at least so many.
  const reach = Math.max(1, Math.round(height / 128));
  for (let x = 0; x < width; x++) {
    const next = (x + 1) % width;
    for (let y = 0; y < height; y++) {
      const [a, b] = [(y * width + x) * 3, (y * width + next) * 3];
      let sum = 0;
      for (let c = 0; c < 3; c++) sum += (lab[b + c]! - lab[a + c]!) ** 2;
      jump[y] = Math.sqrt(sum);
    }
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) sum += jump[(y + k + height * (reach + 1)) % height]!;
      smooth[y] = sum / (2 * reach + 1);
    }
    mean[x] = smooth.reduce((a, b) => a + b) / height;
    worst[x] = quantile(smooth, WORST);
  }
  return { mean, worst };
}

function scoreAcross({ width, height }: Raster, lab: Float32Array): number {
  if (width < 2) return 0;
  const { mean, worst } = jumps(lab, width, height);
  const ratio = (values: Float64Array, seen: number) =>
    values.at(-1)! / Math.max(seen, quantile(values.subarray(0, -1), OWN));
  return Math.max(ratio(mean, SEEN.mean), ratio(worst, SEEN.worst));
}

/**
 * Tells whether a picture joins its own copies: the jump from its last column to its first, in L*a*b*, against the jumps
 * between its other columns; rows likewise.
 * @param raster best about 512 px large (`readForSeams`)
 */
export function seamScore(raster: Raster): SeamScore {
  const turned = transposed(raster);
  return { across: scoreAcross(raster, labOf(raster)), down: scoreAcross(turned, labOf(turned)) };
}

/**
 * Reads a picture at the size at which its seams are scored.
 * @throws PrintcatError where it cannot be read
 */
export async function readForSeams(path: string): Promise<Raster> {
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(path, { limitInputPixels: false, autoOrient: true })
      .toColourspace('srgb')
      .resize(LOOK_AT, LOOK_AT, { fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
  } catch (error) {
    throw new PrintcatError(
      `Expected a readable picture but ${path} is not: ${messageOf(error).split('\n')[0]}`,
      {
        cause: error,
      },
    );
  }
}
