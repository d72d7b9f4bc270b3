import { parentPort } from 'node:worker_threads';
import { PictureConverter, PictureTable } from '../colour/picture-table.ts';

/** A strip to convert; all memories are shared with the one who asks. */
export interface InkQuestion {
  /** Of a `PictureTable`. */
  readonly nodes: Uint32Array;
  readonly pixels: Uint8Array;
  readonly channels: 3 | 4;
  /** Receives the inks. */
  readonly into: Uint8Array;
}

/** The most ink that a pixel was given, percent. */
export type InkAnswer = number;

parentPort?.on('message', ({ nodes, pixels, channels, into }: InkQuestion) => {
  const converter = new PictureConverter(PictureTable.of(nodes));
  converter.run(pixels, channels, into);
  parentPort?.postMessage(converter.coverage satisfies InkAnswer);
});
