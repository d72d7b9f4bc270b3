import type { PDFDict, PDFObject } from 'pdf-lib';
import type { ExactColour, ExactColours, Spot } from '../colour/exact-colours.ts';
import type { PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import type { Evaluate } from './functions.ts';
import { type Segment, type StopColour, stopsOf } from './gradient-stops.ts';
import { name, type Reader } from './pdf.ts';

/** Half of the last digit that the browser writes, and what its own arithmetic adds. */
const ROUNDING = 0.7e-4;

/** A stop in the components of the plates; its colour is nothing where it lets everything through. */
interface InkStop {
  readonly colour: ExactColour | null;
  readonly rgb: readonly number[];
  readonly alpha: number;
}

/** A gradient with exact colours among its stops. */
export interface ExactGradient {
  readonly labels: readonly string[];
  readonly spot: Spot | null;
  readonly overprint: boolean;
  /** Its inks: four, or the one tint of its spot, by place. */
  readonly at: Evaluate;
  /** A part of a stitched function by itself. */
  part(fn: PDFObject): Evaluate;
}

/** A stop's own colour: opacities are multiplied into what the browser interpolates. */
export function unmixed(colour: StopColour): { rgb: readonly number[]; alpha: number; tolerance: number } {
  const [r = 0, g = 0, b = 0, alpha = 1] = colour;
  if (alpha <= ROUNDING) return { rgb: [0, 0, 0], alpha: 0, tolerance: 0 };
  return { rgb: [r / alpha, g / alpha, b / alpha], alpha, tolerance: ROUNDING / alpha };
}

/**
 * Finds out whether a shading runs between exact colours, and how it runs in their inks.
 * @throws PrintcatError for a gradient that no one kind of plates can hold
 */
export function exactGradient(
  reader: Reader,
  exact: ExactColours,
  colours: PressColours,
  shading: PDFDict,
): ExactGradient | null {
  const stops = exact.size > 0 ? stopsOf(reader, shading.get(name('Function'))) : null;
  if (!stops) return null;
  const stopOf = (printed: StopColour): InkStop => {
    const { rgb, alpha, tolerance } = unmixed(printed);
    return { colour: alpha === 0 ? null : exact.near(rgb, tolerance), rgb, alpha };
  };
  const all = stops.segments.flatMap(({ start, end }) => [stopOf(start), stopOf(end)]);
  const found = [...new Set(all.flatMap(({ colour }) => colour ?? []))];
  if (found.length === 0) return null;
  const spot = commonSpot(found, all);
  const overprint = found.some((colour) => colour.overprint);
  if (overprint && !spot) {
    throw new PrintcatError(`A gradient with ${labels(found)} cannot overprint: it has inks of the press`, {
      hint: 'Leave "overprint" away for a colour of gradients, or use a spot.',
    });
  }
  const convert = ([r = 0, g = 0, b = 0]: readonly number[]) => colours.rgb(r, g, b);
  const inksOf = ({ colour, rgb }: InkStop): readonly number[] => {
    if (colour?.kind === 'spot') return [colour.tint];
    return colour ? colour.cmyk : spot ? [0] : convert(rgb);
  };
  /** Straight in inks where an end is exact, in light between two others. */
  const along = ({ from, to, start, end }: Segment, t: number): readonly number[] => {
    const share = to > from ? (t - from) / (to - from) : 0;
    const [a, b] = [stopOf(start), stopOf(end)];
    if (!a.colour && !b.colour && a.alpha > 0 && b.alpha > 0) {
      const mixed = start.map((v, i) => v + (end[i]! - v) * share);
      return inksOf({ colour: null, ...unmixed(mixed) });
    }
    const [here, there] = [a.alpha * (1 - share), b.alpha * share];
    // What is wholly transparent has no colour of its own.
    const weight = here + there > 0 ? there / (here + there) : a.alpha > 0 ? 0 : 1;
    if (weight === 0) return inksOf(a);
    if (weight === 1) return inksOf(b);
    const others = inksOf(b);
    return inksOf(a).map((ink, i) => ink + (others[i]! - ink) * weight);
  };
  const evaluate =
    (segments: readonly Segment[], at: Evaluate): Evaluate =>
    (...inputs) => {
      const [t = 0] = at(...inputs);
      return [...along(segments.find(({ to }) => t <= to) ?? segments.at(-1)!, t)];
    };
  return {
    labels: found.map(({ label }) => label),
    spot,
    overprint,
    at: evaluate(stops.segments, stops.at),
    part: (fn) => {
      const own = stopsOf(reader, fn)!;
      return evaluate(own.segments, own.at);
    },
  };
}

/** The one spot of a gradient; `null` where it is of the four inks. */
function commonSpot(found: readonly ExactColour[], all: readonly InkStop[]): Spot | null {
  const spots = found.flatMap((colour) => (colour.kind === 'spot' ? [colour.spot] : []));
  const [first] = spots;
  if (!first) return null;
  const other = found.find((colour) => colour.kind !== 'spot' || colour.spot.name !== first.name);
  if (other) {
    throw new PrintcatError(`A gradient runs from ${labels([found[0]!, other])}: from one ink into another`, {
      hint: 'Let each fade to transparent, one gradient over the other.',
    });
  }
  const paper = ({ rgb, alpha, colour }: InkStop) =>
    colour !== null || alpha === 0 || rgb.every((v) => v > 0.999);
  if (!all.every(paper)) {
    throw new PrintcatError(`A gradient runs from the spot ${first.name} into a colour that is not its own`, {
      hint: 'Let it run to white, to transparent or to another tint of the spot.',
    });
  }
  return first;
}

const labels = (found: readonly ExactColour[]): string => found.map(({ label }) => label).join(' to ');
