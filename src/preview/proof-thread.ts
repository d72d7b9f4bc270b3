import { parentPort, workerData } from 'node:worker_threads';
import { Gamut } from '../colour/gamut.ts';
import { Screen } from '../colour/screen.ts';
import { drawPage, drawPlates, type Plates, type PlateWish, pdfium } from './separations.ts';

/** What a thread of the proof is asked. */
export type ProofQuestion =
  /** To draw plates of a page in inks. */
  | { readonly draw: PlateWish; readonly plates: Plates; readonly cmyk: Uint8Array }
  /** To show inks on a screen. */
  | { readonly show: Uint8Array; readonly rgb: Uint8Array }
  /** To draw a page in sRGB. */
  | { readonly page: Omit<PlateWish, 'shrink'>; readonly rgb: Uint8Array }
  /** To measure how far colours are out of the press's reach (see `Gamut`). */
  | { readonly measure: Uint8Array; readonly distance: Uint8Array };

/** What it works with from its start to its end. */
export interface ProofData {
  /** The press profile; `null` for files in sRGB. */
  readonly profile: Uint8Array | null;
  /** Whether the paper's own colour is shown. */
  readonly paperWhite: boolean;
}

const { profile, paperWhite } = workerData as ProofData;
// Both are loaded before they are asked for.
const screen = profile && Screen.of(profile, paperWhite);
await pdfium();
let gamut: Promise<Gamut> | undefined;

async function answer(question: ProofQuestion): Promise<void> {
  if ('draw' in question) await drawPlates(question.draw, question.plates, question.cmyk);
  else if ('page' in question) await drawPage(question.page, question.rgb);
  else if ('show' in question) (await screen)?.show(question.show, question.rgb);
  else if (profile) {
    gamut ??= Gamut.of(profile);
    (await gamut).measure(question.measure, question.distance);
  }
}

parentPort?.on('message', async (question: ProofQuestion) => {
  await answer(question);
  parentPort?.postMessage(null);
});
