import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Expectation, Severity } from '../../src/preflight/model.ts';
import { separation } from './pdf-builder.ts';
import { BOXES, type PdfX, pdfX } from './pdfx-builder.ts';
import type { Case } from './rules-content-cases.ts';

const everywhere = (severity: Severity | null) => ({
  sheetfed: severity,
  label: severity,
  digital: severity,
  x4: severity,
  x1a: severity,
});
const on = (
  rule: string,
  what: string,
  changes: PdfX,
  severity: Severity | null,
  expect: Expectation = {},
): Case => ({ rule, what, file: pdfX('x4', changes), profiles: everywhere(severity), expect });

const foreign = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(new URL(`foreign/${name}.pdf`, import.meta.url)));
const read = (rule: string, name: string, severity: Severity | null): Case => ({
  rule,
  what: `foreign/${name}.pdf`,
  file: foreign(name),
  profiles: everywhere(severity),
});

const PT = 25.4 / 72;
/** The page of `pdfX`: 180 pt trimmed, 8.5 pt of bleed, 200 pt in all. */
const TRIM = { width: 180 * PT, height: 180 * PT };
const BLEED = { bleedMm: 8.5 * PT, trim: TRIM };
const mm = (x: number, y: number, width: number, height: number) => ({
  x: x * PT,
  y: y * PT,
  width: width * PT,
  height: height * PT,
});
const boxes = (trim: number, bleed = 1.5): PdfX => ({
  entries: `/TrimBox [${trim} 10 190 190] /BleedBox [${bleed} 1.5 198.5 198.5]`,
});
const GROUND = '0.2 0 0 0 k';
const ground = (x: number, y: number, width: number, height: number): PdfX => ({
  content: `${GROUND} ${x} ${y} ${width} ${height} re f`,
});

/** Ink and its cut, both as large as the trim. */
const cutAtTrim: PdfX = {
  content: `${GROUND} 10 10 180 180 re f /C CS 1 SCN 10 10 180 180 re S`,
  resources: `/ColorSpace << /C ${separation('CutContour')} >>`,
};

/** Type whose box is known: a font of whole ems, one glyph of 10 pt at x, y in pt from the page's bottom left. */
const type = (x: number, y: number, size = 10): PdfX => ({
  content: `BT 0 g /F1 ${size} Tf ${x} ${y} Td (a) Tj ET`,
  resources:
    '/Font << /F1 << /Type /Font /Subtype /TrueType /BaseFont /Cat /FirstChar 97 /LastChar 97 /Widths [1000] >> >>',
});
/** 10 pt inside the trim. */
const SAFE: Expectation = { onPages: [{ safe: [mm(10, 10, 160, 160)] }] };
/** Panels of 70 pt left and right, a spine of 40 pt of which 30 pt are for type. */
const cover = (text: boolean): Expectation => ({
  onPages: [
    {
      safe: [mm(10, 10, 50, 160), mm(120, 10, 50, 160)],
      spine: { box: mm(75, 10, 30, 160), text },
    },
  ],
});
const COVER = cover(true);
const NO_SPINE_TYPE = cover(false);
const BARCODE: Expectation = { onPages: [{ keepClear: [{ name: 'barcode', box: mm(100, 130, 60, 30) }] }] };
/** The same on the second of two pages, where the first says nothing. */
const onSecond = ({ onPages }: Expectation): Expectation => ({ onPages: [{}, ...onPages!] });
const second = (what: PdfX): PdfX => ({ pages: [{}, what] });

const bytes = pdfX('x4').byteLength;

