import type { Geometry, Note } from '../products/geometry.ts';
import { formatMm } from '../units.ts';
import { type Grid, stepAndRepeat, turnEdges } from './grid.ts';
import type { Flip } from './options.ts';
import type { Band, SideName } from './sheet-marks.ts';
import type { Sheet } from './sheet-sizes.ts';

/** What the user must know before printing and cutting. */
export function sheetNotes(
  { trim, bleed }: Pick<Geometry, 'trim' | 'bleed'>,
  grid: Grid,
  {
    sheet,
    flip,
    bands,
    lacksRuler,
    gutter: given,
  }: {
    readonly sheet: Sheet;
    readonly flip: Flip;
    readonly bands: Readonly<Record<SideName, Band>>;
    readonly lacksRuler: boolean;
    /** As it was asked for. */
    readonly gutter: number | undefined;
  },
): Note[] {
  const { columns, rows, gutter, angle } = grid;
  const notes: Note[] = [];
  const info = (text: string) => notes.push({ level: 'info', text });
  const warning = (text: string) => notes.push({ level: 'warning', text });
  const turned = angle === 90 ? ', on their side' : '';
  info(
    `${sheet.title}: ${columns * rows} a sheet (${columns} × ${rows}${turned}). Print at 100 %, “actual size”.`,
  );
  const close = given === undefined ? stepAndRepeat({ trim, bleed }, sheet, 0) : grid;
  if (close.cells.length > grid.cells.length) {
    info(`With one cut between two (--gutter 0) ${close.cells.length} would fit.`);
  }
  if (flip !== 'none') info(`Print on both sides, turned over the ${flip} edge.`);
  const { left, right, top, bottom } = turnEdges(bleed, angle);
  const narrow =
    (columns > 1 && gutter.x < left + right - 1e-6) || (rows > 1 && gutter.y < top + bottom - 1e-6);
  if (narrow) {
    const least = Math.min(columns > 1 ? gutter.x : gutter.y, rows > 1 ? gutter.y : gutter.x);
    warning(
      `Neighbours on the sheet are ${formatMm(least)} apart, less than their bleeds: there a slipped cut shows the neighbour.`,
    );
  }
  const bare = Object.entries(bands).flatMap(([side, { from, to }]) => (to > from ? [] : [side]));
  if (bare.length > 0) warning(`The sheet has no room for cut marks at the ${bare.join(', ')}.`);
  if (lacksRuler) {
    warning('The sheet has no room for the ruler: measure a trimmed product to see that nothing was scaled.');
  }
  return notes;
}
