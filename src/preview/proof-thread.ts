import { parentPort, workerData } from 'node:worker_threads';
import { Screen } from '../colour/screen.ts';
import { drawPlates, type Plates, type PlateWish, pdfium } from './separations.ts';

/** What a thread of the proof is asked: to draw plates of a page, or to show inks on a screen. */
export type ProofQuestion =
  | { readonly draw: PlateWish; readonly plates: Plates; readonly cmyk: Uint8Array }
  | { readonly show: Uint8Array; readonly rgb: Uint8Array };

/** What it works with from its start to its end. */
export interface ProofData {
  /** The press profile. */
  readonly profile: Uint8Array;
}

// Both are loaded before they are asked for.
const screen = Screen.of((workerData as ProofData).profile);
await pdfium();

async function answer(question: ProofQuestion): Promise<void> {
  if ('draw' in question) await drawPlates(question.draw, question.plates, question.cmyk);
  else (await screen).show(question.show, question.rgb);
}

parentPort?.on('message', async (question: ProofQuestion) => {
  await answer(question);
  parentPort?.postMessage(null);
});
