import type { Browser, CDPSession, Page } from 'puppeteer-core';
import type { SheetResources } from './resources.ts';

/** Sheets that one page lays out before another takes its place: what a document leaves behind ends with its page. */
const SHEETS = 10;
/** Pages that a browser keeps open while nobody needs them. */
const IDLE = 6;

interface Kept {
  readonly page: Page;
  readonly inspector: CDPSession;
  sheets: number;
  /** What it may load: of the sheet that it lays out now; nothing in between. */
  resources: SheetResources | null;
}

const idle = new WeakMap<Browser, Kept[]>();

/** A page of a browser, lent for one sheet. */
export class LentPage {
  readonly page: Page;
  /** Tells which fonts its texts are set in. */
  readonly inspector: CDPSession;
  readonly #kept: Kept;
  readonly #browser: Browser;

  constructor(kept: Kept, browser: Browser) {
    this.page = kept.page;
    this.inspector = kept.inspector;
    this.#kept = kept;
    this.#browser = browser;
  }

  /** Gives the page back; the next sheet begins with a new document, of which it loads everything anew. */
  async giveBack(): Promise<void> {
    const kept = this.#kept;
    kept.resources = null;
    const others = idle.get(this.#browser) ?? [];
    if (kept.page.isClosed() || kept.sheets >= SHEETS || others.length >= IDLE) return this.close();
    idle.set(this.#browser, [...others, kept]);
  }

  /** Ends the page: nobody knows in what state it is. */
  async close(): Promise<void> {
    this.#kept.resources = null;
    await this.page.close().catch(() => undefined);
  }
}

/**
 * Lends a page in which no script runs, laid out as for print, that loads nothing but what the sheet offers. To start
 * one is most of what a small sheet takes of the browser (`bench/batch.mjs`), so pages are used again.
 */
export async function lendPage(browser: Browser, resources: SheetResources): Promise<LentPage> {
  const waiting = idle.get(browser) ?? [];
  idle.set(browser, waiting.slice(0, -1));
  const last = waiting.at(-1);
  const kept = last && !last.page.isClosed() ? last : await newPage(browser);
  kept.sheets++;
  kept.resources = resources;
  return new LentPage(kept, browser);
}

/** Opens a page for the next sheet, where none waits for one. */
export async function readyPage(browser: Browser): Promise<void> {
  if ((idle.get(browser) ?? []).length > 0) return;
  const kept = await newPage(browser);
  idle.set(browser, [...(idle.get(browser) ?? []), kept]);
}

async function newPage(browser: Browser): Promise<Kept> {
  const page = await blankPage(browser);
  try {
    const kept: Kept = { page, inspector: await inspectorOf(page), sheets: 0, resources: null };
    // Every request is answered by us; nothing reaches the network or other files.
    await Promise.all([
      page.setJavaScriptEnabled(false),
      page.setRequestInterception(true),
      page.emulateMediaType('print'),
    ]);
    page.on('request', (request) => {
      if (kept.resources) void kept.resources.answer(request);
      else void request.abort('blockedbyclient').catch(() => undefined);
    });
    return kept;
  } catch (error) {
    await page.close().catch(() => undefined);
    throw error;
  }
}

const begun = new WeakSet<Browser>();

/** Of a new browser the page that it opened by itself, which nobody else can ask for, else a new one. */
async function blankPage(browser: Browser): Promise<Page> {
  const isFirst = !begun.has(browser);
  begun.add(browser);
  const first = isFirst ? (await browser.pages())[0] : undefined;
  return first ?? browser.newPage({ background: true });
}

async function inspectorOf(page: Page): Promise<CDPSession> {
  const session = await page.createCDPSession();
  await Promise.all([session.send('DOM.enable'), session.send('CSS.enable')]);
  return session;
}
