import { expected } from '../errors.ts';
import { formatMm, inset, MM_PER_INCH, mmToPx, type Size } from '../units.ts';
import type { ArtworkWish, FocalPoint } from './artwork.ts';
import type { PixelSize, Region } from './raster.ts';

/** Which part of the original goes where in the slot. */
export interface Plan {
  /** Pixels of the slot with its bleed. */
  readonly widthPx: number;
  readonly heightPx: number;
  /**
   * The part of the upright original, in its own (fractional) pixels, that the slot with its bleed covers. Where the
   * bleed is to be filled it may reach beyond the original.
   */
  readonly source: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** The slot's pixels that show the original itself; those around it are filled. */
  readonly shown: Region;
  /** How far the original could be moved and still cover what it must, mm. */
  readonly play: Size;
  readonly sourcePpi: number;
  readonly factor: number;
}

/**
 * The largest slot: 150 million pixels (A0 is 139 at 300 ppi), which takes about 1 GB while it is made.
 */
export const MAX_PIXELS = 150e6;

/**
 * The pixels of a slot with its bleed: as many as it shows at the wished ppi, rounded up.
 * @throws PrintcatError where the slot is not a box, or larger than can be made
 */
export function slotPixels({ size, bleed, ppi }: Pick<ArtworkWish, 'size' | 'bleed' | 'ppi'>) {
  const trim = inset({ x: 0, y: 0, ...size }, bleed);
  if (!(trim.width > 0 && trim.height > 0 && ppi > 0)) {
    throw expected(
      'a box that is larger than its bleed',
      'a picture slot',
      `${formatMm(size.width)} × ${formatMm(size.height)}`,
    );
  }
  const widthPx = mmToPx(size.width, ppi);
  const heightPx = mmToPx(size.height, ppi);
  if (widthPx * heightPx > MAX_PIXELS) {
    throw expected(
      `at most ${MAX_PIXELS / 1e6} million pixels`,
      `a picture slot of ${formatMm(size.width)} × ${formatMm(size.height)} at ${ppi} ppi`,
      `${Math.ceil((widthPx * heightPx) / 1e6)} million`,
      'Large prints are looked at from afar: choose a lower --ppi.',
    );
  }
  return { trim, widthPx, heightPx };
}

/** Lengths that differ by less than this are equal: a millionth of a pixel is nobody's pixel. */
const EPSILON = 1e-6;

/** The place between `low` and `high` that is nearest to `wanted`. */
const nearest = (wanted: number, low: number, high: number): number =>
  Math.max(Math.min(low, high), Math.min(high, wanted));

/** One direction: the slot from 0 to `box` mm, of which `from…to` must be covered, and the original `length` px. */
interface Axis {
  readonly box: number;
  readonly from: number;
  readonly to: number;
  /** Middle of the trim part, mm: where the subject should come to lie. */
  readonly middle: number;
  readonly length: number;
}

/**
 * Where the original begins, mm from the slot's edge, when one of its pixels takes `scale` mm.
 * @param focus fraction of the original's length that should come to lie in the middle of the trim part
 */
function place({ box, from, to, middle, length }: Axis, scale: number, focus: number) {
  const extent = length * scale;
  // The picture itself is better than any filling: long enough for the bleed, it covers the bleed.
  const covers = extent >= box - EPSILON;
  const [low, high] = covers ? [box - extent, 0] : [to - extent, from];
  return { start: nearest(middle - focus * extent, low, high), play: Math.max(0, high - low) };
}

/** The slot's pixels that lie wholly in the original's span, mm. */
function pixelsWithin(start: number, extent: number, pitch: number, count: number) {
  const first = Math.max(0, Math.ceil(start / pitch - EPSILON));
  return { first, count: Math.min(count, Math.floor((start + extent) / pitch + EPSILON)) - first };
}

/**
 * Lays the original into the slot: at one scale in both directions, as small as covers what must be covered, moved
 * so that the focal point comes as near to the middle of the trim part as the original allows.
 * @param original size of the upright original, px
 * @param focal fractions of the original's size
 * @throws PrintcatError where the slot is not a box, or larger than can be made
 */
export function planArtwork(
  original: Size,
  wish: Pick<ArtworkWish, 'size' | 'bleed' | 'ppi' | 'bleedFill'>,
  focal: FocalPoint = { x: 0.5, y: 0.5 },
): Plan {
  const { size, bleed, bleedFill } = wish;
  const { trim, widthPx, heightPx } = slotPixels(wish);
  // A box is a whole number of pixels wide, so a pixel of the slot is a little less than an inch / ppi.
  const pitchX = size.width / widthPx;
  const pitchY = size.height / heightPx;
  const whole = bleedFill === 'scale';
  // What will be filled begins at a whole pixel, so that the filling is exact; outwards, so that the trim is covered.
  const down = (mm: number, pitch: number) => (whole ? 0 : Math.floor(mm / pitch + EPSILON) * pitch);
  const axisX: Axis = {
    box: size.width,
    from: down(bleed.left, pitchX),
    to: size.width - down(bleed.right, pitchX),
    middle: trim.x + trim.width / 2,
    length: original.width,
  };
  const axisY: Axis = {
    box: size.height,
    from: down(bleed.top, pitchY),
    to: size.height - down(bleed.bottom, pitchY),
    middle: trim.y + trim.height / 2,
    length: original.height,
  };
  const scale = Math.max((axisX.to - axisX.from) / original.width, (axisY.to - axisY.from) / original.height);
  const x = place(axisX, scale, focal.x);
  const y = place(axisY, scale, focal.y);
  const columns = pixelsWithin(x.start, original.width * scale, pitchX, widthPx);
  const rows = pixelsWithin(y.start, original.height * scale, pitchY, heightPx);
  return {
    widthPx,
    heightPx,
    source: {
      x: (0 - x.start) / scale,
      y: (0 - y.start) / scale,
      width: size.width / scale,
      height: size.height / scale,
    },
    shown: { left: columns.first, top: rows.first, width: columns.count, height: rows.count },
    play: { width: x.play, height: y.play },
    sourcePpi: MM_PER_INCH / scale,
    factor: Math.max(scale / pitchX, scale / pitchY),
  };
}

/**
 * The size at which the original is read: its own, or, where it will be reduced to less than half, one that libvips
 * can reduce it to faster and in less memory, half as large again as needed. The detour is not seen (56 dB between
 * both, at most 2 of 255).
 */
export function readingSize(original: PixelSize, { factor }: Plan): PixelSize {
  if (factor >= 0.5) return { width: original.width, height: original.height };
  const reduced = (length: number) => Math.ceil(length * factor * 1.5);
  return { width: reduced(original.width), height: reduced(original.height) };
}

/** The same plan for the original at another size. */
export function scalePlan(plan: Plan, from: PixelSize, to: PixelSize): Plan {
  const x = to.width / from.width;
  const y = to.height / from.height;
  const { source } = plan;
  return {
    ...plan,
    source: { x: source.x * x, y: source.y * y, width: source.width * x, height: source.height * y },
  };
}
