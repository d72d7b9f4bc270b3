import { type Box, formatMm } from '../../../units.ts';
import type { PdfPage } from '../../document/pdf.ts';
import type { Rule } from '../../model.ts';
import { error, everywhere, warning } from '../levels.ts';

/** Boxes are numbers of two or three decimals of a pt in most files, mm: 0.01 pt is 0.0035 mm. */
const SLACK_MM = 0.005;
/** Trimmed sizes that differ by less are the same product. */
const SAME_SIZE_MM = 0.05;

const right = ({ x, width }: Box): number => x + width;
const bottom = ({ y, height }: Box): number => y + height;

const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x - SLACK_MM &&
  inner.y >= outer.y - SLACK_MM &&
  right(inner) <= right(outer) + SLACK_MM &&
  bottom(inner) <= bottom(outer) + SLACK_MM;

const sheetOf = ({ media }: PdfPage): Box => ({ x: 0, y: 0, ...media });
const formatSize = ({ width, height }: Box): string => `${formatMm(width)} × ${formatMm(height)}`;

export const boxes: Rule = {
  id: 'PX-BOX',
  clause: 'ISO 15930-1:2001, -4:2003, -7:2010; ISO 32000-1, 14.11.2',
  title: 'Every page has a TrimBox within its BleedBox within its MediaBox',
  hint: 'Export with the document’s trim and bleed, or let --fix set the boxes.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    page(page) {
      const { number, trim, art, bleed } = page;
      const wrong = (message: string, box: Box | null) =>
        report({ page: number, message, box, key: message });
      const finished = trim ?? art;
      const sheet = sheetOf(page);
      if (!finished) wrong('The page has neither a TrimBox nor an ArtBox', null);
      if (trim && art) wrong('The page has an ArtBox beside its TrimBox', art);
      if (bleed && !within(bleed, sheet)) wrong('The BleedBox reaches out of the MediaBox', bleed);
      if (!finished) return;
      const name = trim ? 'TrimBox' : 'ArtBox';
      if (!within(finished, sheet)) wrong(`The ${name} reaches out of the MediaBox`, finished);
      else if (bleed && !within(finished, bleed)) wrong(`The ${name} reaches out of the BleedBox`, finished);
    },
  }),
};

export const userUnit: Rule = {
  id: 'R0002',
  clause: 'GWG 2022 R0002; ISO 32000-1, table 30',
  title: 'Pages are measured in points, without a UserUnit',
  hint: 'Export at 100 %: many programs overlook UserUnit and print the page at another size.',
  levels: { sheetfed: error(), label: error(), digital: error() },
  check: ({ report }) => ({
    page({ number, userUnit: unit }) {
      if (unit !== 1)
        report({ page: number, message: `The page has a UserUnit of ${unit}`, measured: String(unit) });
    },
  }),
};

export const cropBox: Rule = {
  id: 'R0003',
  clause: 'GWG 2022 R0003',
  title: 'The CropBox is the MediaBox',
  hint: 'Remove the CropBox, or set it to the MediaBox: what it hides is lost in some programs and back in others.',
  levels: { sheetfed: error(), label: error(), digital: error() },
  check: ({ report }) => ({
    page(page) {
      const { crop, number } = page;
      const sheet = sheetOf(page);
      if (!crop || (within(crop, sheet) && within(sheet, crop))) return;
      report({ page: number, box: crop, measured: formatSize(crop), threshold: formatSize(sheet) });
    },
  }),
};

export const oneSize: Rule = {
  id: 'R0004',
  clause: 'GWG 2022 R0004',
  title: 'All pages have the same TrimBox size and none is turned',
  hint: 'Send pages of another size as a file of their own, and turn pages before exporting.',
  levels: { sheetfed: warning(), label: warning(), digital: warning() },
  check({ report }) {
    let first: Box | null = null;
    return {
      page(page) {
        const { number, rotate } = page;
        // ISO 32000-1, table 30: a TrimBox that is missing is the CropBox, and that the MediaBox.
        const trim = page.trim ?? page.crop ?? sheetOf(page);
        if (rotate !== 0) {
          report({
            page: number,
            message: `The page is turned by ${rotate}°`,
            key: 'turned',
            measured: `${rotate}°`,
          });
        }
        first ??= trim;
        const differs =
          Math.abs(trim.width - first.width) > SAME_SIZE_MM ||
          Math.abs(trim.height - first.height) > SAME_SIZE_MM;
        if (!differs) return;
        report({
          page: number,
          box: trim,
          message: 'The page is trimmed to another size than the first',
          key: 'size',
          measured: formatSize(trim),
          threshold: formatSize(first),
        });
      },
    };
  },
};

export const onePage: Rule = {
  id: 'R0006',
  clause: 'GWG 2022 R0006',
  title: 'The file has one page',
  hint: 'Send each label as a file of its own.',
  unit: 'pages',
  fails: 'above',
  levels: { label: warning(1) },
  check: ({ judge }) => ({
    document({ pages }) {
      judge(pages.length, { message: `The file has ${pages.length} pages` });
    },
  }),
};
