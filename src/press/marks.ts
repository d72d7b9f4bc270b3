import { type Geometry, MARK_REACH_MM, type PageDesign, pageBoxes } from '../products/geometry.ts';

/**
 * Thickness of a mark, pt; drawn in all separations. Japanese printers publish it for トンボ, and it suits the
 * western style as well.
 */
export const MARK_WIDTH_PT = 0.3;

/** What a mark shows: where to cut, where the bleed ends, the middle of a side, where to fold. */
export type MarkKind = 'trim' | 'bleed' | 'centre' | 'fold';

/** A mark, mm from the MediaBox's top left corner. */
export interface Line {
  readonly kind: MarkKind;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Western marks keep off the bleed so that a slipped cut shows no line, mm. */
const WESTERN_GAP = 1;
/** How far fold ticks reach from the bleed, mm: short, so that nobody cuts along them. */
const FOLD_REACH = 5;
/** Where the bar of a centre cross lies, mm from the bleed: beyond the fold ticks, so that they never touch. */
const CENTRE_BAR_AT = 7;
/** Half the length of a centre cross's bar, mm. */
const CENTRE_BAR_HALF = 5;

/**
 * The marks of a product, all outside its bleed box.
 *
 * Western: a line for each side of the trim at every corner. Tombo (トンボ): double corner marks, the inner
 * lines on the trim and the outer ones on the bleed, and a cross at the middle of each side. Both: a short
 * tick at both ends of every fold.
 */
export function cropMarks(
  geometry: Pick<Geometry, 'trim' | 'bleed' | 'slug' | 'marks'>,
  { folds: creases }: Pick<PageDesign, 'folds'>,
): Line[] {
  if (geometry.marks === 'none') return [];
  const { trim } = pageBoxes(geometry);
  const right = trim.x + trim.width;
  const bottom = trim.y + trim.height;
  const around = surround(geometry);
  const folds = creases.flatMap(({ line, at }) =>
    line === 'upright'
      ? across(around, 'fold', trim.x + at, 0, FOLD_REACH)
      : along(around, 'fold', trim.y + at, 0, FOLD_REACH),
  );
  const reach = MARK_REACH_MM[geometry.marks];
  const corners = (kind: MarkKind, xs: readonly number[], ys: readonly number[], gap: number) => [
    ...xs.flatMap((x) => across(around, kind, x, gap, reach)),
    ...ys.flatMap((y) => along(around, kind, y, gap, reach)),
  ];
  if (geometry.marks === 'western') {
    return [...corners('trim', [trim.x, right], [trim.y, bottom], WESTERN_GAP), ...folds];
  }
  return [
    ...corners('trim', [trim.x, right], [trim.y, bottom], 0),
    ...corners('bleed', [around.left, around.right], [around.top, around.bottom], 0),
    ...centreCrosses(around, trim.x + trim.width / 2, trim.y + trim.height / 2, reach),
    ...folds,
  ];
}

/** The edges of the bleed box, where marks begin. */
interface Around {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function surround(geometry: Pick<Geometry, 'trim' | 'bleed' | 'slug'>): Around {
  const { bleed } = pageBoxes(geometry);
  return { left: bleed.x, right: bleed.x + bleed.width, top: bleed.y, bottom: bleed.y + bleed.height };
}

/** Upright lines at `x`, above and below the bleed box, from `gap` to `reach` away from it. */
const across = ({ top, bottom }: Around, kind: MarkKind, x: number, gap: number, reach: number): Line[] => [
  { kind, x1: x, y1: top - reach, x2: x, y2: top - gap },
  { kind, x1: x, y1: bottom + gap, x2: x, y2: bottom + reach },
];

/** Level lines at `y`, left and right of the bleed box. */
const along = ({ left, right }: Around, kind: MarkKind, y: number, gap: number, reach: number): Line[] => [
  { kind, x1: left - reach, y1: y, x2: left - gap, y2: y },
  { kind, x1: right + gap, y1: y, x2: right + reach, y2: y },
];

/** At the middle of each side a line out of the bleed box with a bar across it. */
function centreCrosses(around: Around, x: number, y: number, reach: number): Line[] {
  const level = (barY: number): Line => ({
    kind: 'centre',
    x1: x - CENTRE_BAR_HALF,
    y1: barY,
    x2: x + CENTRE_BAR_HALF,
    y2: barY,
  });
  const upright = (barX: number): Line => ({
    kind: 'centre',
    x1: barX,
    y1: y - CENTRE_BAR_HALF,
    x2: barX,
    y2: y + CENTRE_BAR_HALF,
  });
  return [
    ...across(around, 'centre', x, 0, reach),
    ...along(around, 'centre', y, 0, reach),
    level(around.top - CENTRE_BAR_AT),
    level(around.bottom + CENTRE_BAR_AT),
    upright(around.left - CENTRE_BAR_AT),
    upright(around.right + CENTRE_BAR_AT),
  ];
}
