import type { InkSum, Rule } from '../model.ts';
import { warning } from './levels.ts';

/** Plates have eight bits: so much of a sum of four, %, may be rounding and is nobody's fault. */
export const ROUNDING = 0.8;

const inkRule = (
  rule: Pick<Rule, 'id' | 'clause' | 'title' | 'levels'>,
  sum: (ink: InkSum) => number,
): Rule => ({
  ...rule,
  hint: 'Lower the ink in dark areas (a profile with a lower ink limit, or more black for colour).',
  unit: '%',
  fails: 'above',
  check({ judge, levels }) {
    const isOver = (ink: InkSum) => levels.some(({ limit = 0 }) => sum(ink) > limit + ROUNDING);
    return {
      needsInk: isOver,
      coverage({ page, squares, squareMm }) {
        const message = `The ink is more than the paper can take, as a mean over ${squareMm} mm`;
        for (const square of squares.filter(isOver)) judge(sum(square), { page, box: square.box, message });
      },
    };
  },
});

export const cmykInk = inkRule(
  {
    id: 'R0025',
    clause: 'GWG 2022 R0025',
    title: 'Cyan, magenta, yellow and black together stay below the limit',
    levels: { sheetfed: warning(320) },
  },
  ({ cmyk }) => cmyk,
);

export const totalInk = inkRule(
  {
    id: 'R0026',
    clause: 'GWG 2022 R0026',
    title: 'All inks together stay below the limit',
    levels: { label: warning(320) },
  },
  ({ all }) => all,
);
