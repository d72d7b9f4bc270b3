import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'puppeteer-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A browser as users have it: the one that prints refuses every address, ours too. */
export async function userBrowser(): Promise<Browser> {
  const { default: puppeteer } = await import('puppeteer-core');
  const { findBrowser } = await import('../../src/browser/find.ts');
  const { path } = (await findBrowser({ env: process.env }))!;
  return puppeteer.launch({ executablePath: path, headless: true, args: ['--no-sandbox'] });
}

/** What axe finds on a page, but for the product itself in its frame. */
export async function violations(of: Page): Promise<string[]> {
  await of.evaluate(await readFile(axe, 'utf8'));
  return of.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: {
        run(
          root: Document,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations: found } = await tool.run(document, { iframes: false });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}
