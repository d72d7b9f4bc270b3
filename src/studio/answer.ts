import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import { messageOf, PrintcatError } from '../errors.ts';
import { MisplacedText, type Place } from '../layout/misplaced-text.ts';

/** On every answer: nothing is sniffed, cached, framed by others, or told to where links lead. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** The studio's own page: its own script, style and pictures, and frames of its own renderings. */
const OWN_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * A rendering of a template: an origin of its own, without script, network, frames or forms; it loads what lies under
 * its own address.
 * @param address of the rendering, ending in a slash
 */
const renderingPolicy = (address: string): string =>
  [
    'sandbox',
    "default-src 'none'",
    `style-src 'unsafe-inline' ${address}`,
    `img-src data: ${address}`,
    `font-src data: ${address}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${new URL(address).origin}`,
  ].join('; ');

/** Headers of the studio's own answers. */
export const OWN_HEADERS = {
  ...ALWAYS,
  'Content-Security-Policy': OWN_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Headers of a rendering's parts: fonts are asked for across origins, by a frame that has none. */
export const renderingHeaders = (address: string) => ({
  ...ALWAYS,
  'Content-Security-Policy': renderingPolicy(address),
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
});

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = OWN_HEADERS,
): void {
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));

/** Part of an address as text; what is no text names nothing. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** What the page is told of something that went wrong. */
export interface Complaint {
  readonly message: string;
  readonly hint: string | null;
  /** Where on the pages it is. */
  readonly place: Place | null;
}

/** @param report told of what is a mistake of ours */
export function complaintOf(error: unknown, report: (error: unknown) => void): Complaint {
  if (error instanceof PrintcatError) {
    const place = error instanceof MisplacedText ? error.place : null;
    return { message: error.message, hint: error.hint ?? null, place };
  }
  report(error);
  return {
    message: `This is a mistake in printcat: ${messageOf(error).split('\n')[0]}`,
    hint: 'The terminal shows the whole of it; please report it.',
    place: null,
  };
}

/** The most that a request may say, bytes: an order of 500 pictures with long texts is 40 kB. */
const MOST_BYTES = 1_000_000;

/**
 * Reads a request's JSON.
 * @throws PrintcatError for what is no JSON, too long, or not what is asked for
 */
export async function readBody<T extends z.ZodType>(
  request: IncomingMessage,
  schema: T,
): Promise<z.output<T>> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new PrintcatError('Expected JSON');
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new PrintcatError(`Expected at most ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    throw new PrintcatError(`Expected JSON: ${messageOf(error)}`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new PrintcatError(`${issue.path.join('.') || 'the request'}: ${issue.message}`);
}
