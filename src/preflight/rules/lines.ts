import { MM_PER_INCH, PT_PER_INCH } from '../../units.ts';
import type { Listener, Paint, PathMark, Rule, RuleContext } from '../model.ts';
import { error, warning } from './levels.ts';
import {
  describePaint,
  inkCount,
  isBlackInk,
  isGrayBlack,
  isWhite,
  leavesOthers,
  type Use,
  usesOf,
} from './paints.ts';

/** A filled rectangle that is this many times as long as wide is a line. */
const LINE_LENGTHS = 5;

interface Line extends Use {
  readonly widthPt: number;
}

/**
 * The lines of a path: its stroke, unless it only fattens the fill, and thin rectangles that are filled, which
 * is how browsers and office programs draw rules.
 */
function linesOf(mark: PathMark): Line[] {
  // A fill that is not seen fattens nothing and hides nothing.
  const fill = mark.alphaFill > 0 ? mark.fill : null;
  const stroke = mark.alphaStroke > 0 ? mark.stroke : null;
  const same = fill && stroke && describePaint(fill) === describePaint(stroke);
  const lines: Line[] = [];
  if (stroke && !same) {
    lines.push({ paint: stroke, overprint: mark.overprintStroke, widthPt: mark.lineWidthPt });
  }
  const widthPt = fill && !stroke ? rectangleWidthPt(mark) : null;
  if (fill && widthPt !== null) lines.push({ paint: fill, overprint: mark.overprintFill, widthPt });
  return lines;
}

/** Width of a path that is one thin rectangle, pt; `null` for any other. */
function rectangleWidthPt({ path }: PathMark): number | null {
  const [only] = path;
  if (path.length !== 1 || !only || !/^lll?l?$/.test(only.segments)) return null;
  const p = only.points;
  if (p.length < 8) return null;
  const side = (i: number, k: number) => Math.hypot(p[2 * i]! - p[2 * k]!, p[2 * i + 1]! - p[2 * k + 1]!);
  const [a, b, c, d] = [side(0, 1), side(1, 2), side(2, 3), side(3, 0)];
  const diagonals = Math.abs(side(0, 2) - side(1, 3));
  const isRectangle = Math.abs(a - c) < 1e-3 && Math.abs(b - d) < 1e-3 && diagonals < 1e-3;
  const [thin, long] = [Math.min(a, b), Math.max(a, b)];
  return isRectangle && long >= LINE_LENGTHS * thin ? (thin * PT_PER_INCH) / MM_PER_INCH : null;
}

const onThinLine =
  (concerns: (use: Use, mark: PathMark) => boolean, message: (paint: Paint) => string) =>
  ({ judge }: RuleContext): Listener => ({
    path(mark) {
      for (const line of linesOf(mark)) {
        if (!concerns(line, mark)) continue;
        judge(line.widthPt, { page: mark.page.number, box: mark.box, message: message(line.paint) });
      }
    },
  });

export const whitePathOverprint: Rule = {
  id: 'R0008',
  clause: 'GWG 2022 R0008',
  title: 'White shapes do not overprint',
  hint: 'Switch overprint off for the shape: white is no ink, and where it overprints it clears none or only some.',
  levels: { sheetfed: warning(), label: error(), digital: warning() },
  check: ({ report }) => ({
    path(mark) {
      if (!usesOf(mark).some(({ paint, overprint }) => overprint && isWhite(paint))) return;
      report({
        page: mark.page.number,
        box: mark.box,
        message: 'A white shape is set to overprint: ink below it shows through',
      });
    },
  }),
};

export const blackLineOverprint: Rule = {
  id: 'R0010',
  clause: 'GWG 2022 R0010',
  title: 'Thin black lines overprint',
  hint: 'Set the line to overprint (with overprint mode 1), so that no white edge shows where plates shift.',
  unit: 'pt',
  levels: { sheetfed: warning(2), label: warning(2) },
  check: onThinLine(
    ({ paint, overprint }, mark) => isBlackInk(paint) && !leavesOthers(paint, overprint, mark.overprintMode),
    () => 'A thin black line knocks out what is below it',
  ),
};

export const grayLine: Rule = {
  id: 'R0012',
  clause: 'GWG 2022 R0012',
  title: 'Thin black lines are not DeviceGray',
  hint: 'Use black ink (CMYK 0 0 0 100) and overprint: lines in DeviceGray always knock out.',
  unit: 'pt',
  levels: { sheetfed: warning(2), label: warning(2) },
  check: onThinLine(
    ({ paint }) => isGrayBlack(paint),
    () => 'A thin black line is in DeviceGray, which cannot overprint',
  ),
};

export const grayOverprint: Rule = {
  id: 'R0013',
  clause: 'GWG 2022 R0013',
  title: 'Nothing in DeviceGray is set to overprint',
  hint: 'Use black ink (CMYK 0 0 0 K) where it is to overprint: DeviceGray knocks out all the same.',
  levels: { sheetfed: warning(), label: warning() },
  check({ report }) {
    const look = (page: number, box: PathMark['box'], uses: readonly Use[], what: string) => {
      const wrong = uses.some(
        ({ paint, overprint }) => overprint && paint.space.family === 'DeviceGray' && !isWhite(paint),
      );
      if (wrong)
        report({ page, box, message: `${what} in DeviceGray is set to overprint, which has no effect` });
    };
    return {
      text: (mark) => look(mark.page.number, mark.box, usesOf(mark), 'Text'),
      path: (mark) => look(mark.page.number, mark.box, usesOf(mark), 'A shape'),
    };
  },
};

export const thinWhiteLine: Rule = {
  id: 'R0018',
  clause: 'GWG 2022 R0018',
  title: 'White lines are wide enough',
  hint: 'Make the line wider: ink around it spreads and closes it.',
  unit: 'pt',
  levels: { sheetfed: warning(0.25), label: warning(0.3), digital: warning(0.25) },
  check: onThinLine(
    ({ paint }) => isWhite(paint),
    () => 'A white line is thin and may fill in',
  ),
};

export const thinColouredLine: Rule = {
  id: 'R0019',
  clause: 'GWG 2022 R0019',
  title: 'Lines of several inks are wide enough',
  hint: 'Draw thin lines in one ink, or make them wider.',
  unit: 'pt',
  levels: { sheetfed: warning(0.25), label: warning(1.5), digital: warning(0.25) },
  check(context) {
    const judged = onThinLine(
      ({ paint }) => (inkCount(paint) ?? 0) > 1,
      (paint) => `A thin line is made of several inks (${describePaint(paint)})`,
    )(context);
    const limit = context.levels[0]?.limit ?? 0;
    return {
      path(mark) {
        judged.path?.(mark);
        const unknown = linesOf(mark).find(
          ({ paint, widthPt }) =>
            widthPt < limit && !paint.pattern && inkCount(paint) === null && !isWhite(paint),
        );
        if (!unknown) return;
        context.unjudged(
          `how many inks a thin line in ${unknown.paint.space.family} takes`,
          'only its conversion to ink will tell',
          mark.page.number,
        );
      },
    };
  },
};
