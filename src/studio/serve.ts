import { resolve } from 'node:path';
import { whoActs } from '../catalogue/who.ts';
import type { Context } from '../commands/command.ts';
import { inWorkshop } from '../workshop.ts';
import { openInBrowser } from './open-in-browser.ts';
import type { WrittenOrder } from './protocol.ts';
import { readOrderFile } from './read-order-file.ts';
import { PortTaken, serveStudio } from './server.ts';
import { Studio } from './studio.ts';

export interface ServeWish {
  readonly workspace: string;
  readonly host: string;
  /** Where none is asked for, the usual one or another that is free. */
  readonly port: number | undefined;
  /** Whether the user's browser is opened, where there is a terminal. */
  readonly open: boolean;
  /** What the page starts with: an order, or a file with one, which is read again when it changes. */
  readonly order: WrittenOrder | null;
  readonly orderFile: string | undefined;
}

/** A page's settings are remembered by the browser for its address: so that is the same from one day to the next. */
const USUAL_PORT = 4747;

/** Serves a workspace's studio until the program is stopped. @throws PrintcatError where it cannot start */
export async function serve(wish: ServeWish, context: Context): Promise<undefined> {
  const { terminal, signal, env, cwd } = context;
  const { workspace, host, port } = wish;
  const file = wish.orderFile === undefined ? null : resolve(cwd, wish.orderFile);
  const first = file === null ? wish.order : await readOrderFile(file, workspace);
  const { openBrowser } = await import('../browser/open.ts');
  return inWorkshop(
    workspace,
    undefined,
    context,
    async (workshop) => {
      let given: ReturnType<typeof workshop.browser> | null = workshop.browser();
      const studio = new Studio({
        workshop: { ...workshop, workspace },
        who: () => whoActs(workspace, env),
        order: async () => (file === null ? first : readOrderFile(file, workspace)),
        openBrowser: () => {
          const running = given ?? openBrowser({ env, terminal, signal });
          given = null;
          return running;
        },
      });
      studio.warm();
      const report = (error: unknown) =>
        terminal.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
      const watched = [...studio.folders(), ...(file === null ? [] : [file])];
      const at = (own: number) => serveStudio({ ...{ studio, host, watched, report }, port: own });
      const server = await at(port ?? USUAL_PORT).catch((error: unknown) => {
        if (port !== undefined || !(error instanceof PortTaken)) throw error;
        return at(0);
      });
      terminal.print(server.url);
      terminal.note('The studio is open at this address. Ctrl-C ends it.');
      if (wish.open && terminal.interactive) openInBrowser(server.url, env);
      await new Promise<void>((stopped) => {
        if (signal.aborted) stopped();
        signal.addEventListener('abort', () => stopped(), { once: true });
      });
      await Promise.all([server.close(), studio.close()]);
      return undefined;
    },
    { manyOrders: true },
  );
}
