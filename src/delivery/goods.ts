import type { PageProof } from '../preview/proof.ts';
import type { Delivery } from './deliver.ts';

/** `-03`: what is added to a page's file name where there are several; all as long. */
function numberOf(page: number, pages: number): string {
  if (pages === 1) return '';
  return `-${String(page + 1).padStart(Math.max(2, String(pages).length), '0')}`;
}

/**
 * What a made order gives to print and to look at: the press file, each page's proof, and what of each the press cannot
 * reach where that was asked for.
 * @param stem the files' names without their endings
 */
export function goodsOf(stem: string, pdf: Uint8Array, proofs: readonly PageProof[]): Delivery[] {
  const drawn = (
    role: 'proof' | 'gamut',
    ending: string,
    png: Buffer | undefined,
    page: number,
  ): Delivery[] =>
    png ? [{ name: `${stem}${ending}${numberOf(page, proofs.length)}.png`, role, bytes: png }] : [];
  return [
    { name: `${stem}.pdf`, role: 'print', bytes: pdf },
    ...proofs.flatMap(({ png }, page) => drawn('proof', '', png, page)),
    ...proofs.flatMap(({ gamut }, page) => drawn('gamut', '-gamut', gamut?.png, page)),
  ];
}
