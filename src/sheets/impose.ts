import { PDFDocument } from 'pdf-lib';
import { finishPdfX } from '../press/pdfx.ts';
import { documentBytes } from '../press/write-document.ts';
import type { DocumentFacts } from '../press/xmp.ts';
import type { Geometry, Note } from '../products/geometry.ts';
import { drawCopy, drawLegends, drawMarks } from './draw.ts';
import { FreeStrips, type PlacedLegend } from './free-strips.ts';
import { type Angle, stepAndRepeat } from './grid.ts';
import { flatRuler, shortRuler, slugLine, tallRuler } from './legends.ts';
import { Lettering } from './lettering.ts';
import { sheetNotes } from './notes.ts';
import type { Flip, SheetWish } from './options.ts';
import { pagesAsForms, pressFileFacts } from './press-file.ts';
import { bandsOf, registerMarks, type SideName, sheetMarks } from './sheet-marks.ts';
import { replacePages, type SheetContent } from './sheet-pages.ts';
import { findSheet, type Sheet } from './sheet-sizes.ts';
import { axisOf, flipOf, type Point, pointBehind, type Side, sidesOf } from './sides.ts';
import { slugTexts } from './slug.ts';

/** What the sheets say of themselves. */
export interface SheetFacts extends DocumentFacts {
  /** Of the pictures on the product, for the slug. */
  readonly ids: readonly string[];
}

/** Where a page of the product stands on a sheet. */
export interface PagePlacement {
  /** Of the product, from 1. */
  readonly page: number;
  /** The top left corner of its trim box as it lies on the sheet, mm from the sheet's. */
  readonly x: number;
  readonly y: number;
  /** Degrees, clockwise. */
  readonly rotated: Angle;
}

/** One page of the sheet file. */
export interface ImposedSide {
  readonly side: Side['side'];
  readonly placements: readonly PagePlacement[];
}

export interface Imposed {
  readonly pdf: Uint8Array;
  readonly sheet: Sheet;
  /** Copies on a full sheet. */
  readonly columns: number;
  readonly rows: number;
  /** Over which edge the printer must turn the sheets; `none` where they are printed on one side. */
  readonly flip: Flip;
  /** The file's pages in their order: each front followed by its back. */
  readonly sheets: readonly ImposedSide[];
  readonly notes: readonly Note[];
}

/** Without what arithmetic leaves behind the decimals. */
const rounded = (mm: number): number => Math.round(mm * 1e4) / 1e4;

/** Where the slug is looked for first, and where the ruler. */
const SLUG_SIDES: readonly SideName[] = ['bottom', 'top', 'right', 'left'];
const RULER_SIDES: readonly SideName[] = ['bottom', 'top', 'left', 'right'];

/**
 * Lays a finished press file on sheets of paper: step and repeat at its own size, front and back in register, with marks,
 * a ruler and a slug. The file keeps its standard, its inks and its layers.
 * @param pdf a press file of the product, with all its pages
 * @param geometry the product's, by which the file was made
 * @throws PrintcatError for a sheet that is none, or that the product does not fit on
 */
export async function imposeSheets(
  pdf: Uint8Array,
  geometry: Geometry,
  options: SheetWish,
  facts: SheetFacts,
): Promise<Imposed> {
  const sheet = findSheet(options.sheet, options.sheetMargin);
  const grid = stepAndRepeat(geometry, sheet, options.gutter);
  const flip = flipOf(geometry, options.flip);
  const sides = sidesOf(geometry, grid, sheet.size, { flip, copies: options.copies });
  const bands = bandsOf(grid, sheet);
  const type = await Lettering.open();
  const doc = await PDFDocument.load(pdf, { updateMetadata: false });
  const { standard, printedFor } = pressFileFacts(doc);
  const { space } = printedFor;
  const forms = pagesAsForms(doc, geometry, space);
  const { size } = sheet;

  const registers = flip === 'none' ? [] : registerMarks(grid, sheet, bands);
  const slugFacts = { sheet, flip, sheets: sides.at(-1)!.sheet + 1, ids: facts.ids };
  const rulers = options.ruler ? [tallRuler(type), flatRuler(type), shortRuler(type)] : [];
  let lacksRuler = false;
  const contents = sides.map((side): SheetContent => {
    const isFront = side.side === 'front';
    const turn = (at: Point): Point =>
      isFront || flip === 'none' ? at : pointBehind(at, size, axisOf(size, flip));
    const strips = new FreeStrips(grid, sheet, bands);
    const slug = slugTexts(geometry, side, slugFacts).map((text) => slugLine(type, text));
    const legends: (PlacedLegend | null)[] = [strips.placeFirst(slug, SLUG_SIDES)];
    // One ruler a sheet is enough: what scales the front scales the back.
    if (isFront) legends.push(strips.placeFirst(rulers, RULER_SIDES));
    if (isFront && options.ruler && !legends[1]) lacksRuler = true;
    const marks = sheetMarks(side, geometry.pages, grid.block, bands);
    const form = (page: number) => `Page${page + 1}`;
    return {
      forms: new Map(side.copies.map(({ page }) => [form(page), forms[page]!])),
      operators: [
        ...side.copies.map((copy) => drawCopy(copy, form(copy.page), geometry, size)),
        drawMarks(marks, registers.map(turn), size, space),
        drawLegends(
          legends.filter((legend) => legend !== null),
          size,
          space,
        ),
      ].join(''),
    };
  });
  replacePages(doc, sheet, grid, contents, space);
  finishPdfX(doc, printedFor, facts, standard);
  return {
    pdf: await documentBytes(doc),
    ...{ sheet, columns: grid.columns, rows: grid.rows, flip },
    sheets: sides.map(({ side, copies }) => ({
      side,
      placements: copies.map(({ page, trim, angle }) => ({
        ...{ page: page + 1, x: rounded(trim.x), y: rounded(trim.y), rotated: angle },
      })),
    })),
    notes: sheetNotes(geometry, grid, { sheet, flip, bands, lacksRuler, gutter: options.gutter }),
  };
}
