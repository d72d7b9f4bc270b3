import type { PageCoverage, Rule } from '../model.ts';
import { warning } from './levels.ts';

type Square = PageCoverage['squares'][number];

/** Plates have eight bits: so much of a sum of four, %, may be rounding and is nobody's fault. */
export const ROUNDING = 0.8;

const inkRule = (
  rule: Pick<Rule, 'id' | 'clause' | 'title' | 'levels'>,
  sum: (square: Square) => number,
): Rule => ({
  ...rule,
  hint: 'Lower the ink in dark areas (a profile with a lower ink limit, or more black for colour).',
  unit: '%',
  fails: 'above',
  check: ({ judge, levels }) => ({
    coverage({ page, squares, squareMm }) {
      const message = `The ink is more than the paper can take, as a mean over ${squareMm} mm`;
      for (const square of squares) {
        const value = sum(square);
        if (levels.every(({ limit = 0 }) => value <= limit + ROUNDING)) continue;
        judge(value, { page, box: square.box, message });
      }
    },
  }),
});

export const cmykInk = inkRule(
  {
    id: 'R0025',
    clause: 'GWG 2022 R0025',
    title: 'Cyan, magenta, yellow and black together stay below the limit',
    levels: { sheetfed: warning(320) },
  },
  (square) => square.cmyk,
);

export const totalInk = inkRule(
  {
    id: 'R0026',
    clause: 'GWG 2022 R0026',
    title: 'All inks together stay below the limit',
    levels: { label: warning(320) },
  },
  (square) => square.all,
);
