import { setTimeout } from 'node:timers/promises';
import { type Page, TimeoutError } from 'puppeteer-core';
import { notLoaded } from './in-page.ts';

/** Between two looks, ms; and the longest time, as for the page itself. */
const LOOK_EVERY = 2;
const PATIENCE = 30_000;

/**
 * Waits until the pictures are there that the page was last told to ask for. Without scripts the page cannot tell by
 * itself, and its promise of a decoded picture is not kept while its tab is behind another.
 */
export async function picturesLoaded(page: Page): Promise<void> {
  const until = performance.now() + PATIENCE;
  while ((await page.evaluate(notLoaded)) > 0) {
    if (performance.now() > until) throw new TimeoutError(`Pictures did not come within ${PATIENCE} ms`);
    await setTimeout(LOOK_EVERY);
  }
}
