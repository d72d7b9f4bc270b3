import { parentPort, workerData } from 'node:worker_threads';
import { PictureConverter, PictureTable } from '../colour/picture-table.ts';

/** A strip to convert; both memories are shared with the one who asks. */
export interface InkQuestion {
  readonly pixels: Uint8Array;
  readonly channels: 3 | 4;
  /** Receives the inks. */
  readonly into: Uint8Array;
}

/** The most ink that a pixel was given so far, percent. */
export type InkAnswer = number;

const converter = new PictureConverter(PictureTable.of(workerData as Uint32Array));

parentPort?.on('message', ({ pixels, channels, into }: InkQuestion) => {
  converter.run(pixels, channels, into);
  parentPort?.postMessage(converter.coverage satisfies InkAnswer);
});
