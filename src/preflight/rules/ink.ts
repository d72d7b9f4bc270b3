import { formatMm } from '../../units.ts';
import type { Listener, PageCoverage, Rule, RuleContext } from '../model.ts';
import { warning } from './levels.ts';

/** Eight bits a plate: so much of a sum of four plates, %, may be rounding and is nobody's fault. */
const ROUNDING = 0.8;

type Square = PageCoverage['squares'][number];

const inSquares =
  (sum: (square: Square) => number, inks: string) =>
  (context: RuleContext): Listener => ({
    coverage({ page, squareMm, squares }) {
      for (const square of squares) {
        const value = sum(square);
        if (context.levels.every(({ limit = 0 }) => value <= limit + ROUNDING)) continue;
        const message = `${inks} add up to ${value.toFixed(1)} % on average over ${formatMm(squareMm)} square`;
        context.judge(value, { page, box: square.box, message });
      }
    },
  });

const HINT =
  'Convert the picture to a profile with a lower ink limit, or replace grey in three inks by black.';

/** Total area coverage. */
export const inkRules: readonly Rule[] = [
  {
    id: 'R0025',
    clause: 'GWG 2022 R0025',
    title: 'Total ink of the process colours is at most 320 %',
    hint: HINT,
    unit: '%',
    fails: 'above',
    levels: { sheetfed: warning(320) },
    check: inSquares(({ cmyk }) => cmyk, 'Cyan, magenta, yellow and black'),
  },
  {
    id: 'R0026',
    clause: 'GWG 2022 R0026',
    title: 'Total ink, spot colours included, is at most 320 %',
    hint: HINT,
    unit: '%',
    fails: 'above',
    levels: { label: warning(320) },
    check: inSquares(({ all }) => all, 'All inks'),
  },
];
