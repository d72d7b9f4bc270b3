import { type Box, formatMm } from '../../units.ts';
import { edgesOf, grown } from '../content/geometry.ts';
import type { PdfPage } from '../document/pdf.ts';
import type { Expectation, Found, Mark, Paint, PathMark, Place, Rule, RuleContext } from '../model.ts';
import { error } from './levels.ts';
import { describePaint, inksDown, isFull, spotsOf, usesOf } from './paints.ts';
import { boxDistance, distance, flatten, type Polyline } from './polyline.ts';

/** Cut lines by the names that providers and programs give them (products.md, Roland, Esko, Zünd). */
const CUT =
  /^(perf)?cut[ _-]?contour$|^(thru|through|kiss|half|die|perf)[ _-]?cut$|^die[ _-]?line$|^cut([ _-]?line)?$|^stan[sz]e?$/i;
const WHITE =
  /^(rdg[ _-]?)?white([ _-]?ink)?$|^(opaque|under|spot)[ _-]?white$|^white[ _-]?under(print|base)?$/i;

/** Ends of a line that is closed without saying so, mm. */
const SAME_POINT_MM = 0.02;
/** Cut shapes smaller than this are lost, and cuts nearer than this tear (products.md, stickers), mm. */
const MIN_FEATURE_MM = 0.5;
const MIN_GAP_MM = 2;
/** Lines on the page's edge are inside it, mm. */
const EDGE_MM = 0.05;
/** Cut lines and their straight pieces that are compared with each other on one page. */
const MAX_LINES = 500;
const MAX_POINTS = 20_000;

/** Where cut lines are drawn. */
export const CUT_PLACES: readonly Place[] = ['art', 'step', 'slug'];
const EVERY_GOODS: Rule['levels'] = { sheetfed: error(), label: error(), digital: error() };

const isCutSpot = (spot: string, { cutSpots }: Expectation): boolean =>
  cutSpots ? cutSpots.includes(spot) : CUT.test(spot);

const isWhiteSpot = (spot: string, { whiteSpots }: Expectation): boolean =>
  whiteSpots ? whiteSpots.includes(spot) : WHITE.test(spot);

const inCuttingStep = ({ layer }: Mark): boolean =>
  layer?.step?.group === 'Structural' && (layer.step.type?.endsWith('Cutting') ?? false);

const isCutPaint = (paint: Paint, expect: Expectation): boolean =>
  spotsOf(paint.space).some((spot) => isCutSpot(spot, expect));

/** Whether a path is part of a cut line: by its spot, or by the step its layer names. */
export const isCut = (mark: PathMark, expect: Expectation): boolean =>
  inCuttingStep(mark) || usesOf(mark).some(({ paint }) => isCutPaint(paint, expect));

const rule = (
  id: string,
  title: string,
  hint: string,
  check: Rule['check'],
  more: Pick<Rule, 'unit' | 'fails'> = {},
): Rule => ({ id, clause: 'printcat, dielines', title, hint, levels: EVERY_GOODS, check, ...more });

/** A rule that looks at each path of a cut line by itself. */
const onCutLines =
  (look: (mark: PathMark, context: RuleContext) => Omit<Found, 'page'> | null): Rule['check'] =>
  (context) => ({
    sees: CUT_PLACES,
    path(mark) {
      if (!isCut(mark, context.expect)) return;
      const found = look(mark, context);
      if (found) context.report({ page: mark.page.number, box: mark.box, ...found });
    },
  });

const isOpen = ({ points, closed }: PathMark['path'][number]): boolean =>
  !closed && Math.hypot(points[0]! - points.at(-2)!, points[1]! - points.at(-1)!) > SAME_POINT_MM;

export const dielineClosed = rule(
  'DL-CLOSED',
  'Cut lines are closed',
  'Close the path: an open cut leaves the piece hanging on the sheet.',
  onCutLines(({ path }) => (path.some(isOpen) ? { message: 'A cut line is not closed' } : null)),
);

export const dielineSpot = rule(
  'DL-SPOT',
  'A cut line is one spot in full strength',
  'Colour the cut line with its spot alone, at 100 %.',
  onCutLines((mark, { expect }) => {
    const wrong = usesOf(mark).find(({ paint }) => {
      const down = inksDown(paint.inks ?? []);
      const [only] = down;
      if (down.length !== 1 || !only || !isFull(only.tint)) return true;
      return !spotsOf(paint.space).includes(only.name) || (expect.cutSpots && !isCutSpot(only.name, expect));
    });
    if (!wrong) return null;
    return {
      message: `A cut line is painted in ${describePaint(wrong.paint)}`,
      measured: describePaint(wrong.paint),
    };
  }),
);

export const dielineStroke: Rule = rule(
  'DL-STROKE',
  'Cut lines are strokes',
  'Give the cut line a stroke and no fill; nothing but the line may use its spot.',
  (context) => {
    const { expect, report } = context;
    const tell = (mark: Mark, message: string) => report({ page: mark.page.number, box: mark.box, message });
    return {
      sees: CUT_PLACES,
      path(mark) {
        if (isCut(mark, expect) && mark.fill) tell(mark, 'A cut line is filled');
      },
      text(mark) {
        if (usesOf(mark).some(({ paint }) => isCutPaint(paint, expect))) {
          tell(mark, "Text is in the cut line's spot");
        }
      },
      image(mark) {
        const space = mark.stencil ? mark.stencil.space : mark.space;
        if (spotsOf(space).some((spot) => isCutSpot(spot, expect)))
          tell(mark, "An image is in the cut line's spot");
      },
      shading(mark) {
        if (spotsOf(mark.space).some((spot) => isCutSpot(spot, expect))) {
          tell(mark, "A gradient is in the cut line's spot");
        }
      },
    };
  },
);

