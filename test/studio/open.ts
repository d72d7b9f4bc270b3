import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import type { WrittenOrder } from '../../src/studio/protocol.ts';
import { readOrderFile } from '../../src/studio/read-order-file.ts';
import { type StudioServer, serveStudio } from '../../src/studio/server.ts';
import { Studio } from '../../src/studio/studio.ts';
import { openBrowser } from '../layout/sheets.ts';
import { filledWorkspace } from '../make/fixtures.ts';
import { userBrowser } from './visitor.ts';

/** A studio that is open at a free port, in a new workspace with test pictures. */
export interface OpenStudio {
  readonly workspace: string;
  readonly server: StudioServer;
  /** `http://127.0.0.1:40123` */
  readonly origin: string;
  readonly token: string;
  /** Mistakes of ours that it told of. */
  readonly mistakes: unknown[];
  /** As the page asks, with its cookie and origin. */
  post(path: string, body: unknown): Promise<Response>;
  get(path: string): Promise<Response>;
  close(): Promise<void>;
}

/** A studio with one visitor, each in a browser of its own. */
export interface Visit {
  readonly studio: OpenStudio;
  /** The visitor's. */
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens a studio on an order, and its page at the size of a desk. */
export async function visitStudio(
  order: WrittenOrder,
  fill?: (workspace: string) => Promise<void>,
): Promise<Visit> {
  const [printing, user] = await Promise.all([openBrowser(), userBrowser()]);
  const studio = await openStudio(printing, order, fill);
  const page = await user.newPage();
  await page.setViewport({ width: 1400, height: 900 });
  await page.goto(studio.server.url);
  return {
    ...{ studio, page },
    async close() {
      await Promise.all([printing.close(), user.close()]);
      await studio.close();
    },
  };
}

/** @param browser prints; it is not closed with the studio */
export async function openStudio(
  browser: Browser | null,
  order: WrittenOrder | null = null,
  fill: (workspace: string) => Promise<void> = async () => undefined,
  /** Name of a file in the workspace with the order that the page follows, in the place of `order`. */
  orderFile: string | null = null,
): Promise<OpenStudio> {
  const { workspace, remove } = await filledWorkspace();
  await fill(workspace);
  const file = orderFile === null ? null : join(workspace, orderFile);
  const catalogue = openCatalogue(workspace);
  const stop = new AbortController();
  const running = async () => {
    if (!browser) throw new Error('No browser is needed here');
    return browser;
  };
  const studio = new Studio({
    workshop: {
      ...{ catalogue, workspace, signal: stop.signal, onStage: () => undefined, browser: running },
      cacheDir: join(workspace, '.printcat', 'cache'),
      outputDir: join(workspace, 'output'),
      templateDirs: [join(workspace, 'templates')],
    },
    openBrowser: running,
    who: async () => 'test',
    order: async () => (file === null ? order : readOrderFile(file, workspace)),
  });
  const mistakes: unknown[] = [];
  const server = await serveStudio({
    ...{
      studio,
      host: '127.0.0.1',
      port: 0,
      watched: [...studio.folders(), ...(file === null ? [] : [file])],
    },
    report: (error) => void mistakes.push(error),
  });
  const { origin, port, searchParams } = new URL(server.url);
  const token = searchParams.get('token')!;
  const headers = { Cookie: `printcat-${port}=${token}`, Origin: origin };
  return {
    ...{ workspace, server, origin, token, mistakes },
    get: (path) => fetch(origin + path, { headers, redirect: 'manual' }),
    post: (path, body) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async close() {
      stop.abort();
      await server.close();
      studio.pressRoom.close();
      catalogue.close();
      await remove();
    },
  };
}
