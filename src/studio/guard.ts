import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Where the studio answers, and to whom. */
export interface Doorkeeping {
  readonly port: number;
  /** Names and addresses by which it may be called, without the port: `127.0.0.1`, `localhost`. */
  readonly hosts: readonly string[];
  /** What the address that was printed carries, and then the cookie. */
  readonly token: string;
}

/** A request that is not answered, with the status that says why. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 421;
  readonly message: string;
}

/** Cookies know no ports: two studios on one machine keep theirs apart by name. */
export const cookieName = (port: number): string => `printcat-${port}`;

/** What a frame of its own opaque origin may load: everything of one rendering, by an address that cannot be guessed. */
export const RENDERING = /^\/render\/[0-9a-f]{32}\//;

const sameToken = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** `[::1]` as a host is written without its brackets. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').toLowerCase();

/** Whether a Host header names this studio: one that a foreign name was made to lead here (DNS rebinding) does not. */
function isOwnHost(host: string | undefined, { port, hosts }: Doorkeeping): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(host ?? '');
  return match !== null && Number(match[2] ?? 80) === port && hosts.includes(bare(match[1]!));
}

/** The token among a request's cookies; empty where there is none. */
function cookieOf(request: IncomingMessage, port: number): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookieName(port))?.[1] ?? '';
}

/**
 * Whether a request may be answered: it was sent to this studio by name, by a page of this studio, by whoever knows
 * the token.
 * @param path its path without the query
 * @param given the token in the address, for the first page
 */
export function refusalOf(
  request: IncomingMessage,
  path: string,
  given: string | null,
  door: Doorkeeping,
): Refusal | null {
  const { host, origin } = request.headers;
  if (!isOwnHost(host, door)) return { status: 421, message: 'This is another host.' };
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && RENDERING.test(path)) {
    // A sandboxed frame has no origin, and gets no cookies: its address is what it knows.
    const isKnown = origin === undefined || origin === 'null' || origin === `http://${host}`;
    return isKnown ? null : { status: 403, message: 'Another site asks for this.' };
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, message: 'Another site asks for this.' };
  }
  if (!reads && origin === undefined) return { status: 403, message: 'Nobody says who asks for this.' };
  if (request.headers['sec-fetch-site'] === 'cross-site' && given === null) {
    return { status: 403, message: 'Another site asks for this.' };
  }
  const token = given ?? cookieOf(request, door.port);
  if (sameToken(token, door.token)) return null;
  return { status: 401, message: 'Open the address that printcat printed on the terminal.' };
}
