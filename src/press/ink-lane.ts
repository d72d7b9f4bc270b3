import { PictureConverter, type PictureTable } from '../colour/picture-table.ts';
import { Thread } from '../thread.ts';
import { CmykTiff } from './cmyk-jpeg.ts';
import type { InkAnswer, InkQuestion } from './ink-thread.ts';

/** Converts strips of a picture one after the other, always in the same memory. */
export class Lane {
  readonly #converter: PictureConverter;
  readonly #thread: Thread<InkQuestion, InkAnswer> | null;
  #pixels: Uint8Array = new Uint8Array();
  #tiff: CmykTiff | undefined;
  #coverage = 0;

  /** @param ownThread converts beside the main thread, which pays where there is more than one strip */
  constructor(table: PictureTable, ownThread: boolean) {
    this.#converter = new PictureConverter(table);
    this.#thread = ownThread ? new Thread('ink-thread', table.nodes) : null;
  }

  /** The most ink that a pixel was given so far, percent. */
  get coverage(): number {
    return this.#coverage;
  }

  /** Room for a strip's pixels, which the next strip takes again. */
  memory(bytes: number): Uint8Array {
    if (this.#pixels.length < bytes) this.#pixels = new Uint8Array(new SharedArrayBuffer(bytes));
    return this.#pixels.subarray(0, bytes);
  }

  /** A strip in inks; the next strip takes its place. */
  async inks(pixels: Uint8Array, channels: 3 | 4, width: number, height: number): Promise<CmykTiff> {
    if (this.#tiff?.rows !== height) this.#tiff = CmykTiff.of(width, height);
    const { samples } = this.#tiff;
    if (this.#thread) {
      this.#coverage = await this.#thread.ask({ pixels, channels, into: samples });
    } else {
      this.#converter.run(pixels, channels, samples);
      this.#coverage = this.#converter.coverage;
    }
    return this.#tiff;
  }

  close(): void {
    this.#thread?.close();
  }
}
