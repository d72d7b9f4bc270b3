import { parentPort, workerData } from 'node:worker_threads';
import { Gamut } from '../colour/gamut.ts';
import { Screen } from '../colour/screen.ts';
import { pdfium } from '../pdfium.ts';
import type { Size } from '../units.ts';
import { drawPage, drawPlates, type Plates } from './draw-plates.ts';

/** What a thread of the proof is asked. The memories that receive something are shared. */
export type ProofQuestion =
  /** To draw plates of a variant of a page. */
  | { readonly variant: Uint8Array; readonly plates: Plates; readonly size: Size; readonly cmyk: Uint8Array }
  /** To show inks on a screen. */
  | { readonly show: Uint8Array; readonly rgb: Uint8Array }
  /** To draw a page in sRGB. */
  | { readonly page: Uint8Array; readonly size: Size; readonly rgb: Uint8Array }
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

async function answer(asked: ProofQuestion): Promise<void> {
  if ('variant' in asked) await drawPlates(asked.variant, asked.plates, asked.size, asked.cmyk);
  else if ('page' in asked) await drawPage(asked.page, asked.size, asked.rgb);
  else if ('show' in asked) (await screen)?.show(asked.show, asked.rgb);
  else if (profile) {
    gamut ??= Gamut.of(profile);
    (await gamut).measure(asked.measure, asked.distance);
  }
}

parentPort?.on('message', async (question: ProofQuestion) => {
  await answer(question);
  parentPort?.postMessage(null);
});
