import { PROCESS_INKS } from '../content/colour.ts';
import type { ColourSpace, Ink, Paint, PathMark, TextMark } from '../model.ts';

/** Tints are 8 bits at best: what is within half a step of full or none is full or none. */
const HALF_STEP = 0.5 / 255;

export const isFull = (tint: number): boolean => tint >= 1 - HALF_STEP;
export const isNone = (tint: number): boolean => tint <= HALF_STEP;

/** Inks that the paint really puts down. */
export const inksDown = (inks: readonly Ink[]): Ink[] => inks.filter(({ tint }) => !isNone(tint));

/** Paper's own colour: no ink of those it names, or full light. */
export function isWhite({ space, components, inks, pattern }: Paint): boolean {
  if (pattern) return false;
  if (inks) return inks.length > 0 && inks.every(({ tint }) => isNone(tint));
  if (space.family === 'Lab') return (components[0] ?? 0) >= 100;
  if (space.family === 'ICCBased' && space.components === 4) return components.every(isNone);
  return components.length > 0 && components.every(isFull);
}

/** Full black ink and no other, named as an ink: DeviceGray's black is not (it cannot overprint). */
export function isBlackInk({ space, inks }: Paint): boolean {
  if (!inks || space.family === 'DeviceGray') return false;
  const down = inksDown(inks);
  return down.length === 1 && down[0]!.name === 'Black' && isFull(down[0]!.tint);
}

export const isGrayBlack = ({ space, components }: Paint): boolean =>
  space.family === 'DeviceGray' && isNone(components[0] ?? 0);

/**
 * Whether black ink in this paint leaves the other inks below it (ISO 32000-1, 8.6.7 and table 149): DeviceCMYK
 * only in overprint mode 1; a DeviceN knocks out whatever it names.
 */
export function leavesOthers({ space }: Paint, overprint: boolean, mode: 0 | 1): boolean {
  if (!overprint) return false;
  if (space.family === 'DeviceCMYK') return mode === 1;
  return (space.family === 'Separation' || space.family === 'DeviceN') && space.names.length === 1;
}

/** How many inks it takes; `null` where only a profile could tell. */
export function inkCount({ inks }: Paint): number | null {
  if (!inks) return null;
  const down = inksDown(inks);
  return down.some(({ name }) => name === 'All') ? 4 : down.length;
}

/** Sum of the process inks in %, and black's share. */
export function processInks({ inks }: Paint): { readonly sum: number; readonly black: number } {
  const of = (wanted: string) => 100 * (inks?.find(({ name }) => name === wanted)?.tint ?? 0);
  return { sum: PROCESS_INKS.reduce((sum, ink) => sum + of(ink), 0), black: of('Black') };
}

/** The spots that a space makes plates for. */
export function spotsOf(space: ColourSpace | null): string[] {
  if (!space) return [];
  if (space.family === 'Indexed' || space.family === 'Pattern') return spotsOf(space.base);
  const process: readonly string[] = [...PROCESS_INKS, ...(space.process ?? []), 'All', 'None'];
  return space.names.filter((colorant) => !process.includes(colorant));
}

/** The space that a paint's colour is really in: a base for Indexed and uncoloured patterns. */
export const plainSpace = (space: ColourSpace): ColourSpace =>
  (space.family === 'Indexed' || space.family === 'Pattern') && space.base ? plainSpace(space.base) : space;

/** A paint in use, and whether overprint is set for it. */
export interface Use {
  readonly paint: Paint;
  readonly overprint: boolean;
}

/** A text's or path's paints. */
export function usesOf(mark: TextMark | PathMark): Use[] {
  const { fill, stroke } = mark;
  return [
    ...(fill ? [{ paint: fill, overprint: mark.overprintFill }] : []),
    ...(stroke ? [{ paint: stroke, overprint: mark.overprintStroke }] : []),
  ];
}

/** A colour as people write it: `C0 M100 Y100 K0`, `PANTONE 185 C 100 %`, `DeviceRGB 1 0 0`. */
export function describePaint({ space, components, inks }: Paint): string {
  const percent = (tint: number) => Math.round(tint * 100);
  if (space.family === 'DeviceCMYK' && inks) {
    return inks.map(({ name, tint }) => `${name === 'Black' ? 'K' : name[0]}${percent(tint)}`).join(' ');
  }
  if (inks && (space.family === 'Separation' || space.family === 'DeviceN')) {
    return inks.map(({ name, tint }) => `${name} ${percent(tint)} %`).join(', ');
  }
  return `${space.family} ${components.map((c) => Number(c.toFixed(3))).join(' ')}`.trim();
}
