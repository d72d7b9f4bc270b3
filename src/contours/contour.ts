import * as z from 'zod';
import type { Raster } from '../artwork/raster.ts';
import { PrintcatError } from '../errors.ts';
import { option } from '../option.ts';
import { formatMm } from '../units.ts';
import { coverageOf } from './coverage.ts';
import { signedDistance } from './distance.ts';
import { edgeOf, linesOf } from './edge.ts';
import { type Field, grown } from './field.ts';
import { calmedBy, fitLoop } from './fit.ts';
import { bridged, partsOf, withoutHoles, withoutSpecks } from './islands.ts';
import type { CutPath, Polygon } from './path.ts';
import { opened, smoothed, thickened } from './smooth.ts';

/** Where the outline of a picture comes from: its alpha, a plain ground, or a plain shape around it. */
export const OUTLINES = ['auto', 'alpha', 'ground', 'circle', 'ellipse', 'rectangle'] as const;
export type Outline = (typeof OUTLINES)[number];

/** How a contour is laid around a picture; a product puts these among its own options. */
export const contourOptions = {
  outline: option(z.enum(OUTLINES).default('auto'), {
    description:
      "What is cut around: the picture's alpha, what stands on its plain ground, either (auto), or a plain shape around it",
  }),
  border: option(z.number().min(0).max(50).default(2), {
    description: 'From the edge of the art to the cut',
    placeholder: 'mm',
  }),
  radius: option(z.number().min(0.2).max(20).default(1), {
    description: 'Smallest radius of the cut, inwards and outwards',
    placeholder: 'mm',
  }),
  narrowest: option(z.number().min(0).max(20).default(1), {
    description: 'Narrowest gap, neck and hole of the cut',
    placeholder: 'mm',
  }),
  holes: option(z.enum(['fill', 'keep']).default('fill'), {
    description: 'Whether holes in the art are cut out too',
  }),
  islands: option(z.enum(['join', 'refuse', 'separate']).default('join'), {
    description: 'What becomes of parts that lie apart: joined by bridges, refused, or cut one by one',
  }),
  bridge: option(z.number().min(0.5).max(50).default(3), {
    description: 'Width of a bridge between parts',
    placeholder: 'mm',
  }),
  speck: option(z.number().min(0).default(0.25), {
    description: 'Art smaller than this that lies apart is taken for dirt',
    placeholder: 'mm²',
  }),
};
export type ContourOptions = z.output<z.ZodObject<typeof contourOptions>>;

/** A cut around a picture, mm from the picture's top left corner. */
export interface Contour {
  readonly path: CutPath;
  /** The edge of the art that the cut keeps away from: its half-covered line without specks. */
  readonly art: readonly Polygon[];
  /** Parts that lay apart, before they were joined. */
  readonly islands: number;
  /** Specks left out. */
  readonly specks: number;
}

/** How far the fitted curves may lie off the computed line, mm. */
const TOLERANCE = 0.03;
/** The line is smoothed to a radius this much larger than asked, because curves swing about the line they fit. */
const SPARE = 1.1;
/**
 * Of what fitting draws arcs of the border's own radius in, so much is added before: then the straight stretches are off
 * as much to one side as those arcs to the other.
 */
const SHARE = 0.75;

/**
 * Lays a cut around what a picture or a mask shows. The cut keeps the border from the art everywhere, and exactly
 * so except where a corner, gap, neck or hole would be narrower than asked: there it stays further off. Without a border
 * (0) it cuts into the art instead: the art's own corners become as round as asked, and what is thinner is lost.
 * @param raster RGB with alpha, or a mask in grey (white is art)
 * @param width of the whole raster in print, mm
 * @throws PrintcatError where there is no art, or parts lie apart that may not
 */
export function contourOf(raster: Raster, width: number, options: ContourOptions): Contour {
  const { border, radius, narrowest, holes } = options;
  const round = Math.max(radius * SPARE, narrowest / 2);
  const coverage = coverageOf(raster, width, border + 4 * round, radius);
  const { art, dropped } = withoutSpecks(signedDistance(coverage), options.speck);
  if (!art.values.some((value) => value < 0)) {
    throw new PrintcatError('Expected art to cut around but the picture is empty or transparent', {
      hint: 'Choose a picture with an opaque subject, or cut the subject out first.',
    });
  }
  const drawnIn = calmedBy(radius) / (2 * Math.max(border, round));
  const around = grown(art, border > 0 ? border + SHARE * drawnIn : 0);
  const filled = (area: Field): Field => (holes === 'fill' ? signedDistance(withoutHoles(area)) : area);
  const rounded = (area: Field): Field => filled(smoothed(filled(area), round));
  const start = border >= round ? around : border > 0 ? thickened(around, round) : opened(around, round);
  let area = rounded(start);
  const { count } = partsOf(area, (value) => value < 0);
  if (count === 0) {
    throw new PrintcatError(`Expected art wider than ${formatMm(2 * round)} but none is`, {
      hint: 'Print it larger, or choose a wider border or a smaller radius.',
    });
  }
  if (count > 1 && options.islands === 'refuse') {
    throw new PrintcatError(`Expected art in one piece but received ${count} pieces that lie apart`, {
      hint: 'Choose a wider border, let the pieces be joined by bridges, or cut them one by one.',
    });
  }
  if (count > 1 && options.islands === 'join')
    area = rounded(bridged(area, Math.max(options.bridge, 2 * round)));
  const loops = linesOf(edgeOf(area)).map((line) => fitLoop(line, { tolerance: TOLERANCE, radius }));
  return { path: { loops }, art: linesOf(edgeOf(art)), islands: count, specks: dropped };
}
