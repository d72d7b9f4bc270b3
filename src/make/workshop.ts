import type { Browser } from 'puppeteer-core';
import type { Shelves } from '../order/resolve-order.ts';

/** What making needs besides the order. */
export interface Workshop extends Shelves {
  /** Where the files go. */
  readonly outputDir: string;
  /** Where files are written before they take their places, on the same disk; the output folder where it is not given. */
  readonly scratchDir?: string;
  /** Gives the running browser; asked for only when the order is known to be sound. */
  browser(): Promise<Browser>;
  /** Told when the order needs the browser no more. */
  browserDone?(): void;
  /** Rules of preflight that the user switched off by name. */
  readonly without?: readonly string[];
}
