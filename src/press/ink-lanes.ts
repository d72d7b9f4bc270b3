import pLimit from 'p-limit';
import type { PictureTable } from '../colour/picture-table.ts';
import { SPARE_CORES, Thread } from '../thread.ts';
import { CmykTiff } from './cmyk-jpeg.ts';
import type { InkAnswer, InkQuestion } from './ink-thread.ts';

/** Strips that are worked on at the same time, whatever number of pictures they belong to. */
export const LANES = Math.min(3, SPARE_CORES);

/** Converts strips of pictures one after the other, in a thread of its own and always in the same memory. */
export class Lane {
  readonly #thread = new Thread<InkQuestion, InkAnswer>('ink-thread');
  #pixels: Uint8Array = new Uint8Array();
  /** The thread holds what it was ever given until it cleans up, which it hardly has reason to: so it is one thing. */
  #inks = new SharedArrayBuffer(0);

  /** Room for a strip's pixels, which the next strip takes again. */
  memory(bytes: number): Uint8Array {
    if (this.#pixels.length < bytes) this.#pixels = new Uint8Array(new SharedArrayBuffer(bytes));
    return this.#pixels.subarray(0, bytes);
  }

  /**
   * A strip in inks; the next strip takes its place.
   * @returns the inks, and the most that a pixel was given, percent
   */
  async inks(
    table: PictureTable,
    pixels: Uint8Array,
    channels: 3 | 4,
    { width, height }: { width: number; height: number },
  ): Promise<{ tiff: CmykTiff; coverage: number }> {
    const bytes = CmykTiff.bytes(width, height);
    if (this.#inks.byteLength < bytes) this.#inks = new SharedArrayBuffer(bytes);
    const tiff = CmykTiff.of(width, height, this.#inks);
    const coverage = await this.#thread.ask({
      ...{ nodes: table.nodes, pixels, channels },
      into: tiff.samples,
    });
    return { tiff, coverage };
  }

  close(): void {
    this.#thread.close();
  }
}

/** Threads stay for the next picture: they hold no program back from its end. */
const idle: Lane[] = [];
const limit = pLimit(LANES);

/** Starts threads ahead of the first strips. @param wanted how many will have something to do */
export function startLanes(wanted: number): void {
  if (limit.activeCount > 0) return;
  while (idle.length < Math.min(wanted, LANES)) idle.push(new Lane());
}

/** Lends a lane as soon as one is free. */
export const withLane = <T>(use: (lane: Lane) => Promise<T>): Promise<T> =>
  limit(async () => {
    const lane = idle.pop() ?? new Lane();
    try {
      const result = await use(lane);
      idle.push(lane);
      return result;
    } catch (error) {
      lane.close();
      throw error;
    }
  });