/** For every rule of the printer's files that break it and files that just keep it. */
export const PRINTER_CASES: readonly Case[] = [
  on('PR-SIZE', '0.3 pt (0.106 mm) too small', boxes(10.3), 'error', { trim: TRIM }),
  on('PR-SIZE', '0.28 pt (0.099 mm) too small', boxes(10.28), null, { trim: TRIM }),
  on('PR-BLEED', '0.3 pt of bleed missing at the left', boxes(10, 1.8), 'error', BLEED),
  on('PR-BLEED', '0.28 pt of bleed missing at the left', boxes(10, 1.78), null, BLEED),

  on(
    'PR-WHITE',
    'a strip of paper 1 mm wide at the end of the bleed',
    ground(0, 0, 195.6, 200),
    'error',
    BLEED,
  ),
  on('PR-WHITE', 'ink that ends at the trim', ground(10, 10, 180, 180), 'error', BLEED),
  on(
    'PR-WHITE',
    'a picture that ends at the trim, on 3 % of a side',
    {
      content: `${GROUND} 0 0 200 200 re f 0 g 0 0 0 0 k 190 50 10 5 re f`,
    },
    'warning',
    BLEED,
  ),
  on(
    'PR-WHITE',
    'a strip of white over the ink',
    {
      content: `${GROUND} 0 0 200 200 re f 0 0 0 0 k 0 0 200 10 re f`,
    },
    'error',
    BLEED,
  ),
  on('PR-WHITE', 'ink to the end of the bleed, none beyond it', ground(1.5, 1.5, 197, 197), null, BLEED),
  on('PR-WHITE', 'a design that is white along its trim', ground(20, 20, 160, 160), null, BLEED),
  on('PR-WHITE', '1 % of one ink', { content: '0.02 0 0 0 k 0 0 200 200 re f' }, null, BLEED),

  on('PR-WHITE', 'ink to its cut line, of an order whose art fills the bleed', cutAtTrim, 'error', BLEED),
  on('PR-WHITE', 'ink to its cut line, of no order', cutAtTrim, null, { bleedMm: BLEED.bleedMm }),

  // A glyph's box reaches from 0.22 em below its line to 0.92 em above it.
  on('PR-SAFE', 'type 1.1 pt (0.39 mm) out at the left', type(18.9, 100), 'error', SAFE),
  on('PR-SAFE', 'type 0.9 pt (0.32 mm) out at the left', type(19.1, 100), null, SAFE),
  on('PR-SAFE', 'type 1.1 pt out at the foot', type(100, 21.1), 'error', SAFE),
  on('PR-SAFE', 'type at the foot', type(100, 22.2), null, SAFE),
  on('PR-SPINE', 'type 1.1 pt out of the spine', type(83.9, 100), 'error', COVER),
  on('PR-SPINE', 'type within the spine', type(85, 100), null, COVER),
  on('PR-SPINE', 'type on a spine that has no room', type(95, 100), 'error', NO_SPINE_TYPE),
  on('PR-SPINE', 'type on a panel beside it', type(40, 100), null, NO_SPINE_TYPE),
  on('PR-CLEAR', 'type 1.1 pt into the barcode', type(101.1, 50), 'error', BARCODE),
  on('PR-CLEAR', 'type that touches the barcode', type(100, 50), null, BARCODE),

  on('PR-SAFE', 'the first page’s type where the second is safe', type(18.9, 100), null, onSecond(SAFE)),
  on('PR-SAFE', 'type 1.1 pt out on the second page', second(type(18.9, 100)), 'error', onSecond(SAFE)),
  on('PR-SPINE', 'type beside the spine of the second', second(type(83.9, 100)), 'error', onSecond(COVER)),
  on('PR-SPINE', 'the same on a page without a spine', type(83.9, 100), null, onSecond(COVER)),
  on('PR-CLEAR', 'type in the barcode of the second', second(type(101.1, 50)), 'error', onSecond(BARCODE)),
  on('PR-CLEAR', 'the same on a page without a barcode', type(101.1, 50), null, onSecond(BARCODE)),

  on('PR-PAGES', 'one page too many', { pages: [{}, {}] }, 'error', { pages: 1 }),
  on('PR-PAGES', 'the pages that were ordered', { pages: [{}, {}] }, null, { pages: 2 }),
  on('PR-BYTES', 'one byte too many', {}, 'error', { maxBytes: bytes - 1 }),
  on('PR-BYTES', 'as many bytes as the printer takes', {}, null, { maxBytes: bytes }),
  on(
    'PR-MARKS',
    'a mark outside the bleed',
    {
      content: '0 0 0 1 K 0 100 m 1 100 l S',
      entries: BOXES,
    },
    'error',
    { marks: false },
  ),
  on('PR-MARKS', 'a margin of 1.5 pt around the bleed', {}, 'error', { marks: false }),
  on(
    'PR-MARKS',
    'a page that ends with its bleed',
    {
      entries: '/TrimBox [10 10 190 190] /BleedBox [0 0 200 200]',
    },
    null,
    { marks: false },
  ),
  on('PR-MARKS', 'marks that the printer wants', { content: '0 0 0 1 K 0 100 m 1 100 l S' }, null, {
    marks: true,
  }),

  read('PX-ENCRYPT', 'gs-rc4', 'error'),
  read('PX-ENCRYPT', 'qpdf-aes256', 'error'),
  read('PX-ENCRYPT', 'gs-x3', null),
  read('RD-READ', 'pdftex-damaged', 'error'),
  read('RD-READ', 'qpdf-password', 'error'),
  read('RD-READ', 'qpdf-linearised', null),
];
