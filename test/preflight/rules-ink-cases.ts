import type { PageCoverage, Severity } from '../../src/preflight/model.ts';
import { onePage } from './pdf-builder.ts';
import type { Case } from './rules-content-cases.ts';

/** A case of which the ink is told, so that it stands exactly at the limit. */
export interface InkCase extends Case {
  readonly ink?: PageCoverage;
}

const counted = (cmyk: number, all = cmyk): PageCoverage => ({
  page: 1,
  squareMm: 15,
  squares: [{ box: { x: 0, y: 0, width: 15, height: 15 }, cmyk, all }],
  most: { box: { x: 0, y: 0, width: 0.2, height: 0.2 }, ink: cmyk },
  inks: ['Cyan', 'Magenta', 'Yellow', 'Black'],
  uncounted: [],
});
/** Full of four inks: its colours alone leave every limit in doubt. */
const file = onePage('1 1 1 1 k 10 10 50 50 re f');
const on = (rule: string, what: string, profiles: Case['profiles'], ink: PageCoverage): InkCase => ({
  rule,
  what,
  file,
  profiles,
  ink,
});
const everywhere = (severity: Severity | null) => ({
  sheetfed: severity,
  label: severity,
  digital: severity,
  x4: severity,
  x1a: severity,
});

/** For every rule on ink an amount that breaks it and one that just keeps it. */
export const INK_CASES: readonly InkCase[] = [
  on('R0025', '321 % of four inks', { sheetfed: 'warning' }, counted(321)),
  on('R0025', '320 % of four inks, 400 % of all', { sheetfed: null }, counted(320, 400)),
  on('R0026', '321 % of all inks', { label: 'warning' }, counted(200, 321)),
  on('R0026', '320 % of all inks', { label: null }, counted(320, 320)),
  {
    ...on('PR-INK', '241 % where the printer takes 240 %', everywhere('error'), counted(241)),
    expect: { inkLimit: 240 },
  },
  {
    ...on('PR-INK', '240 % where the printer takes 240 %', everywhere(null), counted(240)),
    expect: { inkLimit: 240 },
  },
];
