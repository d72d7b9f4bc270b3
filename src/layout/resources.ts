import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import type { HTTPRequest } from 'puppeteer-core';
import { PrintcatError } from '../errors.ts';
import type { Template } from './template.ts';
import { colourOfAnother, isVector } from './vector-pictures.ts';

/** The page's address: a name that no resolver knows, answered by us alone. */
export const ORIGIN = 'https://printcat.invalid';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
};

/**
 * No script, no frame, no form. What is loaded besides is answered or refused below, not here: a request that a
 * policy stops is never seen, and a picture that is missing must be an error.
 */
const POLICY =
  "script-src 'none'; frame-src 'none'; object-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'";

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  // The same address is another file for the next sheet.
  'Cache-Control': 'no-store',
};

const require = createRequire(import.meta.url);

/** What the page of one sheet may load: its own document, its template's folder, its fonts, its art. */
export class SheetResources {
  readonly #template: Pick<Template, 'folder' | 'fonts'>;
  readonly #html: string;
  readonly #art = new Map<string, Uint8Array>();
  /** Paths that the page has loaded. */
  readonly loaded = new Set<string>();
  /** Addresses that were asked for in vain. */
  readonly refused: string[] = [];
  /** SVG files that ask for colours which they cannot have: by their address, what they ask for. */
  readonly asking = new Map<string, string>();

  constructor(template: Pick<Template, 'folder' | 'fonts'>, html: string) {
    this.#template = template;
    this.#html = html;
  }

  /** Offers a stand-in JPEG; returns the address under which the page can load it. */
  offer(name: string, jpeg: Uint8Array): string {
    this.#art.set(name, jpeg);
    return `/art/${name}.jpg`;
  }

  /** A file that the page may load, or that its address carries; empty where there is none. */
  async fileOf(address: string): Promise<Buffer> {
    const url = new URL(address);
    if (url.protocol === 'data:') {
      const [head = '', ...data] = address.split(',');
      const body = data.join(',');
      return /;base64$/i.test(head) ? Buffer.from(body, 'base64') : Buffer.from(unescaped(body));
    }
    const found = url.origin === ORIGIN ? await this.find(decodeURIComponent(url.pathname)) : null;
    return Buffer.from(found?.body ?? []);
  }

  /** Answers a request of the page; whatever goes wrong with it is no more than a file that is missing. */
  async answer(request: HTTPRequest): Promise<void> {
    await this.#answer(request).catch(() => request.abort('failed').catch(() => undefined));
  }

  async #answer(request: HTTPRequest): Promise<void> {
    const url = new URL(request.url());
    // `data:` addresses carry their own bytes.
    if (url.protocol === 'data:') {
      this.#look(request.url(), await this.fileOf(request.url()));
      return request.continue();
    }
    const found = url.origin === ORIGIN ? await this.find(decodeURIComponent(url.pathname)) : null;
    if (!found) {
      this.refused.push(request.url());
      return request.abort('blockedbyclient');
    }
    this.loaded.add(decodeURIComponent(url.pathname));
    this.#look(request.url(), found.body);
    await request.respond({
      status: 200,
      contentType: found.type,
      headers: HEADERS,
      body: found.body,
    });
  }

  #look(address: string, file: Uint8Array): void {
    const wanted = isVector(address) ? colourOfAnother(Buffer.from(file).toString()) : null;
    if (wanted !== null) this.asking.set(address.split('#')[0]!, wanted);
  }

  /** What the page finds at a path; `null` where there is nothing for it. */
  async find(path: string): Promise<{ type: string; body: Uint8Array } | null> {
    if (path === '/') return { type: TYPES['.html']!, body: Buffer.from(this.#html) };
    const [, area, ...rest] = path.split('/');
    if (area === 'art') {
      const body = this.#art.get(rest.join('/').replace(/\.jpg$/, ''));
      return body ? { type: TYPES['.jpg']!, body } : null;
    }
    if (area === 'template') return readWithin(this.#template.folder, rest.join('/'));
    if (area === 'fonts' && rest[0] === '@fontsource') {
      const allowed = this.#template.fonts.some((font) => font.split('/')[1] === rest[1]);
      return allowed ? readWithin(fontPackage(`@fontsource/${rest[1]}`), rest.slice(2).join('/')) : null;
    }
    return null;
  }
}

/** As browsers do: a `%` that escapes nothing is itself. */
const unescaped = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

function fontPackage(name: string): string {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    throw new PrintcatError(`Expected the font package ${name} but it is not installed`, {
      hint: `npm install ${name}`,
    });
  }
}

/** Reads a file of a folder; `null` for anything that is outside it (also through links) or of no known type. */
async function readWithin(folder: string, path: string): Promise<{ type: string; body: Uint8Array } | null> {
  const type = TYPES[extname(path).toLowerCase()];
  if (!type) return null;
  const root = await realpath(folder);
  const file = await realpath(join(root, path)).catch(() => null);
  return file?.startsWith(root + sep) ? { type, body: await readFile(file) } : null;
}
