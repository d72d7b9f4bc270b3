import type { ExactColour, ExactColours, Spot } from '../colour/exact-colours.ts';
import type { Cmyk, PressColours } from '../colour/press-colours.ts';
import { PrintcatError } from '../errors.ts';
import { overprints, RICH_FROM_PT } from './black.ts';
import { pdfNumber } from './content.ts';
import type { Extent } from './extents.ts';
import { convertRgb, type Mode } from './inks.ts';
import type { Matrix } from './matrix.ts';
import type { Laid, Mixing } from './paint.ts';
import type { Reader } from './pdf.ts';
import type { Resources } from './resources.ts';
import type { SpotPlate, Spots } from './spots.ts';
import { type GroupOpacity, isBlack, OPAQUE, shade, veil } from './transparency.ts';

/** Where a content stream stands. */
export interface Place {
  readonly mode: Mode;
  /** Whether black may darken by multiplication: only where what it falls on is in the same group. */
  readonly multiplies: boolean;
  readonly group: GroupOpacity;
  /** Whether a group around it is blended in a way that mixes inks with what lies below. */
  readonly blended: boolean;
  /** From the stream's units to the page's pt, without translation; `null` where sizes are not known. */
  readonly scale: Matrix | null;
  /**
   * Moves patterns of the page itself by (x, y) pt: a pattern's matrix does not see the page's own translation.
   */
  readonly shift?: readonly [number, number];
}

/** A place that nothing is known of yet. */
export const UNPLACED = { multiplies: false, group: OPAQUE, blended: false, scale: null } as const;

/** Equal keys, equal conversions. */
export const keyOf = ({ mode, multiplies, group, blended, scale, shift }: Place): string =>
  [
    ...[mode, multiplies ? 'm' : '', group.shown, group.laid, blended ? 'b' : ''],
    ...[scale?.map(pdfNumber) ?? '', shift ? 'page' : ''],
  ].join(' ');

/** What turns colours into what stands on the plates. */
export interface Plates {
  readonly colours: PressColours;
  readonly exact: ExactColours;
  readonly spots: Spots;
  /** The inks of large black areas; `null` where they are black ink alone. */
  readonly richBlack: Cmyk | null;
}

/** How a paint is used. */
export interface Use {
  readonly stroking: boolean;
  readonly alpha: number;
  readonly blend: string;
  /** Whether a soft mask lies on it. */
  readonly masked: boolean;
  readonly extent: Extent;
}

/** How a flat colour is put on the plates. */
export function layColour(
  plates: Plates,
  rgb: readonly number[],
  use: Use,
  place: Place,
  resources: Resources,
): Laid {
  const { colours, exact, richBlack } = plates;
  const { stroking, alpha, blend, extent, masked } = use;
  const { mode, multiplies, group } = place;
  if (mode !== 'inks') {
    const grey = convertRgb(colours, rgb, mode).map(pdfNumber).join(' ');
    return { operators: `${grey} ${stroking ? 'G' : 'g'}`, alpha, blend };
  }
  const own = exact.at(rgb);
  if (own) return layExact(plates, own, use, place, resources);
  if (multiplies && blend === 'Normal' && group.shown === 1 && (alpha < 1 || masked) && isBlack(rgb)) {
    return { operators: cmyk(shade(colours, alpha), stroking), alpha: 1, blend: 'Multiply' };
  }
  const isLarge = !stroking && !extent.isType && extent.size >= RICH_FROM_PT;
  if (richBlack && isLarge && isBlack(rgb) && isPlain(use, place)) {
    return { operators: cmyk(colours.noted(richBlack), stroking), alpha, blend };
  }
  const laid = veil(rgb, alpha, group, (r, g, b) => colours.rgb(r, g, b));
  const overprint = isPlain(use, place) && overprints(laid.inks, extent);
  return { operators: cmyk(laid.inks, stroking), alpha: laid.alpha, blend, overprint };
}

const cmyk = (inks: readonly number[], stroking: boolean) =>
  `${inks.map(pdfNumber).join(' ')} ${stroking ? 'K' : 'k'}`;

/** Whether a colour is simply painted, and how large is known. */
const isPlain = ({ alpha, blend }: Use, { group, scale }: Place): boolean =>
  alpha === 1 && blend === 'Normal' && group.shown === 1 && scale !== null;

/** Inks as their author wrote them; opacity thins them and nothing else. */
function layExact(plates: Plates, own: ExactColour, use: Use, place: Place, resources: Resources): Laid {
  const { stroking, alpha, blend, extent } = use;
  refuseBlending([own.label], blend, place);
  if (own.kind === 'process') {
    const overprint = own.overprint ?? (isPlain(use, place) && overprints(own.cmyk, extent));
    return { operators: cmyk(plates.colours.noted(own.cmyk), stroking), alpha, blend, overprint };
  }
  return {
    ...laySpot(plates.spots, own, stroking, resources),
    alpha,
    blend,
    overprint: own.overprint ?? false,
  };
}

/** How a tint of a spot, 0…1, is put on its plate, in its layer. */
export function laySpot(
  spots: Spots,
  { spot, tint }: { readonly spot: Spot; readonly tint: number },
  stroking: boolean,
  resources: Resources,
): { readonly operators: string; readonly layer: string | null } {
  const plate = spots.of(spot);
  const space = resources.add('ColorSpace', plate.name, () => plate.space);
  return {
    operators: `/${space} ${stroking ? 'CS' : 'cs'} ${pdfNumber(tint)} ${stroking ? 'SCN' : 'scn'}`,
    layer: layerName(plate, resources),
  };
}

/** The name of a layer among the resources. */
export const layerName = ({ name, layer }: SpotPlate, resources: Resources): string | null =>
  layer && resources.add('Properties', name, () => layer);

/**
 * Multiplication leaves every ink its plate; other blend modes mix the plates.
 * @param labels what the colours are called
 * @throws PrintcatError where exact colours are blended by another mode
 */
export function refuseBlending(labels: readonly string[], blend: string, { blended }: Place): void {
  if (!blended && keepsPlates(blend)) return;
  throw new PrintcatError(
    `The exact colour ${labels[0]} is blended with what lies below it: its inks would not stay what they are`,
    { hint: 'Use mix-blend-mode: multiply or none for an element with exact colours.' },
  );
}

export const keepsPlates = (blend: string): boolean => ['Normal', 'Compatible', 'Multiply'].includes(blend);

/** The name of a graphics state with these parameters among the resources. */
export function mixingState(reader: Reader, resources: Resources, mixing: Mixing): string {
  const { fillAlpha, strokeAlpha, blend, fillOverprint, strokeOverprint } = mixing;
  const parts = [fillAlpha, strokeAlpha].map((v) => pdfNumber(v).replace('.', '_'));
  const over = `${fillOverprint ? 'f' : ''}${strokeOverprint ? 's' : ''}`;
  const state = {
    ...{ Type: 'ExtGState', ca: fillAlpha, CA: strokeAlpha, BM: blend },
    ...{ op: fillOverprint, OP: strokeOverprint },
    // Inks that are not in the colour leave what lies below (ISO 32000-1, 8.6.7).
    ...(over && { OPM: 1 }),
  };
  const key = `Mix${parts.join('-')}${blend}${over && `-over-${over}`}`;
  return resources.add('ExtGState', key, () => reader.context.obj(state));
}
