import type { ListRow } from '../prepare/preparation.ts';
import type { PageProof } from '../preview/proof.ts';
import type { Imposed } from '../sheets/impose.ts';
import type { Delivery } from './deliver.ts';

/** `-03`: what is added to a page's file name where there are several; all as long. */
function numberOf(page: number, pages: number): string {
  if (pages === 1) return '';
  return `-${String(page + 1).padStart(Math.max(2, String(pages).length), '0')}`;
}

/** A file of each page, where there is one. */
const perPage = (
  role: Delivery['role'],
  stem: string,
  ending: string,
  pages: readonly (Uint8Array | null | undefined)[],
): Delivery[] =>
  pages.flatMap((bytes, page) =>
    bytes ? [{ name: `${stem}${ending}${numberOf(page, pages.length)}.png`, role, bytes, pages: 1 }] : [],
  );

/**
 * What an order for a press gives to print and to look at: the press file, each page's proof, and what of each the press
 * cannot reach where that was asked for.
 * @param stem the files' names without their endings
 */
export const pressDeliveries = (
  stem: string,
  pdf: Uint8Array,
  pages: number,
  proofs: readonly PageProof[],
): Delivery[] => [
  { name: `${stem}.pdf`, role: 'print', bytes: pdf, pages },
  ...proofsOf(stem, '', proofs),
  ...perPage(
    'gamut',
    stem,
    '-gamut',
    proofs.map(({ gamut }) => gamut?.png),
  ),
];

/** What an order of pictures gives: each page's PNG, its white ink, its proof. */
export const imageDeliveries = (
  stem: string,
  pages: readonly { readonly png: Uint8Array; readonly white: Uint8Array | null }[],
  proofs: readonly PageProof[],
): Delivery[] => [
  ...perPage(
    'print',
    stem,
    '',
    pages.map(({ png }) => png),
  ),
  ...perPage(
    'white',
    stem,
    '-white',
    pages.map(({ white }) => white),
  ),
  ...proofsOf(stem, '-proof', proofs),
];

/** The product on sheets, and a proof of the first. */
export const sheetDeliveries = (
  stem: string,
  { imposed, proofs }: { imposed: Pick<Imposed, 'pdf' | 'sheet' | 'sheets'>; proofs: readonly PageProof[] },
): Delivery[] => {
  const onSheet = `${stem}-on-${imposed.sheet.name}`;
  const { pdf, sheets } = imposed;
  return [
    { name: `${onSheet}.pdf`, role: 'sheet', bytes: pdf, pages: sheets.length },
    ...proofsOf(onSheet, '', proofs),
  ];
};

/** The art without its cuts, for a printer that takes them apart; the cuts for a cutter, in mm. */
export const apartDeliveries = (
  stem: string,
  { art, cuts, svgs }: { art: Uint8Array; cuts: Uint8Array; svgs: readonly string[] },
): Delivery[] => [
  { name: `${stem}-art.pdf`, role: 'art', bytes: art, pages: svgs.length },
  { name: `${stem}-cut.pdf`, role: 'cut', bytes: cuts, pages: svgs.length },
  ...svgs.map(
    (svg, page): Delivery => ({
      name: `${stem}-cut${numberOf(page, svgs.length)}.svg`,
      role: 'cut',
      bytes: Buffer.from(svg),
      pages: 1,
    }),
  ),
];

/** What stands where, for programs and for spreadsheets; nothing where there is nothing to list. */
export function listDeliveries(stem: string, rows: readonly ListRow[]): Delivery[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  const quoted = (value: string | number | undefined) => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  // RFC 4180: lines end with CR LF.
  const csv = [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((line) => `${line.map(quoted).join(',')}\r\n`)
    .join('');
  return [
    { name: `${stem}-list.json`, role: 'list', bytes: Buffer.from(`${JSON.stringify(rows, null, 2)}\n`) },
    { name: `${stem}-list.csv`, role: 'list', bytes: Buffer.from(csv) },
  ];
}

const proofsOf = (stem: string, ending: string, proofs: readonly PageProof[]): Delivery[] =>
  perPage(
    'proof',
    stem,
    ending,
    proofs.map(({ png }) => png),
  );
