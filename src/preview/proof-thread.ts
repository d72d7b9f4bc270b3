import { parentPort, workerData } from 'node:worker_threads';
import { Screen } from '../colour/screen.ts';
import type { Size } from '../units.ts';
import { drawPlates, type Plates, pdfium } from './draw-plates.ts';

/** What a thread of the proof is asked: to draw plates of a page, or to show inks on a screen. All memory is shared. */
export type ProofQuestion =
  | { readonly draw: Uint8Array; readonly plates: Plates; readonly size: Size; readonly cmyk: Uint8Array }
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
  if ('draw' in question) {
    const { draw, plates, size, cmyk } = question;
    await drawPlates(draw, plates, size, cmyk);
  } else {
    (await screen).show(question.show, question.rgb);
  }
}

parentPort?.on('message', async (question: ProofQuestion) => {
  await answer(question);
  parentPort?.postMessage(null);
});
