import type { Rule } from '../model.ts';
import { everywhere } from './levels.ts';

/** What could not be read of the file: nobody downstream should have to guess. */
export const readable: Rule = {
  id: 'RD-READ',
  clause: 'ISO 32000-1, 7.5',
  title: 'The file can be read whole',
  hint: 'Export the file again from the program that made it; a repaired copy may lack what was damaged.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    end(pdf) {
      for (const { what, page } of pdf.damage) {
        report({ message: what, key: what, ...(page === null ? {} : { page }) });
      }
    },
  }),
};