export const dielineOverprint = rule(
  'DL-OVERPRINT',
  'Cut lines overprint',
  'Set the cut line to overprint: otherwise a white line is left in the art below it.',
  onCutLines((mark) =>
    (mark.stroke && !mark.overprintStroke) || (mark.fill && !mark.overprintFill)
      ? { message: 'A cut line knocks out the art below it' }
      : null,
  ),
);

export const dielineInside = rule(
  'DL-INSIDE',
  'Cut lines stand inside the page',
  'Move the cut line inside the bleed, or make the page larger.',
  onCutLines((mark) => {
    const area = grown(edgesOf(mark.page.printed), EDGE_MM);
    const outside = mark.path.some((line) => {
      const { x, y, width, height } = flatten(line).box;
      return x < area.x0 || y < area.y0 || x + width > area.x1 || y + height > area.y1;
    });
    return outside ? { message: 'A cut line runs out of the page' } : null;
  }),
);

export const dielineFeature = rule(
  'DL-FEATURE',
  'Cut shapes are large enough',
  'Make the shape larger: the knife cannot turn in less.',
  onCutLines((mark, { expect }) => {
    const limit = expect.minFeatureMm ?? MIN_FEATURE_MM;
    const sizes = mark.path.map((line) => {
      const { width, height } = flatten(line).box;
      return Math.min(width, height);
    });
    const least = Math.min(...sizes);
    if (!(least < limit - 1e-4)) return null;
    return { message: `A cut shape is ${formatMm(least)} across`, measured: least, threshold: limit };
  }),
  { unit: 'mm' },
);

/** Gathers the cut lines of each page as straight pieces. */
function gatherCuts(
  { expect, unjudged }: RuleContext,
  then: (page: PdfPage, lines: readonly Polyline[]) => void,
) {
  let lines: Polyline[] = [];
  let points = 0;
  return {
    page() {
      lines = [];
      points = 0;
    },
    path(mark: PathMark) {
      if (!isCut(mark, expect)) return;
      for (const line of mark.path) {
        points += line.points.length;
        if (lines.length >= MAX_LINES || points > MAX_POINTS) {
          unjudged(
            'all cut lines',
            `a page has more than ${MAX_LINES} of them, or very long ones`,
            mark.page.number,
          );
          return;
        }
        lines.push(flatten(line));
      }
    },
    pageEnd(page: PdfPage) {
      if (lines.length > 0) then(page, lines);
    },
  };
}

const sameLine = (a: Polyline, b: Polyline): boolean =>
  a.points.length === b.points.length && a.points.every((value, i) => Math.abs(value - b.points[i]!) < 1e-3);

export const dielineGap: Rule = rule(
  'DL-GAP',
  'Cut lines keep their distance',
  'Move the cut shapes apart: what stands between two cuts tears.',
  (context) => ({
    sees: CUT_PLACES,
    ...gatherCuts(context, (page, lines) => {
      const limit = context.expect.minGapMm ?? MIN_GAP_MM;
      for (const [i, a] of lines.entries()) {
        for (const b of lines.slice(i + 1)) {
          if (boxDistance(a.box, b.box) >= limit || sameLine(a, b)) continue;
          const gap = distance(a, b, limit);
          if (gap >= limit - 1e-4) continue;
          const message = gap === 0 ? 'Two cut lines cross' : `Two cut lines are ${formatMm(gap)} apart`;
          context.report({ page: page.number, box: b.box, message, measured: gap, threshold: limit });
        }
      }
    }),
  }),
  { unit: 'mm' },
);

const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x - EDGE_MM &&
  inner.y >= outer.y - EDGE_MM &&
  inner.x + inner.width <= outer.x + outer.width + EDGE_MM &&
  inner.y + inner.height <= outer.y + outer.height + EDGE_MM;

export const dielineWhite: Rule = rule(
  'DL-WHITE',
  'White ink stays inside the cut line',
  'Choke the white inwards from the cut line, so that no white edge shows where the knife drifts.',
  (context) => {
    const { expect, report, unjudged } = context;
    let whites: Box[] = [];
    const isWhite = (paint: Paint) => spotsOf(paint.space).some((spot) => isWhiteSpot(spot, expect));
    const gather = (mark: Mark, paints: readonly Paint[]) => {
      if (whites.length < MAX_LINES && paints.some(isWhite)) whites.push(mark.box);
    };
    const cuts = gatherCuts(context, (page, lines) => {
      for (const box of whites) {
        if (lines.some((line) => contains(line.box, box))) continue;
        report({ page: page.number, box, message: 'White ink reaches over the cut line' });
      }
      unjudged(
        'whether the art reaches beyond the cut line everywhere',
        'shapes are compared by their boxes only',
        page.number,
      );
    });
    return {
      sees: CUT_PLACES,
      ...cuts,
      page() {
        whites = [];
        cuts.page();
      },
      path(mark) {
        cuts.path(mark);
        gather(
          mark,
          usesOf(mark).map(({ paint }) => paint),
        );
      },
      text: (mark) =>
        gather(
          mark,
          usesOf(mark).map(({ paint }) => paint),
        ),
      image(mark) {
        if (spotsOf(mark.stencil?.space ?? mark.space).some((spot) => isWhiteSpot(spot, expect))) {
          whites.push(mark.box);
        }
      },
    };
  },
);
