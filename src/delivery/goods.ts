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
export const pressDeliveries = (stem: string, pdf: Uint8Array, proofs: readonly PageProof[]): Delivery[] => [
  { name: `${stem}.pdf`, role: 'print', bytes: pdf, pages: proofs.length },
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

const proofsOf = (stem: string, ending: string, proofs: readonly PageProof[]): Delivery[] =>
  perPage(
    'proof',
    stem,
    ending,
    proofs.map(({ png }) => png),
  );
