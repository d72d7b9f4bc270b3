import type { PressColours } from '../colour/press-colours.ts';

/** A colour that is laid over others: its inks and how much of what lies below it covers, 0…1. */
export interface Veil {
  readonly inks: readonly number[];
  readonly alpha: number;
}

/** Below it a veil's inks cannot be told apart by what they do to paper. */
const FAINTEST = 0.02;

/** The opacity of the groups around a colour: as the page has it, and as it is laid down (see `veil`). */
export interface GroupOpacity {
  readonly shown: number;
  readonly laid: number;
}

export const OPAQUE: GroupOpacity = { shown: 1, laid: 1 };

/**
 * The inks of a see-through colour. A browser mixes light, a press mixes inks: half of a blue's inks are not what
 * half of its light is. So the inks are those that are right over bare paper: what the profile gives for the
 * colour mixed with white, divided by how much of it is laid down; where that is more than solid, more is laid
 * down. Over a photograph this is nearer too (measured for blue at 50 %: mean ΔE2000 7.9 instead of 14.5; for
 * red 4.4 instead of 7.4).
 * @param alpha the colour's own opacity
 * @param convert gives the inks of an sRGB colour
 */
export function veil(
  rgb: readonly number[],
  alpha: number,
  group: GroupOpacity,
  convert: (r: number, g: number, b: number) => readonly number[],
): Veil {
  const [r = 0, g = 0, b = 0] = rgb;
  const shown = alpha * group.shown;
  if (shown >= 1) return { inks: convert(r, g, b), alpha };
  const seen = Math.max(shown, FAINTEST);
  const mixed = (v: number) => 1 - seen + seen * v;
  const overPaper = convert(mixed(r), mixed(g), mixed(b));
  const most = Math.max(...overPaper) / Math.max(group.laid, FAINTEST);
  const covers = shown < FAINTEST ? alpha : Math.min(1, Math.max(alpha, most));
  const laid = Math.max(covers * group.laid, FAINTEST);
  return { inks: overPaper.map((v) => Math.min(1, v / laid)), alpha: covers };
}

export const isBlack = (rgb: readonly number[]): boolean => rgb.every((v) => v < 1e-4);

/**
 * Black that darkens by multiplication as black at this opacity does in light: both leave the share
 * `1 − alpha` of the light below. On paper it is exact; over colours and photographs it keeps their hue, where
 * black ink laid over thinned inks turns grey (black at 50 % over a photograph: mean ΔE2000 2.0 instead of 13).
 */
export function shade(colours: PressColours, alpha: number): readonly number[] {
  const light = 1 - alpha;
  return colours.rgb(light, light, light);
}
