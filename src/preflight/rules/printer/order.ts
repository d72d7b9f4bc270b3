import { type Box, formatMm, type Size } from '../../../units.ts';
import type { PdfPage } from '../../document/pdf.ts';
import type { Rule } from '../../model.ts';
import { ROUNDING } from '../ink.ts';
import { everywhere } from '../levels.ts';

/** Boxes within this of the order are as ordered: a tenth of a mm is a third of what a cutter is off. */
const TOLERANCE_MM = 0.1;

/** How far the printed page reaches past its trim on each side, mm; without a BleedBox the sheet counts. */
function reach({ bleed, media }: PdfPage, trim: Box): readonly (readonly [side: string, mm: number])[] {
  const box = bleed ?? { x: 0, y: 0, ...media };
  return [
    ['top', trim.y - box.y],
    ['right', box.x + box.width - trim.x - trim.width],
    ['bottom', box.y + box.height - trim.y - trim.height],
    ['left', trim.x - box.x],
  ];
}

const formatSize = ({ width, height }: Size): string => `${formatMm(width)} × ${formatMm(height)}`;

const SOURCE = 'the printer’s preset and the order';

export const size: Rule = {
  id: 'PR-SIZE',
  clause: SOURCE,
  title: 'The trimmed page has the size that was ordered',
  hint: 'Export at 100 % with the TrimBox at the finished size.',
  levels: everywhere('error'),
  needs: ({ trim }) => trim !== undefined,
  check: ({ report, expect }) => ({
    page({ number, trim, media }) {
      const wanted = expect.trim!;
      const found = trim ?? media;
      const off = Math.max(Math.abs(found.width - wanted.width), Math.abs(found.height - wanted.height));
      if (off <= TOLERANCE_MM + 1e-6) return;
      report({
        page: number,
        box: trim,
        message: `The page is ${formatSize(found)} when trimmed, not ${formatSize(wanted)}`,
        measured: formatSize(found),
        threshold: formatSize(wanted),
      });
    },
  }),
};

export const bleed: Rule = {
  id: 'PR-BLEED',
  clause: SOURCE,
  title: 'The page reaches past its trim by the bleed on all sides',
  hint: 'Export with the printer’s bleed on all sides, and the BleedBox around it.',
  unit: 'mm',
  levels: everywhere('error'),
  needs: ({ bleedMm = 0 }) => bleedMm > 0,
  check: ({ report, expect }) => ({
    page(page) {
      const { trim, number } = page;
      const wanted = expect.bleedMm!;
      for (const [side, mm] of reach(page, trim ?? { x: 0, y: 0, ...page.media })) {
        if (mm >= wanted - TOLERANCE_MM - 1e-6) continue;
        report({
          page: number,
          box: trim,
          message: `There are ${formatMm(mm)} of bleed at the ${side}, not ${formatMm(wanted)}`,
          measured: mm,
          threshold: wanted,
          key: side,
        });
      }
    },
  }),
};

export const pageCount: Rule = {
  id: 'PR-PAGES',
  clause: SOURCE,
  title: 'The file has as many pages as ordered',
  hint: 'Send one file with exactly the pages that were ordered; look for empty ones at its end.',
  unit: 'pages',
  levels: everywhere('error'),
  needs: ({ pages }) => pages !== undefined,
  check: ({ report, expect }) => ({
    document({ pages }) {
      const wanted = expect.pages!;
      if (pages.length === wanted) return;
      report({
        message: `The file has ${pages.length} page${pages.length === 1 ? '' : 's'}, not ${wanted}`,
        measured: pages.length,
        threshold: wanted,
      });
    },
  }),
};

export const fileSize: Rule = {
  id: 'PR-BYTES',
  clause: SOURCE,
  title: 'The file is no larger than the printer takes',
  hint: 'Reduce the pictures to the resolution that the printer asks for.',
  unit: 'MB',
  levels: everywhere('error'),
  needs: ({ maxBytes }) => maxBytes !== undefined,
  check: ({ report, expect }) => ({
    document({ file }) {
      const limit = expect.maxBytes!;
      if (file.byteLength <= limit) return;
      report({
        message: 'The file is larger than the printer takes',
        measured: file.byteLength / 1e6,
        threshold: limit / 1e6,
      });
    },
  }),
};

export const marks: Rule = {
  id: 'PR-MARKS',
  clause: SOURCE,
  title: 'There are no marks and no margin outside the bleed where the printer allows none',
  hint: 'Export without crop marks and colour bars, at the size of the bleed.',
  levels: everywhere('error'),
  needs: ({ marks: allowed }) => allowed === false,
  check({ report }) {
    const found = (mark: { page: PdfPage; box: Box }) =>
      report({
        page: mark.page.number,
        box: mark.box,
        message: 'Something is printed outside the bleed',
        key: 'mark',
      });
    return {
      sees: ['slug'],
      text: found,
      path: (mark) => {
        if (mark.fill || mark.stroke) found(mark);
      },
      image: found,
      shading: found,
      page(page) {
        const margin =
          page.bleed && Math.max(...reach({ ...page, bleed: null }, page.bleed).map(([, mm]) => mm));
        if (!margin || margin <= TOLERANCE_MM + 1e-6) return;
        report({
          page: page.number,
          box: page.bleed,
          message: `The page has a margin of ${formatMm(margin)} around the bleed`,
          measured: formatMm(margin),
          threshold: formatMm(0),
          key: 'margin',
        });
      },
    };
  },
};

export const inkLimit: Rule = {
  id: 'PR-INK',
  clause: SOURCE,
  title: 'There is no more ink than the printer takes',
  hint: 'Convert with the printer’s profile, or with --override file.tac set to its limit.',
  unit: '%',
  fails: 'above',
  levels: everywhere('error'),
  needs: ({ inkLimit: limit }) => limit !== undefined,
  check: ({ report, expect }) => ({
    needsInk: ({ all }) => all > expect.inkLimit! + ROUNDING,
    coverage({ page, most }) {
      if (!most || most.ink <= expect.inkLimit! + ROUNDING) return;
      report({
        page,
        box: most.box,
        message: 'There is more ink at one point than the printer takes',
        measured: most.ink,
        threshold: expect.inkLimit!,
      });
    },
  }),
};
