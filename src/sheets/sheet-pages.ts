import type { PDFDict, PDFDocument, PDFRef } from 'pdf-lib';
import { name, packed, Reader } from '../press/pdf.ts';
import { addRegistration, toPdfBox } from '../press/press.ts';
import type { Edition } from '../press/standards.ts';
import { mmToPt } from '../units.ts';
import type { Grid } from './grid.ts';
import { pageGroup } from './press-file.ts';
import type { Sheet } from './sheet-sizes.ts';

/** What is drawn on a side, and the forms that it draws, by their names. */
export interface SheetContent {
  readonly operators: string;
  readonly forms: ReadonlyMap<string, PDFRef>;
}

const rounded = (box: readonly number[]): number[] => box.map((pt) => Math.round(pt * 1e4) / 1e4);

/**
 * Puts sheets in the place of a document's pages. The trim box of a sheet is what all its products take up, its bleed box
 * the same with their bleeds: marks, ruler and slug stand in the slug, as on a press file's own pages.
 */
export function replacePages(
  doc: PDFDocument,
  { size }: Pick<Sheet, 'size'>,
  { trims, block }: Pick<Grid, 'trims' | 'block'>,
  sheets: readonly SheetContent[],
  space: Edition['space'],
): void {
  const { context } = doc;
  const reader = new Reader(context);
  const group = pageGroup(doc);
  for (let left = doc.getPageCount(); left > 0; left--) doc.removePage(0);
  const [width, height] = [mmToPt(size.width), mmToPt(size.height)];
  for (const { operators, forms } of sheets) {
    const page = doc.addPage().node;
    for (const [key] of page.entries()) {
      if (!['Type', 'Parent'].includes(key.decodeText())) page.delete(key);
    }
    const resources = context.obj({ XObject: Object.fromEntries(forms) }) as PDFDict;
    if (space === 'cmyk') addRegistration(reader, resources);
    page.set(name('Resources'), resources);
    page.set(name('Contents'), context.register(packed(context, Buffer.from(operators, 'latin1'))));
    page.set(name('MediaBox'), context.obj(rounded([0, 0, width, height])));
    page.set(name('BleedBox'), context.obj(rounded(toPdfBox(block, height))));
    page.set(name('TrimBox'), context.obj(rounded(toPdfBox(trims, height))));
    if (group) page.set(name('Group'), group);
  }
}
