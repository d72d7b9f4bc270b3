import type { Mark, Rule } from '../model.ts';
import { warning } from './levels.ts';

export const emptyPage: Rule = {
  id: 'R0005',
  clause: 'GWG 2022 R0005',
  title: 'No page is empty',
  hint: 'Take the page out, or make sure that it is meant to be blank.',
  levels: { sheetfed: warning(), label: warning() },
  check({ report }) {
    let marks = 0;
    const count = (_: Mark) => {
      marks++;
    };
    return {
      page() {
        marks = 0;
      },
      text(mark) {
        // Invisible text prints nothing.
        if (mark.fill || mark.stroke) marks++;
      },
      path: count,
      image: count,
      shading: count,
      pageEnd(page) {
        if (marks === 0) report({ page: page.number, message: 'The page is empty' });
      },
    };
  },
};
