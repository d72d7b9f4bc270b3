import { type Lab, toLab } from '../artwork/lab.ts';
import type { Raster } from '../artwork/raster.ts';
import { PrintcatError } from '../errors.ts';

/** How far a colour may lie from the ground's and still be ground, ΔE*ab (CIE 1976). */
export const GROUND_TOLERANCE = 12;
/** Share of the picture's rim that must be ground: a subject may be cut off by one side, as a bust is. */
const PLAIN_RIM = 0.7;
/** Least and most of the picture that a subject can be. */
const [LEAST_SUBJECT, MOST_SUBJECT] = [0.01, 0.97];
/** How far into the subject its own colour is looked for, px: a soft edge is not wider. */
const SOFT_EDGE = 2;

/** What else there is where a ground is not plain. */
const OTHER_OUTLINES =
  'Use a picture with transparency, or lay a plain shape around it: --outline circle, ellipse or rectangle.';

const apart = (a: Lab, b: Lab): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/**
 * Cuts the subject out of a picture whose ground is plain: everything of the ground's colour that can be reached
 * from the rim goes (a flood in CIE L*a*b*: measured on plain grounds it overlaps with masks made by hand by
 * 0.93–0.95). A ground of several colours needs a network of weights that are not to be had under a free licence for
 * every use, so it is refused. Ground that the subject encloses stays.
 * @param raster RGB
 * @param tolerance how far colours of the ground may lie from each other, ΔE*ab
 * @returns a mask: white is art, with soft edges
 * @throws PrintcatError where the ground is not plain, or nothing or everything is left
 */
export function cutOutOfPlainGround(raster: Raster, tolerance = GROUND_TOLERANCE): Raster {
  const { width, height } = raster;
  const rim = rimOf(width, height);
  const ground = medianOf(rim.map((at) => labAt(raster, at)));
  const off = Float32Array.from({ length: width * height }, (_, at) => apart(labAt(raster, at), ground));
  const plain = rim.filter((at) => off[at]! <= tolerance).length / rim.length;
  if (plain < PLAIN_RIM) {
    const [asked, found] = [PLAIN_RIM, plain].map((share) => `${Math.round(share * 100)} %`);
    throw new PrintcatError(
      `Expected a plain ground, one colour along ${asked} of the picture's rim at least, but only ${found} is`,
      { hint: OTHER_OUTLINES },
    );
  }
  const data = softMask(off, width, flood(off, width, rim, tolerance));
  const subject = data.reduce((sum, value) => sum + value, 0) / (255 * data.length);
  if (subject < LEAST_SUBJECT || subject > MOST_SUBJECT) {
    throw new PrintcatError(
      `Expected a subject that stands off its ground but ${Math.round(subject * 100)} % of the picture does`,
      { hint: OTHER_OUTLINES },
    );
  }
  return { data, width, height, channels: 1 };
}

/** The colour of a pixel, by its number. */
function labAt({ data, channels }: Raster, index: number): Lab {
  const at = index * channels;
  const second = channels === 1 ? 0 : 1;
  return toLab([data[at]!, data[at + second]!, data[at + 2 * second]!]);
}

/** The places along the rim. */
function rimOf(width: number, height: number): number[] {
  const rim: number[] = [];
  for (let x = 0; x < width; x++) rim.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) rim.push(y * width, y * width + width - 1);
  return rim;
}

function medianOf(colours: readonly Lab[]): Lab {
  const middle = (k: 0 | 1 | 2): number =>
    colours.map((colour) => colour[k]).toSorted((a, b) => a - b)[colours.length >> 1]!;
  return [middle(0), middle(1), middle(2)];
}

/**
 * Marks the ground that can be reached from the rim.
 * @param off how far each pixel's colour lies from the ground's, ΔE
 */
function flood(off: Float32Array, width: number, rim: readonly number[], tolerance: number): Uint8Array {
  const marked = new Uint8Array(off.length);
  const stack: number[] = [];
  const visit = (at: number): void => {
    if (marked[at] || off[at]! > tolerance) return;
    marked[at] = 1;
    stack.push(at);
  };
  for (const start of rim) visit(start);
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column + 1 < width) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at + width < off.length) visit(at + width);
  }
  return marked;
}

/** A pixel beside the ground is art by as much as it has left the ground's colour for the art's behind it. */
function softMask(off: Float32Array, width: number, isGround: Uint8Array): Uint8ClampedArray {
  const height = off.length / width;
  const mask = new Uint8ClampedArray(off.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (isGround[at]) continue;
      let [beside, most] = [false, 0];
      for (let j = Math.max(0, y - SOFT_EDGE); j <= Math.min(height - 1, y + SOFT_EDGE); j++) {
        for (let i = Math.max(0, x - SOFT_EDGE); i <= Math.min(width - 1, x + SOFT_EDGE); i++) {
          const other = j * width + i;
          if (!isGround[other]) most = Math.max(most, off[other]!);
          else if (Math.abs(i - x) + Math.abs(j - y) === 1) beside = true;
        }
      }
      mask[at] = beside && most > 0 ? (255 * off[at]!) / most : 255;
    }
  }
  return mask;
}
