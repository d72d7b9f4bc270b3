import { inksOf } from '../content/colour.ts';
import type { PdfPage } from '../document/pdf.ts';
import type {
  ColourSpace,
  GroupMark,
  ImageMark,
  Ink,
  InkBound,
  Listener,
  Mark,
  Paint,
  PathMark,
  Place,
  ShadingMark,
  TextMark,
} from '../model.ts';
import { plainSpace } from '../rules/paints.ts';
import { PROCESS } from './plates.ts';

/** Blend modes that leave no more of an ink than one of the two objects has (ISO 32000-1, 11.3.5.2). */
const KEEPING = ['Normal', 'Darken', 'Lighten', 'Screen'];
/** Those that may lay an ink on itself until it is full, but make none where neither object has it. */
const DEEPENING = ['Multiply', 'Overlay', 'HardLight', 'SoftLight', 'ColorBurn', 'ColorDodge'];

/** What of a page's colours was met. */
class Met {
  /** The highest tint of each ink. */
  readonly inks = new Map<string, number>();
  /** Whether some blend mode may fill whatever ink there is. */
  deepens = false;
  /** Whether something was met of which nothing can be said. */
  isUnknown = false;
  /** What was looked at already. */
  readonly paints = new WeakSet<Paint>();
  readonly spaces = new WeakSet<ColourSpace>();
}

/**
 * Listens to the walk, and tells of each page what its ink cannot exceed: for each ink the highest tint that anything
 * is painted with. Where objects lie over each other, with overprint, opacity or in groups, an ink is never more than in
 * one of them, unless a blend mode deepens it. Pictures and shadings may be full of each ink of their space; what only a
 * profile turns into inks may be full of the four. Marks in the slug are not on the product.
 */
export class InkBounds implements Listener {
  readonly sees: readonly Place[] = ['art', 'slug', 'step', 'hidden'];
  readonly #pages = new Map<number, Met>();

  /** @returns `null` where something on the page could be of any ink */
  of({ number }: PdfPage): InkBound | null {
    const met = this.#pages.get(number) ?? new Met();
    if (met.isUnknown) return null;
    const inks = new Map<string, number>();
    for (const [ink, tint] of met.inks) if (tint > 0) inks.set(ink, met.deepens ? 1 : tint);
    const sum = (tints: Iterable<number>) => 100 * [...tints].reduce((total, tint) => total + tint, 0);
    return { inks, cmyk: sum(PROCESS.map((ink) => inks.get(ink) ?? 0)), all: sum(inks.values()) };
  }

  group({ page, space, blend }: GroupMark): void {
    const met = this.#met(page);
    blended(met, blend);
    // What is blended in another space comes back as other inks.
    if (space && space.family !== 'DeviceCMYK') met.isUnknown = true;
  }

  text(mark: TextMark): void {
    const met = this.#of(mark);
    if (!met) return;
    if (mark.fill) painted(met, mark.fill);
    if (mark.stroke) painted(met, mark.stroke);
  }

  path(mark: PathMark): void {
    const met = this.#of(mark);
    if (!met) return;
    if (mark.fill) painted(met, mark.fill);
    if (mark.stroke) painted(met, mark.stroke);
  }

  image(mark: ImageMark): void {
    const met = this.#of(mark);
    if (!met) return;
    if (mark.stencil) painted(met, mark.stencil);
    else filled(met, mark.space);
  }

  shading(mark: ShadingMark): void {
    const met = this.#of(mark);
    if (met) filled(met, mark.space);
  }

  #met({ number }: PdfPage): Met {
    const met = this.#pages.get(number) ?? new Met();
    this.#pages.set(number, met);
    return met;
  }

  /** What a mark counts for; `null` for one in the slug. A pattern's cell is told of once, wherever it stands. */
  #of({ page, place, within, blend }: Mark): Met | null {
    if (place === 'slug' && !within) return null;
    const met = this.#met(page);
    blended(met, blend);
    return met;
  }
}

function blended(met: Met, blend: string): void {
  if (KEEPING.includes(blend)) return;
  if (DEEPENING.includes(blend)) met.deepens = true;
  else met.isUnknown = true;
}

function raise(met: Met, inks: readonly Ink[]): void {
  for (const { name, tint } of inks) {
    // Registration is on every plate, those of spots too that nothing else on the page is painted with.
    if (name === 'All') met.isUnknown = true;
    met.inks.set(name, Math.max(met.inks.get(name) ?? 0, tint));
  }
}

/** Each ink of a plain colour; a pattern's own marks tell of it. */
function painted(met: Met, paint: Paint): void {
  if (paint.pattern || met.paints.has(paint)) return;
  met.paints.add(paint);
  if (paint.inks) raise(met, paint.inks);
  else converted(met, paint.space);
}

/** Every colour that a picture or shading in a space can have. */
function filled(met: Met, space: ColourSpace | null): void {
  if (!space) met.isUnknown = true;
  if (!space || met.spaces.has(space)) return;
  met.spaces.add(space);
  for (const colour of extremes(space)) {
    const inks = inksOf(space, colour);
    if (inks) raise(met, inks);
    else converted(met, space);
  }
}

/** The colours of a space between which all others lie; of a table all, and zeros, which are what lies outside it. */
function extremes({ family, base, table, names }: ColourSpace): readonly number[][] {
  if (family === 'Indexed' && base && table) {
    const colours = Math.min(256, 1 + Math.ceil(table.length / Math.max(1, base.components)));
    return Array.from({ length: colours }, (_, i) => [i]);
  }
  if (names.length > 0) return [names.map(() => 1)];
  return [family === 'DeviceGray' ? [0] : [1, 1, 1, 1]];
}

/** A colour whose inks stand in a profile. */
function converted(met: Met, space: ColourSpace): void {
  const plain = plainSpace(space);
  if (isGrey(plain)) raise(met, [{ name: 'Black', tint: 1 }]);
  else if (isConverted(plain))
    raise(
      met,
      PROCESS.map((name) => ({ name, tint: 1 })),
    );
  else met.isUnknown = true;
}

const isGrey = ({ family, components }: ColourSpace): boolean =>
  family === 'DeviceGray' || family === 'CalGray' || (family === 'ICCBased' && components === 1);

const isConverted = ({ family, components }: ColourSpace): boolean =>
  ['DeviceRGB', 'CalRGB', 'Lab', 'DeviceCMYK'].includes(family) ||
  (family === 'ICCBased' && (components === 3 || components === 4));
