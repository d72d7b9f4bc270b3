import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import { expected, messageOf, PrintcatError } from '../errors.ts';
import { decoded, OWN_HEADERS, send, sendJson } from './answer.ts';
import { cookieName, type Doorkeeping, refusalOf } from './guard.ts';
import { ROUTES } from './routes.ts';
import { complaint } from './streamed.ts';
import type { Studio } from './studio.ts';
import { watchPlaces } from './watch.ts';

export interface ServerWish {
  readonly studio: Studio;
  /** Address to listen at. */
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Folders and files whose changes the page is told of. */
  readonly watched: readonly string[];
  /** Told of what is a mistake of ours. */
  report(error: unknown): void;
}

export interface StudioServer {
  /** With the token: who has it may use the studio. */
  readonly url: string;
  close(): Promise<void>;
}

/** Another program listens at the port. */
export class PortTaken extends PrintcatError {
  constructor(message: string) {
    super(message, { hint: 'Another program is there: choose another --port.' });
  }
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** The names by which a studio that listens at an address may be called. */
function hostsOf(address: string): string[] {
  const isLoopback = LOOPBACK.includes(address);
  if (isLoopback) return LOOPBACK;
  const own = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map((entry) => entry.address),
  );
  const everywhere = address === '0.0.0.0' || address === '::';
  const names = everywhere ? [...own, hostname().toLowerCase()] : [address.toLowerCase()];
  return [...LOOPBACK, ...names];
}

/**
 * Serves a studio until it is closed.
 * @throws PrintcatError where the address or port cannot be used
 */
export async function serveStudio({
  studio,
  host,
  port,
  watched,
  report,
}: ServerWish): Promise<StudioServer> {
  const token = randomBytes(24).toString('base64url');
  const listeners = new Set<ServerResponse>();
  let door: Doorkeeping = { port, hosts: hostsOf(host), token };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, { error: complaint(error, report) }, 422);
    });
  });
  server.requestTimeout = 30_000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
      listeners.delete(response);
    });
    const url = URL.canParse(request.url ?? '', 'http://studio')
      ? new URL(request.url!, 'http://studio')
      : null;
    if (!url) return send(response, 400, 'text/plain', 'Expected an address.');
    const given = url.pathname === '/' ? url.searchParams.get('token') : null;
    const refusal = refusalOf(request, url.pathname, given, door);
    if (refusal) return send(response, refusal.status, 'text/plain; charset=utf-8', refusal.message);
    if (given !== null) return letIn(response);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    for (const route of ROUTES) {
      const match = route.path.exec(url.pathname);
      if (!match || route.method !== method) continue;
      const asked = {
        ...{ request, response, url, studio, report, signal: gone.signal },
        parts: match.slice(1).map(decoded),
        subscribe: (listener: ServerResponse) => void listeners.add(listener),
      };
      if ((await route.answer(asked)) === null) break;
      return;
    }
    send(response, 404, 'text/plain; charset=utf-8', 'There is nothing here.');
  }

  /** The token goes from the address into a cookie, so that it stays neither in the bar nor in the history. */
  function letIn(response: ServerResponse): void {
    response.writeHead(303, {
      ...OWN_HEADERS,
      Location: '/',
      'Set-Cookie': `${cookieName(door.port)}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    });
    response.end();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = `The studio cannot listen at ${host}:${port}: ${messageOf(error)}`;
      reject(error.code === 'EADDRINUSE' ? new PortTaken(message) : new PrintcatError(message));
    });
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw expected('a port', '--port', port);
  door = { ...door, port: bound.port };
  const stopWatching = watchPlaces(watched, () => {
    for (const listener of listeners) listener.write('event: change\ndata: {}\n\n');
  });
  const shown = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? hostname() : host;
  return {
    url: `http://${shown}:${bound.port}/?token=${token}`,
    async close() {
      stopWatching();
      for (const listener of listeners) listener.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
