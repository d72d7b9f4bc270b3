import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { ensureBrowser } from '../../src/browser/install.ts';
import { launchBrowser } from '../../src/browser/launch.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { findTemplate } from '../../src/layout/template.ts';
import { type Made, make } from '../../src/make.ts';
import type { Order } from '../../src/order/order.ts';
import { sampleOrder } from '../../src/order/sample.ts';
import type { ProofLook } from '../../src/preview/proof.ts';
import { processTerminal } from '../../src/terminal.ts';
import { filledWorkspace } from './fixtures.ts';

/** A workspace with a browser in which orders are made as the program makes them. */
export class Line {
  readonly folder: string;
  readonly #browser: Browser;
  readonly #remove: () => Promise<void>;

  private constructor(folder: string, browser: Browser, remove: () => Promise<void>) {
    this.folder = folder;
    this.#browser = browser;
    this.#remove = remove;
  }

  static async open(): Promise<Line> {
    const { workspace, remove } = await filledWorkspace();
    const { signal } = new AbortController();
    const { path } = await ensureBrowser({ env: process.env, signal, terminal: processTerminal() });
    return new Line(workspace, await launchBrowser({ path, signal }), remove);
  }

  async made(
    order: Order,
    out = 'output',
    look: ProofLook = {},
    without: readonly string[] = [],
  ): Promise<Made & { pdf: string; proof: string }> {
    const catalogue = openCatalogue(this.folder);
    try {
      const workshop = {
        catalogue,
        workspace: this.folder,
        cacheDir: join(this.folder, '.printcat', 'cache'),
        outputDir: join(this.folder, out),
        templateDirs: [join(this.folder, 'templates')],
        browser: async () => this.#browser,
        signal: new AbortController().signal,
        onStage: () => undefined,
        without,
      };
      const result = await make(order, workshop, look);
      const path = (role: string) => result.files.find((file) => file.role === role)?.path ?? '';
      return { ...result, pdf: path('print'), proof: path('proof') };
    } finally {
      catalogue.close();
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#remove();
  }
}

/** A template's sample order with another picture, without a neural network. */
export async function orderOf(template: string, image: string): Promise<Order> {
  const order = await sampleOrder(await findTemplate(template));
  return { ...order, images: [image], upscaler: 'lanczos' };
}
