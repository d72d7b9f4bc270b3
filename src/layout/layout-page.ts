import type { Browser, CDPSession, Page } from 'puppeteer-core';

/** A page of the browser made ready for a layout: without scripts, as for print, every request of it intercepted. */
export interface LayoutPage {
  readonly page: Page;
  /** Tells which fonts a text is set in. */
  readonly inspector: CDPSession;
}

const begun = new WeakSet<Browser>();

/** Pages that wait for their next layout: opening one takes as long as laying out. */
const waiting = new WeakMap<Browser, LayoutPage[]>();

/** A page for one layout: one that waits, else of a new browser the one that it opened by itself, else a new one. */
export async function takeLayoutPage(browser: Browser): Promise<LayoutPage> {
  const ready = waiting.get(browser)?.pop();
  return ready && !ready.page.isClosed() ? ready : openLayoutPage(browser);
}

/** Keeps a page for the next layout. Whoever closes no pages keeps one for each layout that goes on at a time. */
export function keepLayoutPage(page: LayoutPage): void {
  const browser = page.page.browser();
  const kept = waiting.get(browser) ?? [];
  waiting.set(browser, kept);
  if (!page.page.isClosed()) kept.push(page);
}

/** Opens a page ahead of the next layout, where none waits for it. */
export async function warmLayoutPage(browser: Browser): Promise<void> {
  if (!waiting.get(browser)?.some(({ page }) => !page.isClosed())) {
    keepLayoutPage(await openLayoutPage(browser));
  }
}

async function openLayoutPage(browser: Browser): Promise<LayoutPage> {
  const page = await blankPage(browser);
  const [inspector] = await Promise.all([
    inspectorOf(page),
    page.setJavaScriptEnabled(false),
    page.setRequestInterception(true),
    page.emulateMediaType('print'),
  ]);
  return { page, inspector };
}

/** The page that a new browser opened by itself, which nobody else can ask for, else a new one. */
async function blankPage(browser: Browser): Promise<Page> {
  const isFirst = !begun.has(browser);
  begun.add(browser);
  const first = isFirst ? (await browser.pages())[0] : undefined;
  return first ?? browser.newPage();
}

async function inspectorOf(page: Page): Promise<CDPSession> {
  const session = await page.createCDPSession();
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  // Only the page that was opened last is in front; the others would wait with decoding pictures until they are.
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return session;
}
